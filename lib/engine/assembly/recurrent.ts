// One time step of the recurrent cells, without their matrix products. Rows are examples.
import { one } from "./constants";
import { loadSome, logistic4, multiplyAdd, storeSome, subtractProduct, tanh4 } from "./vector";

@inline
function get(p: usize, count: i32): v128 {
  return count == 4 ? v128.load(p) : loadSome(p, count);
}

@inline
function put(p: usize, v: v128, count: i32): void {
  if (count == 4) v128.store(p, v);
  else storeSome(p, v, count);
}

@inline
function lstmUnits(
  z: usize,
  row: usize,
  before: usize,
  c: usize,
  tanhC: usize,
  h: usize,
  n: i32,
): void {
  const i = logistic4(get(z, n)), f = logistic4(get(z + row, n));
  const g = tanh4(get(z + 2 * row, n)), o = logistic4(get(z + 3 * row, n));
  put(z, i, n);
  put(z + row, f, n);
  put(z + 2 * row, g, n);
  put(z + 3 * row, o, n);
  const cell = multiplyAdd(f, get(before, n), f32x4.mul(i, g)); // c = f ⊙ c₋₁ + i ⊙ g
  const t = tanh4(cell);
  put(c, cell, n);
  put(tanhC, t, n);
  put(h, f32x4.mul(o, t), n); // h = o ⊙ tanh c
}

/**
 * LSTM: pre-activations z [rows, 4·units] in the order i, f, g, o become the gates in place;
 * c, tanh c and h [rows, units] are written.
 */
export function lstmStep(
  z: usize,
  before: usize,
  c: usize,
  tanhC: usize,
  h: usize,
  rows: i32,
  units: i32,
): void {
  const row = <usize> units * 4;
  for (let r = 0; r < rows; r++) {
    let j = 0;
    for (; j + 4 <= units; j += 4, z += 16, before += 16, c += 16, tanhC += 16, h += 16) {
      lstmUnits(z, row, before, c, tanhC, h, 4);
    }
    const rest = <usize> (units - j) * 4;
    if (rest > 0) lstmUnits(z, row, before, c, tanhC, h, units - j);
    z += rest + 3 * row;
    before += rest, c += rest, tanhC += rest, h += rest;
  }
}

@inline
function lstmUnitsBackward(
  gates: usize,
  row: usize,
  before: usize,
  tanhC: usize,
  dh: usize,
  dc: usize,
  dz: usize,
  n: i32,
): void {
  const i = get(gates, n), f = get(gates + row, n);
  const g = get(gates + 2 * row, n), o = get(gates + 3 * row, n);
  const t = get(tanhC, n), up = get(dh, n);
  const cell = multiplyAdd(f32x4.mul(up, o), subtractProduct(t, t, one), get(dc, n));
  put(dz, f32x4.mul(f32x4.mul(cell, g), f32x4.mul(i, f32x4.sub(one, i))), n);
  put(dz + row, f32x4.mul(f32x4.mul(cell, get(before, n)), f32x4.mul(f, f32x4.sub(one, f))), n);
  put(dz + 2 * row, f32x4.mul(f32x4.mul(cell, i), subtractProduct(g, g, one)), n);
  put(dz + 3 * row, f32x4.mul(f32x4.mul(up, t), f32x4.mul(o, f32x4.sub(one, o))), n);
  put(dc, f32x4.mul(cell, f), n);
}

/**
 * LSTM backwards: from ∂J/∂h and ∂J/∂c (from the step after) to ∂J/∂z; `dc` becomes the gradient
 * by c of the step before.
 */
export function lstmStepBackward(
  gates: usize,
  before: usize,
  tanhC: usize,
  dh: usize,
  dc: usize,
  dz: usize,
  rows: i32,
  units: i32,
): void {
  const row = <usize> units * 4;
  for (let r = 0; r < rows; r++) {
    let j = 0;
    for (; j + 4 <= units; j += 4) {
      lstmUnitsBackward(gates, row, before, tanhC, dh, dc, dz, 4);
      gates += 16, before += 16, tanhC += 16, dh += 16, dc += 16, dz += 16;
    }
    const rest = <usize> (units - j) * 4;
    if (rest > 0) lstmUnitsBackward(gates, row, before, tanhC, dh, dc, dz, units - j);
    gates += rest + 3 * row, dz += rest + 3 * row;
    before += rest, tanhC += rest, dh += rest, dc += rest;
  }
}

@inline
function gruGateUnits(a: usize, row: usize, before: usize, reset: usize, n: i32): void {
  const r = logistic4(get(a + row, n));
  put(a, logistic4(get(a, n)), n);
  put(a + row, r, n);
  put(reset, f32x4.mul(r, get(before, n)), n);
}

/** GRU, first half: a [rows, 3·units] in the order z, r, h̃; z and r become gates; reset = r ⊙ h₋₁. */
export function gruGates(a: usize, before: usize, reset: usize, rows: i32, units: i32): void {
  const row = <usize> units * 4;
  for (let k = 0; k < rows; k++) {
    let j = 0;
    for (; j + 4 <= units; j += 4, a += 16, before += 16, reset += 16) {
      gruGateUnits(a, row, before, reset, 4);
    }
    const rest = <usize> (units - j) * 4;
    if (rest > 0) gruGateUnits(a, row, before, reset, units - j);
    a += rest + 2 * row;
    before += rest, reset += rest;
  }
}

@inline
function gruStateUnits(a: usize, row: usize, before: usize, h: usize, n: i32): void {
  const z = get(a, n), candidate = tanh4(get(a + 2 * row, n)), old = get(before, n);
  put(a + 2 * row, candidate, n);
  put(h, multiplyAdd(z, f32x4.sub(candidate, old), old), n); // h = (1 − z) h₋₁ + z h̃
}

/** GRU, second half: h̃ = tanh in place, h = (1 − z) ⊙ h₋₁ + z ⊙ h̃. */
export function gruState(a: usize, before: usize, h: usize, rows: i32, units: i32): void {
  const row = <usize> units * 4;
  for (let k = 0; k < rows; k++) {
    let j = 0;
    for (; j + 4 <= units; j += 4, a += 16, before += 16, h += 16) {
      gruStateUnits(a, row, before, h, 4);
    }
    const rest = <usize> (units - j) * 4;
    if (rest > 0) gruStateUnits(a, row, before, h, units - j);
    a += rest + 2 * row;
    before += rest, h += rest;
  }
}

/**
 * GRU backwards, first half: from ∂J/∂h the gradients by the pre-activations of z and h̃ (in `da`)
 * and, in `dBefore`, the part ∂J/∂h ⊙ (1 − z) of ∂J/∂h₋₁.
 */
export function gruStateBackward(
  a: usize,
  before: usize,
  dh: usize,
  da: usize,
  dBefore: usize,
  rows: i32,
  units: i32,
): void {
  const row = <usize> units * 4;
  for (let k = 0; k < rows; k++) {
    for (let j = 0; j < units; j += 4) {
      const n = min(4, units - j), at = <usize> j * 4;
      const z = get(a + at, n), candidate = get(a + 2 * row + at, n), up = get(dh + at, n);
      const difference = f32x4.sub(candidate, get(before + at, n));
      const slopeZ = f32x4.mul(z, f32x4.sub(one, z));
      put(da + at, f32x4.mul(f32x4.mul(up, difference), slopeZ), n);
      const slope = subtractProduct(candidate, candidate, one);
      put(da + 2 * row + at, f32x4.mul(f32x4.mul(up, z), slope), n);
      put(dBefore + at, f32x4.mul(up, f32x4.sub(one, z)), n);
    }
    a += 3 * row, da += 3 * row;
    before += row, dh += row, dBefore += row;
  }
}

/** GRU backwards, second half: from ∂J/∂(r ⊙ h₋₁) the gradient by r's pre-activation and by h₋₁. */
export function gruGatesBackward(
  a: usize,
  before: usize,
  dReset: usize,
  da: usize,
  dBefore: usize,
  rows: i32,
  units: i32,
): void {
  const row = <usize> units * 4;
  for (let k = 0; k < rows; k++) {
    for (let j = 0; j < units; j += 4) {
      const n = min(4, units - j), at = <usize> j * 4;
      const r = get(a + row + at, n), up = get(dReset + at, n);
      const slope = f32x4.mul(r, f32x4.sub(one, r));
      put(da + row + at, f32x4.mul(f32x4.mul(up, get(before + at, n)), slope), n);
      put(dBefore + at, multiplyAdd(up, r, get(dBefore + at, n)), n);
    }
    a += 3 * row, da += 3 * row;
    before += row, dReset += row, dBefore += row;
  }
}

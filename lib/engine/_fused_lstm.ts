import type { Rank, Tensor, Tensor3D } from "@tensorflow/tfjs";
import { expectShape, type RecurrentSizes, recurrentSizes } from "./_checks.ts";
import { differentiable } from "./_differentiable.ts";
import { affineGradients } from "./_fused_layers.ts";
import { inputPart, recurrentGradient } from "./_fused_rnn.ts";
import type { Machine } from "./_machine.ts";
import type { LstmOptions, LstmResult } from "./operations.ts";

/**
 * See {@linkcode Operations.lstm}. TensorFlow.js differentiates functions of one result, so the
 * states and the cells come as one flat tensor that is cut afterwards.
 */
export function lstm(machine: Machine, x: Tensor, options: LstmOptions): LstmResult {
  const { tf, heap } = machine;
  const { state, cell, inputWeights, recurrentWeights, bias, projection } = options;
  const sizes = recurrentSizes(x, options, { gates: 4, projection });
  const { steps, batch, units, width } = sizes;
  expectShape("cell", cell, [batch, units]);
  const inputs = [x, state, cell, inputWeights, recurrentWeights, bias];
  if (projection) inputs.push(projection);
  const statesShape: [number, number, number] = [steps, batch, width];
  const cellsShape: [number, number, number] = [steps, batch, units];
  if (tf.engine().state.activeTape == null) { // no gradient: no flat tensor, nothing to cut
    return tf.tidy(() => {
      const states = heap.tensor(statesShape) as Tensor3D;
      const cells = heap.tensor(cellsShape) as Tensor3D;
      const [h, c] = [states, cells].map((t) => heap.address(t));
      lstmForward(machine, x, { ...options, ...sizes, h, c });
      return { states, cells };
    });
  }
  const flat = differentiable(machine, inputs, () => {
    const flat = heap.tensor([steps * batch * (width + units)]), h = heap.address(flat);
    const c = h + 4 * steps * batch * width;
    const { gates, tanhC, m } = lstmForward(machine, x, { ...options, ...sizes, h, c });
    const saved = [...inputs, flat, gates, tanhC, ...(m ? [m] : [])];
    const gradient = (dy: Tensor, saved: Tensor[]) =>
      tf.tidy(() => lstmGradients(machine, dy, { saved, sizes }));
    return { value: flat, saved, gradient };
  });
  const states = steps * batch * width;
  return tf.tidy(() => ({
    states: tf.reshape<Rank.R3>(tf.slice(flat, 0, states), statesShape),
    cells: tf.reshape<Rank.R3>(tf.slice(flat, states), cellsShape),
  }));
}

/** Where the states and the cells of all steps go. */
interface LstmAddresses {
  h: number;
  c: number;
}

/** Writes states and cells; returns the gates and tanh c of every step, and with a projection m. */
function lstmForward(
  machine: Machine,
  x: Tensor,
  { h: H, c: C, ...options }: LstmOptions & RecurrentSizes & LstmAddresses,
): { gates: Tensor; tanhC: Tensor; m?: Tensor } {
  const { heap, kernels, provider } = machine;
  const { steps, batch, units, width, projection } = options;
  const gates = inputPart(machine, x, options);
  const tanhC = heap.tensor([steps, batch, units]);
  const m = projection && heap.tensor([steps, batch, units]);
  const [Z, T] = [gates, tanhC].map((t) => heap.address(t));
  const [h0, c0, W] = [options.state, options.cell, options.recurrentWeights]
    .map((t) => heap.address(t));
  const [M, P] = m ? [m, projection].map((t) => heap.address(t)) : [H, 0];
  const [step, wide] = [4 * batch * units, 4 * batch * width];
  const recurrent = { m: batch, n: 4 * units, k: width, b: W, accumulate: true };
  for (let t = 0; t < steps; t++) {
    const [z, at, h] = [Z + 4 * t * step, t * step, H + t * wide];
    provider.product({ ...recurrent, a: t === 0 ? h0 : h - wide, c: z });
    const before = t === 0 ? c0 : C + at - step;
    kernels.lstmStep(z, before, C + at, T + at, M + at, batch, units);
    if (projection) provider.product({ m: batch, n: width, k: units, a: M + at, b: P, c: h });
  }
  return { gates, tanhC, m };
}

/** Backpropagation through time: from ∂J/∂flat to the gradients of all inputs, in their order. */
function lstmGradients(
  machine: Machine,
  dy: Tensor,
  { saved, sizes }: { saved: Tensor[]; sizes: RecurrentSizes },
): Tensor[] {
  const { heap, provider } = machine;
  const { steps, batch, units, width } = sizes;
  const hasProjection = saved.length === 11;
  const [x, state, cell, inputWeights, recurrentWeights] = saved;
  const [flat, gates, , m] = saved.slice(hasProjection ? 7 : 6);
  const dz = heap.tensor(gates.shape), dh = heap.tensor([steps, batch, width]);
  const [dCell, dState] = [heap.tensor(cell.shape), heap.tensor(state.shape)];
  const dW = heap.tensor(recurrentWeights.shape);
  lstmBackwardSteps(machine, dy, { saved, sizes, dz, dh, dCell });

  const [Z, W] = [dz, recurrentWeights].map((t) => heap.address(t));
  const toState = { a: Z, b: W, transposeB: true, c: heap.address(dState) };
  provider.product({ m: batch, n: width, k: 4 * units, ...toState });
  const toW = { c: heap.address(dW), ldc: 4 * units };
  recurrentGradient(machine, { before: state, states: flat, dz, columns: 4 * units }, toW);
  const [dx, dInput, db] = affineGradients(machine, { x, weights: inputWeights, dz });
  const gradients = [dx, dState, dCell, dInput, dW, db];
  if (hasProjection) {
    const dP = heap.tensor([units, width]);
    const [a, b, c] = [m, dh, dP].map((t) => heap.address(t));
    provider.product({ m: units, n: width, k: steps * batch, a, transposeA: true, b, c });
    gradients.push(dP);
  }
  return gradients;
}

/** Fills dz, dh (each step's whole ∂J/∂h) and ∂J/∂c⁽⁰⁾, from the last step to the first. */
function lstmBackwardSteps(
  { heap, kernels, provider }: Machine,
  dy: Tensor,
  { saved, sizes, dz, dh, dCell }: {
    saved: Tensor[];
    sizes: RecurrentSizes;
    dz: Tensor;
    dh: Tensor;
    dCell: Tensor;
  },
): void {
  const { steps, batch, units, width } = sizes;
  const hasProjection = saved.length === 11;
  const P = hasProjection ? heap.address(saved[6]) : 0;
  const [flat, gates, tanhC] = saved.slice(hasProjection ? 7 : 6).map((t) => heap.address(t));
  const [c0, W] = [saved[2], saved[4]].map((t) => heap.address(t));
  const [Y, Z, D, dc] = [dy, dz, dh, dCell].map((t) => heap.address(t));
  const dm = hasProjection ? heap.address(heap.tensor([batch, units])) : 0;
  const [step, wide] = [4 * batch * units, 4 * batch * width];
  const c = flat + steps * wide, fromCells = Y + steps * wide;
  kernels.copy(D, Y, steps * batch * width);
  kernels.zero(dc, batch * units);
  const back = { m: batch, n: width, k: 4 * units, b: W, transposeB: true, accumulate: true };
  for (let t = steps - 1; t >= 0; t--) {
    const [z, at, up] = [Z + 4 * t * step, t * step, D + t * wide];
    if (t < steps - 1) provider.product({ ...back, a: z + 4 * step, c: up });
    if (P) provider.product({ m: batch, n: units, k: width, a: up, b: P, transposeB: true, c: dm });
    const before = t === 0 ? c0 : c + at - step;
    kernels.addScaled(dc, fromCells + at, batch * units, 1);
    kernels.lstmStepBackward(gates + 4 * at, before, tanhC + at, P ? dm : up, dc, z, batch, units);
  }
}

import type { Tensor, Tensor3D } from "@tensorflow/tfjs";
import { recurrentSizes } from "./_checks.ts";
import { differentiable } from "./_differentiable.ts";
import { affineGradients } from "./_fused_layers.ts";
import { inputPart, recurrentGradient } from "./_fused_rnn.ts";
import type { Machine } from "./_machine.ts";
import type { RecurrentOptions } from "./operations.ts";

/** See {@linkcode Operations.gru}. */
export function gru(machine: Machine, x: Tensor, options: RecurrentOptions): Tensor3D {
  const { tf, heap, kernels } = machine;
  const { steps, batch, units } = recurrentSizes(x, options, { gates: 3 });
  const { state, inputWeights, recurrentWeights, bias } = options;
  return differentiable<Tensor3D>(machine, [x, state, inputWeights, recurrentWeights, bias], () => {
    const gates = inputPart(machine, x, options); // z, r, h̃ in the end
    const [states, reset] = [
      heap.tensor([steps, batch, units]),
      heap.tensor([steps, batch, units]),
    ];
    const [A, H, R, U] = [gates, states, reset, recurrentWeights].map((t) => heap.address(t));
    const lengths = { m: batch, k: units, ldb: 3 * units, ldc: 3 * units, accumulate: true };
    for (let t = 0; t < steps; t++) {
      const at = 4 * t * batch * units, a = A + 3 * at;
      const before = t === 0 ? heap.address(state) : H + 4 * (t - 1) * batch * units;
      machine.provider.product({ ...lengths, n: 2 * units, a: before, b: U, c: a });
      kernels.gruGates(a, before, R + at, batch, units);
      const candidate = { b: U + 8 * units, c: a + 8 * units };
      machine.provider.product({ ...lengths, n: units, a: R + at, ...candidate });
      kernels.gruState(a, before, H + at, batch, units);
    }
    const saved = [x, state, inputWeights, recurrentWeights, gates, states, reset];
    const gradient = (dy: Tensor, saved: Tensor[]) =>
      tf.tidy(() => gruGradients(machine, dy, saved));
    return { value: states as Tensor3D, saved, gradient };
  });
}

/** Backpropagation through time; `da` is ∂J/∂(pre-activations) in the order z, r, h̃. */
function gruGradients(machine: Machine, dy: Tensor, saved: Tensor[]): Tensor[] {
  const { heap } = machine;
  const [x, state, inputWeights, recurrentWeights, gates, states, reset] = saved;
  const [steps, batch, units] = states.shape;
  const [da, dW] = [heap.tensor(gates.shape), heap.tensor(recurrentWeights.shape)];
  const dState = gruBackwardSteps(machine, { dy, da, saved });
  const to = (columns: number) => ({ c: heap.address(dW) + 4 * columns, ldc: 3 * units });
  recurrentGradient(machine, { before: state, states, dz: da, columns: 2 * units }, to(0));
  const [R, A, c] = [heap.address(reset), heap.address(da) + 8 * units, to(2 * units)];
  const candidate = { m: units, n: units, k: steps * batch, a: R, transposeA: true };
  machine.provider.product({ ...candidate, b: A, ldb: 3 * units, ...c });
  const [dx, dInput, db] = affineGradients(machine, { x, weights: inputWeights, dz: da });
  return [dx, dState, dInput, dW, db];
}

/** Fills `da` from the last step to the first and returns ∂J/∂h⁽⁰⁾. */
function gruBackwardSteps(
  { heap, kernels, provider }: Machine,
  { dy, da, saved }: { dy: Tensor; da: Tensor; saved: Tensor[] },
): Tensor {
  const [, state, , recurrentWeights, gates, states] = saved;
  const [steps, batch, units] = states.shape;
  const [dh, dReset] = [heap.tensor([steps + 1, batch, units]), heap.tensor([batch, units])];
  const [D, A, DA, H] = [dh, gates, da, states].map((t) => heap.address(t));
  const [R, U] = [heap.address(dReset), heap.address(recurrentWeights)];
  const step = 4 * batch * units, size = batch * units;
  const back = { m: batch, n: units, lda: 3 * units, ldb: 3 * units, transposeB: true };
  kernels.zero(D, size);
  kernels.copy(D + step, heap.address(dy), steps * size); // block t is ∂J/∂h⁽ᵗ⁾, from h⁽⁰⁾ on
  const spare = heap.address(heap.tensor([batch, units]));
  for (let t = steps - 1; t >= 0; t--) {
    const before = t === 0 ? heap.address(state) : H + (t - 1) * step;
    const [a, to, up] = [A + 3 * t * step, DA + 3 * t * step, D + (t + 1) * step];
    kernels.gruStateBackward(a, before, up, to, spare, batch, units);
    const candidate = { a: to + 8 * units, b: U + 8 * units };
    provider.product({ ...back, k: units, ...candidate, c: R });
    kernels.gruGatesBackward(a, before, R, to, spare, batch, units);
    provider.product({ ...back, k: 2 * units, a: to, b: U, c: spare, accumulate: true });
    kernels.addScaled(D + t * step, spare, size, 1);
  }
  const dState = heap.tensor([batch, units]);
  kernels.copy(heap.address(dState), D, size);
  return dState;
}

import type { Tensor, Tensor3D } from "@tensorflow/tfjs";
import { recurrentSizes } from "./_checks.ts";
import { differentiable } from "./_differentiable.ts";
import { affineGradients } from "./_fused_layers.ts";
import { ACTIVATION_KINDS } from "./_kernels.ts";
import type { Machine } from "./_machine.ts";
import type { RecurrentOptions, RnnOptions } from "./operations.ts";

/**
 * The pre-activations' part that does not wait for the recurrence, for all steps in one product:
 * x W_e + b, shape [T, B, outputs].
 */
export function inputPart(machine: Machine, x: Tensor, options: RecurrentOptions): Tensor {
  const { heap, kernels, provider } = machine;
  const { inputWeights, bias } = options;
  const [k, n] = inputWeights.shape;
  const m = x.size / k;
  const z = heap.tensor([...x.shape.slice(0, 2), n]);
  const c = heap.address(z);
  kernels.fillRows(c, heap.address(bias), m, n);
  const [a, b] = [heap.address(x), heap.address(inputWeights)];
  provider.product({ m, n, k, a, b, c, accumulate: true });
  return z;
}

/** Where a step's block of a [T, B, width] tensor begins; `steps` from the tensor's address. */
export function stepBytes(batch: number, width: number): number {
  return 4 * batch * width;
}

/**
 * ∂J/∂W_h = Σ_t h⁽ᵗ⁻¹⁾ᵀ dz⁽ᵗ⁾: all steps but the first lie in one block of memory each, so that
 * they are one product.
 */
export function recurrentGradient(
  { heap, provider }: Machine,
  { before, states, dz, columns, from = 0 }: {
    /** h⁽⁰⁾ [B, P]. */
    before: Tensor;
    /** h⁽¹⁾ … h⁽ᵀ⁾ [T, B, P]; the last step is not used. */
    states: Tensor;
    /** ∂J/∂z [T, B, G]. */
    dz: Tensor;
    /** How many of dz's columns. */
    columns: number;
    /** Which of dz's columns is the first. */
    from?: number;
  },
  to: { c: number; ldc: number },
): void {
  const [batch, width] = before.shape, [steps, , gates] = dz.shape;
  const shape = { m: width, n: columns, transposeA: true, ldb: gates, ...to };
  const Z = heap.address(dz) + 4 * from;
  provider.product({ ...shape, k: batch, a: heap.address(before), b: Z });
  if (steps === 1) return;
  const next = Z + stepBytes(batch, gates);
  const k = (steps - 1) * batch;
  provider.product({ ...shape, k, a: heap.address(states), b: next, accumulate: true });
}

/** See {@linkcode Operations.rnn}. */
export function rnn(machine: Machine, x: Tensor, options: RnnOptions): Tensor3D {
  const { tf, heap, kernels } = machine;
  const { steps, batch, units } = recurrentSizes(x, options, { gates: 1 });
  const { state, inputWeights, recurrentWeights, bias, activation = "tanh" } = options;
  const kind = ACTIVATION_KINDS[activation], size = batch * units, step = 4 * size;
  return differentiable<Tensor3D>(machine, [x, state, inputWeights, recurrentWeights, bias], () => {
    const states = inputPart(machine, x, options);
    const [Z, W] = [heap.address(states), heap.address(recurrentWeights)];
    const shape = { m: batch, n: units, k: units, b: W, accumulate: true };
    for (let t = 0; t < steps; t++) {
      const [c, a] = [Z + t * step, t === 0 ? heap.address(state) : Z + (t - 1) * step];
      machine.provider.product({ ...shape, a, c });
      kernels.activateAll(kind, c, c, size);
    }
    const saved = [x, state, inputWeights, recurrentWeights, states];
    const gradient = (dy: Tensor, saved: Tensor[]) =>
      tf.tidy(() => rnnGradients(machine, { dy, saved, kind }));
    return { value: states as Tensor3D, saved, gradient };
  });
}

/** Backpropagation through time: dh⁽ᵗ⁾ = dy⁽ᵗ⁾ + dz⁽ᵗ⁺¹⁾ W_hᵀ, dz⁽ᵗ⁾ = dh⁽ᵗ⁾ ⊙ σ′. */
function rnnGradients(
  machine: Machine,
  { dy, saved, kind }: { dy: Tensor; saved: Tensor[]; kind: number },
): Tensor[] {
  const { heap, kernels, provider } = machine;
  const [x, state, inputWeights, recurrentWeights, states] = saved;
  const [steps, batch, units] = states.shape, size = batch * units, step = 4 * size;
  const [dz, dState] = [heap.tensor(states.shape), heap.tensor(state.shape)];
  const dW = heap.tensor(recurrentWeights.shape);
  const [D, H, W] = [dz, states, recurrentWeights].map((t) => heap.address(t));
  const back = { m: batch, n: units, k: units, b: W, transposeB: true };
  kernels.copy(D, heap.address(dy), steps * size);
  for (let t = steps - 1; t >= 0; t--) {
    const c = D + t * step;
    if (t < steps - 1) provider.product({ ...back, a: c + step, c, accumulate: true });
    kernels.activateAllBackward(kind, H + t * step, c, c, size);
  }
  provider.product({ ...back, a: D, c: heap.address(dState) });
  const to = { c: heap.address(dW), ldc: units };
  recurrentGradient(machine, { before: state, states, dz, columns: units }, to);
  const [dx, dInput, db] = affineGradients(machine, { x, weights: inputWeights, dz });
  return [dx, dState, dInput, dW, db];
}

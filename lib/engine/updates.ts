import type { TensorInfo } from "@tensorflow/tfjs";

/** The tensors of one parameter at an update; all of one size. */
export interface UpdateTensors {
  /** θ, changed in place. */
  theta: TensorInfo;
  /** ∂J/∂θ, only read. */
  gradient: TensorInfo;
  /** The optimizer's accumulators under their names, changed in place. */
  slots: Readonly<Record<string, TensorInfo>>;
  /** The first element to update. @default {0} */
  from?: number;
  /** How many elements to update. @default {all of them} */
  count?: number;
}

/** The numbers of one update. */
export interface UpdateNumbers {
  /** η. */
  rate: number;
  /** The gradient is multiplied by this first (for clipping). */
  scale: number;
}

/**
 * Learning rules in place on the heap, several times faster than on arrays. The formulas, and the
 * names of the accumulators, are those of the optimizers in lib/nn.
 */
export interface Updates {
  /** Σ x². */
  sumOfSquares(x: TensorInfo): number;
  /** θ ← θ − η g. */
  sgd(tensors: UpdateTensors, numbers: UpdateNumbers): void;
  /** v ← μ v + g; θ ← θ − η v, or with `nesterov` θ ← θ − η (g + μ v). */
  momentum(
    tensors: UpdateTensors,
    numbers: UpdateNumbers & { momentum: number; nesterov: boolean },
  ): void;
  /** G ← ρ G + w g²; θ ← θ − η g / (√G + ε). AdaGrad: ρ = w = 1; RMSprop: w = 1 − ρ. */
  squares(
    tensors: UpdateTensors,
    numbers: UpdateNumbers & { rho: number; weight: number; epsilon: number },
  ): void;
  /** Adam at its t-th update, t from 1. */
  adam(
    tensors: UpdateTensors,
    numbers: UpdateNumbers & { beta1: number; beta2: number; epsilon: number; t: number },
  ): void;
}

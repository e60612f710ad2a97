import {
  adagrad,
  adam,
  type Initializer,
  type Optimizer,
  type Schedule,
  uniform,
} from "#lib/nn/mod.ts";

/** How a {@linkcode TransitionNetwork} starts and learns. */
export interface NeuralRecipe {
  /** The learning rule. */
  readonly optimizer: Optimizer;
  /** η over time. @default {the optimizer's own rate} */
  readonly schedule?: Schedule;
  /** Configurations in a batch. */
  readonly batch: number;
  /** Passes over the configurations. */
  readonly epochs: number;
  /** λ of λ Σ θ². */
  readonly lambda: number;
  /** Which parameters the sum is over. */
  readonly regularised: "all" | "hidden layers";
  /** The share of hidden units dropped. */
  readonly dropoutRate: number;
  /** What embeddings without a given vector start with. */
  readonly embeddings: Initializer;
  /** Given vectors are scaled to this root mean square. */
  readonly vectorScale: number;
  /** What hidden biases start with. */
  readonly hiddenBias: number;
  /** β of the exponential average of parameters that is kept, 0 for the last parameters. */
  readonly averageDecay: number;
}

/**
 * Chen & Manning (2014), section 3.2: Adagrad, L2 and dropout. The paper has 20,000 batches of 10,000
 * and λ = 10⁻⁸ in (λ/2) Σ θ²; ours are fewer and smaller, with a rate chosen for that on dev.
 */
export const CHEN_MANNING_RECIPE: NeuralRecipe = {
  optimizer: adagrad({ rate: 0.02, epsilon: 1e-3 }), // the paper's 10⁻⁶ is inside the root
  batch: 1000,
  epochs: 12,
  lambda: 0.5e-8,
  regularised: "all",
  dropoutRate: 0.5,
  embeddings: uniform(0.1),
  vectorScale: 0.1,
  hiddenBias: 0,
  averageDecay: 0,
};

/**
 * For the network of Weiss et al. (2015): averaged parameters and L2 on the layers as in the paper.
 * Adam takes the place of momentum with batches of 32, which needs many times the updates; dropout is
 * ours, for a treebank of a fifth of the paper's.
 */
export const WEISS_RECIPE: NeuralRecipe = {
  optimizer: adam({ rate: 1e-3 }),
  batch: 500,
  epochs: 8,
  lambda: 0.5e-4,
  regularised: "hidden layers",
  dropoutRate: 0.3,
  embeddings: uniform(Math.sqrt(3 / 50)), // of standard deviation 1/√d
  vectorScale: Math.sqrt(1 / 50),
  hiddenBias: 0.2,
  averageDecay: 0.999,
};

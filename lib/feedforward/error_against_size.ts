import { errorRate, type Split } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { adam, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { exampleBatches } from "./example_batches.ts";
import { MultilayerPerceptron, type MultilayerPerceptronOptions } from "./multilayer_perceptron.ts";

/** What {@linkcode errorAgainstSize} trains. */
export interface ErrorAgainstSizeOptions {
  /** The examples of a seed: training on few and testing on many shows over-fitting best. */
  examples(seed: number): Split;
  /** Units of the hidden layer, one network each. */
  sizes: readonly number[];
  /** Every network is trained once with each. */
  seeds: readonly number[];
  /** Activation and dropout of the networks. @default {ReLU, none} */
  network?: Pick<MultilayerPerceptronOptions, "activation" | "dropout" | "inputDropout">;
  /** λ of the L2 term on weights and biases. @default {0} */
  lambda?: number;
  /** Passes over the training examples. @default {200} */
  epochs?: number;
  /** Examples in a batch. @default {20} */
  batch?: number;
  /** η of Adam. @default {0.01} */
  rate?: number;
}

/** How one network did. */
export interface SizedError {
  /** Units of the hidden layer. */
  readonly size: number;
  /** Of the examples, the first weights and the order of the batches. */
  readonly seed: number;
  /** Shares classified wrongly, in [0, 1]; NaN for a part without examples. */
  readonly train: number;
  /** The same on the examples that settings are chosen on. */
  readonly validation: number;
  /** The same on the examples that nothing is chosen on. */
  readonly test: number;
}

/**
 * Trains networks with one hidden layer, of each size with each seed (lecture: "training error falls
 * with model power, test error rises again: over-fitting").
 *
 * @returns a result a network, as it is done
 */
export async function* errorAgainstSize(
  engine: Engine,
  options: ErrorAgainstSizeOptions,
): AsyncGenerator<SizedError, void, void> {
  const { sizes, seeds, network, lambda = 0, epochs = 200, batch = 20, rate = 0.01 } = options;
  for (const size of sizes) {
    for (const seed of seeds) {
      const parts = options.examples(seed), random = seeded(seed);
      const { features, classes } = parts.train;
      const layers = { features, hidden: [size], classes, random };
      const model = new MultilayerPerceptron(engine, { ...network, ...layers });
      const training = { optimizer: adam({ rate }), epochs, l2: { lambda }, random };
      try {
        for await (const _ of train(model, exampleBatches(parts.train, { size: batch }), training));
        const [train_, validation, test] = [parts.train, parts.validation, parts.test]
          .map((part) => part.y.length === 0 ? NaN : errorRate(model, part));
        yield { size, seed, train: train_, validation, test };
      } finally {
        model.dispose();
      }
    }
  }
}

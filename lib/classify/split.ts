import { type Random, shuffled } from "#lib/random/mod.ts";
import { type Examples, subset } from "./examples.ts";

/** Shares of the examples, each in [0, 1); what they leave is for training. */
export interface SplitOptions {
  /** The share that decides between settings. @default {0} */
  validation?: number;
  /** The share that is looked at once, at the end. */
  test: number;
  /** Where the order is drawn from. */
  random: Random;
}

/** Examples apart, each in one part only. */
export interface Split {
  /** What models learn from. */
  readonly train: Examples;
  /** What settings are chosen on; empty if no share was asked for. */
  readonly validation: Examples;
  /** What the final figure is measured on. */
  readonly test: Examples;
}

/**
 * Divides examples at random.
 *
 * @throws {RangeError} if the shares are negative or leave nothing to learn from
 */
export function splitExamples(examples: Examples, options: SplitOptions): Split {
  const { validation = 0, test, random } = options;
  const n = examples.y.length;
  const [forTest, forValidation] = [Math.round(test * n), Math.round(validation * n)];
  if (!(test >= 0 && validation >= 0 && forTest + forValidation < n)) {
    throw new RangeError(
      `Cannot split ${n} examples: expected shares of 0 or more that leave some for training, got ` +
        `test ${test}, validation ${validation}`,
    );
  }
  const order = shuffled(Array(n).keys(), random);
  return {
    test: subset(examples, order.slice(0, forTest)),
    validation: subset(examples, order.slice(forTest, forTest + forValidation)),
    train: subset(examples, order.slice(forTest + forValidation)),
  };
}

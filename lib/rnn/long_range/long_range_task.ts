import type { Random } from "#lib/random/mod.ts";

/** Sequences of equal length, and what has to be known at their ends. */
export interface LongRangeBatch {
  /** T, time steps. */
  readonly steps: number;
  /** x⁽¹⁾ … x⁽ᵀ⁾ of each sequence, shape [T, B, I]. */
  readonly inputs: Float32Array;
  /** What is right, a class (0, 1, …) or a number; shape [B]. */
  readonly targets: Float32Array;
}

/** A problem whose answer is far away from the question. */
export interface LongRangeTask {
  /** What it is called. */
  readonly name: string;
  /** I, width of x⁽ᵗ⁾. */
  readonly inputs: number;
  /** Outputs: one for each class, or a single number. */
  readonly outputs: number;
  /** The loss of whoever knows nothing but how often each answer is right. */
  readonly baseline: number;
  /**
   * Draws sequences.
   *
   * @throws {RangeError} if they are too short for the problem
   */
  draw(options: { steps: number; batchSize: number; random: Random }): LongRangeBatch;
}

/**
 * Delayed copy: a network reads one of K symbols, then symbols that mean nothing for T − 1 steps, and
 * has to say which one came first (after the latching problems of Bengio et al. 1994). The loss is
 * −log P, nats; guessing costs log K.
 */
export function delayedCopy({ symbols = 4 }: { symbols?: number } = {}): LongRangeTask {
  return {
    ...{ name: "delayed copy", inputs: 2 * symbols, outputs: symbols },
    baseline: Math.log(symbols),
    draw: ({ steps, batchSize, random }) => {
      const width = 2 * symbols, pick = () => Math.floor(random() * symbols);
      const inputs = new Float32Array(steps * batchSize * width);
      const targets = Float32Array.from({ length: batchSize }, pick);
      targets.forEach((symbol, b) => inputs[b * width + symbol] = 1);
      for (let row = batchSize; row < steps * batchSize; row++) {
        inputs[row * width + symbols + pick()] = 1;
      }
      return { steps, inputs, targets };
    },
  };
}

/**
 * The adding problem (after Hochreiter and Schmidhuber 1997, section 5.4, with numbers and target
 * on another scale): T random numbers from (0, 1), two of them marked, one in each half; the answer
 * is their sum. The loss is the mean squared error; always saying 1 costs 1/6, the variance of a sum
 * of two uniform numbers.
 */
export function addingProblem(): LongRangeTask {
  return {
    ...{ name: "adding problem", inputs: 2, outputs: 1, baseline: 1 / 6 },
    draw: ({ steps, batchSize, random }) => {
      if (!(steps >= 2)) {
        throw new RangeError(`Cannot mark two numbers: expected 2 steps or more, got ${steps}`);
      }
      const inputs = new Float32Array(steps * batchSize * 2);
      const targets = new Float32Array(batchSize);
      for (let row = 0; row < steps * batchSize; row++) inputs[row * 2] = random();
      const half = Math.floor(steps / 2);
      for (let b = 0; b < batchSize; b++) {
        const places = [random() * half, half + random() * (steps - half)].map(Math.floor);
        for (const t of places) {
          const at = (t * batchSize + b) * 2;
          inputs[at + 1] = 1;
          targets[b] += inputs[at];
        }
      }
      return { steps, inputs, targets };
    },
  };
}

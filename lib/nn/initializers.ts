import { normal, type Random } from "#lib/random/mod.ts";

/** Fills a new parameter. */
export type Initializer = (shape: readonly number[], random: Random) => Float32Array;

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** All zeros: right for hidden biases; as weights it leaves all units of a layer identical. */
export function zeros(): Initializer {
  return (shape) => new Float32Array(size(shape));
}

/**
 * Uniform on (−r, r).
 *
 * @param r half the width of the interval, above 0
 * @throws {RangeError} if `r` is not above 0
 */
export function uniform(r: number): Initializer {
  if (!(r > 0)) {
    throw new RangeError(`Cannot initialise uniformly on (−r, r): expected r > 0, got ${r}`);
  }
  return (shape, random) =>
    Float32Array.from({ length: size(shape) }, () => (2 * random() - 1) * r);
}

/** n_in and n_out of a weight matrix that stands as x W, shape [n_in, n_out]. */
function fans(shape: readonly number[]): [number, number] {
  if (shape.length === 2) return [shape[0], shape[1]];
  throw new RangeError(
    `Cannot find n_in and n_out: expected a shape [n_in, n_out], got [${shape.join(", ")}]`,
  );
}

/**
 * Xavier (Glorot and Bengio 2010, eq. 16): uniform on ±√(6 / (n_in + n_out)), which has the
 * variance 2 / (n_in + n_out). For shapes [n_in, n_out].
 */
export function xavierUniform(): Initializer {
  return (shape, random) => {
    const [inputs, outputs] = fans(shape);
    return uniform(Math.sqrt(6 / (inputs + outputs)))(shape, random);
  };
}

/** Xavier (Glorot and Bengio 2010), normal with mean 0 and variance 2 / (n_in + n_out). */
export function xavierNormal(): Initializer {
  return (shape, random) => {
    const [inputs, outputs] = fans(shape);
    const deviation = Math.sqrt(2 / (inputs + outputs));
    return Float32Array.from({ length: size(shape) }, () => deviation * normal(random));
  };
}

/**
 * The softmax output bias that is best while all weights are 0: log of each class's relative
 * frequency, so that the first loss is the entropy of the labels (lecture: "initialize output
 * biases to optimal value if weights were 0").
 *
 * @param counts how often each class occurs; shape [C], all above 0
 * @throws {RangeError} if a count is not above 0 (its bias would be −∞)
 */
export function classBias(counts: ArrayLike<number>): Float32Array {
  const total = Array.from(counts).reduce((sum, n) => sum + n, 0);
  return Float32Array.from(counts, (n, c) => {
    if (n > 0) return Math.log(n / total);
    throw new RangeError(
      `Cannot set the output bias: expected class ${c} to occur, got count ${n} (add a small count)`,
    );
  });
}

/**
 * The logistic output bias that is best while all weights are 0: the logit of the share of
 * positive examples.
 *
 * @param share between 0 and 1, both excluded
 * @throws {RangeError} if the share is not inside (0, 1)
 */
export function logitBias(share: number): number {
  if (share > 0 && share < 1) return Math.log(share / (1 - share));
  throw new RangeError(`Cannot set the output bias: expected a share in (0, 1), got ${share}`);
}

/** The regression output bias that is best while all weights are 0: the mean target. */
export function meanBias(targets: ArrayLike<number>): number {
  if (targets.length === 0) throw new RangeError("Cannot take the mean target: there are none");
  return Array.from(targets).reduce((sum, y) => sum + y, 0) / targets.length;
}

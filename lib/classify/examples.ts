/** Examples with their right classes. */
export interface Examples {
  /** The examples end to end, shape [N, d]. */
  readonly x: Float32Array;
  /** The class of each, from 0 to C − 1, shape [N]. */
  readonly y: Int32Array;
  /** d, the length of an example. */
  readonly features: number;
  /** C, the number of classes. */
  readonly classes: number;
}

/** One example with its class, such as a point the reader placed. */
export interface Labelled {
  /** Its features, shape [d]. */
  readonly x: readonly number[];
  /** Its class, from 0. */
  readonly label: number;
}

/** What {@linkcode labelled} may be told. */
export interface LabelledOptions {
  /** C, where some class may have no example. @default {the greatest label + 1} */
  classes?: number;
}

/**
 * Examples from a list of points with labels.
 *
 * @throws {RangeError} if there is none, their lengths differ, a feature is not finite, or a label
 * is not a whole number from 0 to C − 1
 */
export function labelled(points: readonly Labelled[], options: LabelledOptions = {}): Examples {
  if (points.length === 0) throw new RangeError("Cannot label examples: expected one, got none");
  const features = points[0].x.length;
  const { classes = points.reduce((most, { label }) => Math.max(most, label), 0) + 1 } = options;
  for (const [i, { x, label }] of points.entries()) {
    if (x.length !== features || !x.every(Number.isFinite)) {
      throw new RangeError(
        `Cannot label example ${i}: expected ${features} finite numbers, got [${x.join(", ")}]`,
      );
    }
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new RangeError(
        `Cannot label example ${i}: expected a class from 0 to ${classes - 1}, got ${label}`,
      );
    }
  }
  return {
    x: Float32Array.from(points.flatMap(({ x }) => x)),
    y: Int32Array.from(points, ({ label }) => label),
    features,
    classes,
  };
}

/** The examples with these numbers, in this order. */
export function subset(examples: Examples, indices: ArrayLike<number>): Examples {
  const { x, y, features } = examples;
  const chosen = new Float32Array(indices.length * features);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * features;
    chosen.set(x.subarray(from, from + features), i * features);
  }
  return { ...examples, x: chosen, y: Int32Array.from(indices, (i) => y[i]) };
}

import { seeded } from "#lib/random/mod.ts";
import type { WordVectors } from "./word_vectors.ts";

/** A vector's place on a map. */
export interface MapPoint {
  /** The word. */
  readonly word: string;
  /** Along the direction of the greatest variance. */
  readonly x: number;
  /** Along that of the greatest variance at right angles to it. */
  readonly y: number;
}

const ROUNDS = 200; // of the power method; directions of nearly equal variance may still mix

/**
 * A map of vectors in two dimensions, by principal components: the plane on which they vary most
 * (Pearson 1901), found by the power method.
 *
 * @throws {RangeError} if there are fewer than three vectors
 */
export function principalMap({ words, width, vectors }: WordVectors): MapPoint[] {
  if (words.length < 3) {
    throw new RangeError(`Cannot draw a map: expected three vectors or more, got ${words.length}`);
  }
  const centred = Float64Array.from(vectors);
  for (let j = 0; j < width; j++) {
    let mean = 0;
    for (let i = 0; i < words.length; i++) mean += centred[i * width + j] / words.length;
    for (let i = 0; i < words.length; i++) centred[i * width + j] -= mean;
  }
  const first = direction(centred, width, []), second = direction(centred, width, [first]);
  const along = (i: number, axis: Float64Array) =>
    axis.reduce((sum, a, j) => sum + a * centred[i * width + j], 0);
  return words.map((word, i) => ({ word, x: along(i, first), y: along(i, second) }));
}

/** The direction of the greatest variance at right angles to those before. */
function direction(
  centred: Float64Array,
  width: number,
  before: readonly Float64Array[],
): Float64Array {
  const random = seeded(1);
  let axis = Float64Array.from({ length: width }, () => random() - 0.5);
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(width); // Xᵀ X axis
    for (let from = 0; from < centred.length; from += width) {
      let along = 0;
      for (let j = 0; j < width; j++) along += centred[from + j] * axis[j];
      for (let j = 0; j < width; j++) next[j] += along * centred[from + j];
    }
    for (const other of before) {
      const shared = other.reduce((sum, o, j) => sum + o * next[j], 0);
      for (let j = 0; j < width; j++) next[j] -= shared * other[j];
    }
    const length = Math.hypot(...next);
    if (length === 0) return axis; // nothing varies any more
    axis = next.map((v) => v / length);
  }
  return axis;
}

import { type Classifier, type Examples, isProbabilistic } from "#lib/classify/mod.ts";

/** A rectangle of the plane. */
export interface PlaneRange {
  /** Least and greatest first coordinate. */
  readonly x: readonly [number, number];
  /** Least and greatest second coordinate. */
  readonly y: readonly [number, number];
}

/** What a classifier says all over a rectangle: plain numbers, which stay as the model learns on. */
export interface DecisionField {
  /** Where it was asked. */
  readonly range: PlaneRange;
  /** Samples along each side, the first and last ones on the edges. */
  readonly side: number;
  /** C. */
  readonly classes: number;
  /**
   * How far each class is ahead of the best other one, shape [C, side, side], rows from the least y
   * on: a class is decided where its lead is above 0. Of probabilities, leads are in [−1, 1].
   */
  readonly leads: readonly Float64Array[];
  /** Whether leads are differences of probabilities; of decision values otherwise. */
  readonly isProbability: boolean;
}

/** Where and how finely {@linkcode decisionField} asks. */
export interface DecisionFieldOptions {
  /** The rectangle. */
  range: PlaneRange;
  /** Samples along each side. @default {50} */
  side?: number;
}

/**
 * Asks a classifier of the plane at the points of a grid.
 *
 * @throws {RangeError} if the classifier's examples do not have two features
 */
export function decisionField(
  classifier: Classifier,
  { range, side = 50 }: DecisionFieldOptions,
): DecisionField {
  const { features, classes } = classifier;
  if (features !== 2) {
    throw new RangeError(
      `Cannot draw decisions: expected a classifier of the plane (2 features), got ${features}`,
    );
  }
  if (!(Number.isInteger(side) && side > 1)) {
    throw new RangeError(`Cannot draw decisions: expected 2 samples a side or more, got ${side}`);
  }
  const along = ([least, greatest]: readonly [number, number], i: number) =>
    least + (greatest - least) * i / (side - 1);
  const count = side * side, x = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    x[2 * i] = along(range.x, i % side);
    x[2 * i + 1] = along(range.y, Math.floor(i / side));
  }
  const isProbability = isProbabilistic(classifier);
  const values = isProbability
    ? classifier.predictProbabilities(x, count)
    : classifier.decisionValues(x, count);
  return { range, side, classes, leads: leadsOf(values, classes), isProbability };
}

/** s_c − max_{k≠c} s_k for each class c, shape [C][N]. */
function leadsOf(values: Float32Array, classes: number): Float64Array[] {
  const count = values.length / classes;
  return Array.from({ length: classes }, (_, c) =>
    Float64Array.from({ length: count }, (_, i) => {
      let other = -Infinity;
      for (let k = 0; k < classes; k++) {
        if (k !== c) other = Math.max(other, values[i * classes + k]);
      }
      return values[i * classes + c] - other;
    }));
}

/** A rectangle around points, with a tenth of room on each side. */
export function planeRange({ x, features }: Examples): PlaneRange {
  const side = (from: number): [number, number] => {
    const values = x.filter((_, i) => i % features === from);
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    const room = 0.1 * (greatest - least) || 0.5;
    return [least - room, greatest + room];
  };
  return { x: side(0), y: side(1) };
}

/**
 * A net of lines over a rectangle, each as points end to end, shape [P, 2]: sent through a hidden
 * layer, it shows how the layer bends the plane.
 */
export function planeGrid({ x, y }: PlaneRange, { lines = 13 } = {}): Float32Array[] {
  const steps = 3 * (lines - 1);
  const at = ([least, greatest]: readonly [number, number], share: number) =>
    least + share * (greatest - least);
  return Array.from({ length: 2 * lines }, (_, k) => {
    const fixed = (k >> 1) / (lines - 1);
    return Float32Array.from({ length: 2 * (steps + 1) }, (_, i) => {
      const moving = (i >> 1) / steps, isX = i % 2 === 0;
      return at(isX ? x : y, isX === (k % 2 === 0) ? fixed : moving);
    });
  });
}

/**
 * A kind of feature of a context: r remote words, then s words that are skipped, then a adjacent
 * words before the word to be predicted (Shazeer, Pelemans and Chelba 2015, section 2.1). With
 * r = 0 it is the suffix of an n-gram, and with a = 0 too the empty feature.
 */
export interface ContextShape {
  /** r. */
  remote: number;
  /**
   * The least and the most words skipped, s. Where they differ the shape is tied: a feature is the
   * same whatever s is.
   */
  skipped: readonly [least: number, most: number];
  /** a. */
  adjacent: number;
}

/** The suffixes of n-grams up to an order, the empty one first. */
export function ngramShapes(order: number): ContextShape[] {
  return Array.from({ length: order }, (_, adjacent) => ({ remote: 0, skipped: [0, 0], adjacent }));
}

/** Which skip-grams there are. */
export interface SkipGramOptions {
  /** The most words of a feature, r + a. @default {4} */
  words?: number;
  /** The largest s of shapes that know it. @default {3} */
  skipped?: number;
  /** The largest s of tied shapes, which begin where the others end. @default {3: none} */
  tied?: number;
  /** The most remote words of a tied shape. @default {1} */
  tiedRemote?: number;
  /** The most adjacent words of a tied shape. @default {3} */
  tiedAdjacent?: number;
}

/** Shapes with a gap: r ≥ 1, s ≥ 1, a ≥ 0. */
export function skipGramShapes(options: SkipGramOptions = {}): ContextShape[] {
  const { words = 4, skipped = 3, tied = skipped, tiedRemote = 1, tiedAdjacent = 3 } = options;
  const shapes: ContextShape[] = [];
  for (let remote = 1; remote <= words; remote++) {
    for (let adjacent = 0; remote + adjacent <= words; adjacent++) {
      for (let s = 1; s <= skipped; s++) shapes.push({ remote, skipped: [s, s], adjacent });
      if (tied > skipped && remote <= tiedRemote && adjacent <= tiedAdjacent) {
        shapes.push({ remote, skipped: [skipped + 1, tied], adjacent });
      }
    }
  }
  return shapes;
}

/** The most words before the predicted one that any of the shapes looks at. */
export function reach(shapes: readonly ContextShape[]): number {
  return Math.max(
    0,
    ...shapes.map(({ remote, skipped, adjacent }) => {
      return remote + skipped[1] + adjacent;
    }),
  );
}

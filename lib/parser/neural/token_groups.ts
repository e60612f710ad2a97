import type { NeuralLexicon } from "./neural_lexicon.ts";
import { LABELLED_PLACES, placeNames, type TokenDepths } from "./token_places.ts";

/** One embedding matrix and the places its rows are looked up for. */
export interface TokenGroup {
  /** The matrix: the parameter's letter after `E_`. */
  readonly letter: "w" | "t" | "x" | "l";
  /** Number of rows. */
  readonly rows: number;
  /** Number of places. */
  readonly places: number;
}

/** The groups of a network's input, in order: words, tags, suffixes where it has them, labels. */
export function tokenGroups(lexicon: NeuralLexicon, depths: TokenDepths): TokenGroup[] {
  const places = placeNames(depths).length;
  const { words, tags, labels, suffixes } = lexicon;
  return [
    { letter: "w", rows: words.size, places },
    { letter: "t", rows: tags.size, places },
    ...(suffixes ? [{ letter: "x", rows: suffixes.size, places } as const] : []),
    { letter: "l", rows: labels.size, places: LABELLED_PLACES },
  ];
}

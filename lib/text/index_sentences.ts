import { END, notWords, START, UNKNOWN, Vocabulary } from "./vocabulary.ts";

/** What {@linkcode indexSentences} may be told. */
export interface IndexOptions {
  /**
   * How often a word must occur to get an id of its own; rarer ones become `<unk>`.
   *
   * @default {1}
   */
  minCount?: number;
}

/** A text as numbers. */
export interface IndexedText {
  /** The text's words, the most frequent first (equally frequent ones as they first came). */
  vocabulary: Vocabulary;
  /** The sentences' word ids end to end, with `</s>` after each sentence and no `<s>`. */
  ids: Int32Array;
  /** How often each id occurs in `ids`; as long as the vocabulary. */
  counts: Uint32Array;
}

/**
 * Reads sentences once: finds their vocabulary and turns them into one stream of ids.
 *
 * @param sentences each a list of words; a literal `<unk>` in it is the unknown word
 * @throws {RangeError} if `minCount` is less than 1, or a sentence holds `<s>` or `</s>`
 * @throws {TypeError} if a sentence is a string
 *
 * @example
 * ```ts
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["is", "a", "rose"]]);
 * assertEquals(vocabulary.words, ["<unk>", "<s>", "</s>", "a", "rose", "is"]);
 * assertEquals(ids, Int32Array.of(3, 4, 2, 5, 3, 4, 2));
 * ```
 */
export function indexSentences(
  sentences: Iterable<readonly string[]>,
  options: IndexOptions = {},
): IndexedText {
  const { minCount = 1 } = options;
  if (!(minCount >= 1)) {
    throw new RangeError(`Cannot index text: expected minCount of at least 1, got ${minCount}`);
  }
  // Pass 1: number the words as they come. Ids 0 to 2 are the marks.
  const seen = new Map<string, number>([[UNKNOWN, 0], [START, 1], [END, 2]]);
  const seenCounts: number[] = [0, 0, 0];
  let raw = new Int32Array(1 << 16), length = 0;
  for (const sentence of sentences) {
    if (typeof sentence === "string") throw new TypeError(notWords(sentence));
    const needed = length + sentence.length + 1;
    if (needed > raw.length) raw = grown(raw, needed);
    for (let i = 0; i < sentence.length; i++) {
      let id = seen.get(sentence[i]);
      if (id === undefined) {
        id = seenCounts.length;
        seen.set(sentence[i], id);
        seenCounts.push(0);
      }
      if (id === 1 || id === 2) throw markInText(sentence[i], length);
      seenCounts[id]++;
      raw[length++] = id;
    }
    seenCounts[2]++;
    raw[length++] = 2;
  }
  // Pass 2: number them again, the most frequent first (`sort` is stable).
  const kept = Array.from({ length: seenCounts.length - 3 }, (_, i) => i + 3)
    .filter((id) => seenCounts[id] >= minCount)
    .sort((a, b) => seenCounts[b] - seenCounts[a]);
  const renumbered = new Int32Array(seenCounts.length); // 0, <unk>, for what was not kept
  renumbered[1] = 1;
  renumbered[2] = 2;
  kept.forEach((id, rank) => renumbered[id] = rank + 3);

  const ids = new Int32Array(length), counts = new Uint32Array(kept.length + 3);
  for (let i = 0; i < length; i++) counts[ids[i] = renumbered[raw[i]]]++;
  const words = [...seen.keys()];
  return { vocabulary: new Vocabulary(kept.map((id) => words[id])), ids, counts };
}

function grown(array: Int32Array<ArrayBuffer>, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(needed, 2 * array.length));
  larger.set(array);
  return larger;
}

function markInText(word: string, position: number): RangeError {
  return new RangeError(
    `Cannot index text: expected sentences without marks, got "${word}" at token ${position}` +
      ` (the marks ${START} and ${END} are added here)`,
  );
}

import type { Vocabulary } from "#lib/text/mod.ts";
import { checkWordIds } from "../_check_word_ids.ts";
import { type Active, FeatureTable } from "./feature_table.ts";
import { type ContextShape, reach } from "./context_shape.ts";

/** What {@linkcode countFeatures} is told. */
export interface CountFeaturesOptions {
  /** The words behind the ids. */
  vocabulary: Vocabulary;
  /** The kinds of features; the first must be the empty one. */
  shapes: readonly ContextShape[];
}

/** How often each feature of a context occurred, and with which next words. */
export interface FeatureCounts {
  /** The words behind the ids. */
  readonly vocabulary: Vocabulary;
  /** Numbers the features. */
  readonly table: FeatureTable;
  /** The shape of each feature; shape [features]. */
  readonly shapeOf: Uint8Array;
  /** C_i, how often feature i occurred; shape [features]. */
  readonly totals: Uint32Array;
  /** The pairs of feature i are those from starts[i] up to starts[i + 1]; shape [features + 1]. */
  readonly starts: Uint32Array;
  /** The next word of each pair, rising within a feature; shape [pairs]. */
  readonly words: Int32Array;
  /** C_iw, how often feature i was followed by word w; shape [pairs]. */
  readonly counts: Uint32Array;
}

/** A place of a text: the features of what is before it, and the word there. */
export interface Place {
  /** The features active. */
  active: Active;
  /** The word. */
  word: number;
}

/**
 * Goes through a text.
 *
 * @param ids sentences end to end, `</s>` after each
 * @param add whether features not known yet get a number
 * @returns every place, in one and the same object
 */
export function* placesOf(
  table: FeatureTable,
  ids: Int32Array,
  { vocabulary, add = false }: { vocabulary: Vocabulary; add?: boolean },
): Generator<Place> {
  checkWordIds(ids, vocabulary.size);
  const marked = new Int32Array(ids.length + 1);
  marked.set(ids, 1); // marked[t] is the word before place t: what </s> ended, <s> begins
  const place: Place = { active: FeatureTable.room(), word: 0 };
  let start = 0;
  for (let t = 0; t < ids.length; t++) {
    if (t === 0 || ids[t - 1] === vocabulary.end) {
      start = t;
      marked[t] = vocabulary.start;
    }
    table.find(marked, { start, end: t + 1, active: place.active, add });
    place.word = ids[t];
    yield place;
  }
}

/** Place of a feature's pair with a word, or −1: they lie side by side, sorted by word. */
export function findPair({ starts, words }: FeatureCounts, feature: number, word: number): number {
  let low = starts[feature], high = starts[feature + 1] - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (words[middle] === word) return middle;
    if (words[middle] < word) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * Counts the features of a text and the words that follow them.
 *
 * @param ids sentences end to end, `</s>` after each
 * @throws {RangeError} if an id belongs to no word or the first shape is not the empty one
 */
export function countFeatures(ids: Int32Array, options: CountFeaturesOptions): FeatureCounts {
  const { vocabulary, shapes } = options;
  if (shapes.length === 0 || reach(shapes.slice(0, 1)) > 0 || shapes.length > 255) {
    throw new RangeError("Cannot count features: expected 1 to 255 shapes, the empty one first");
  }
  const table = new FeatureTable(shapes);
  let all = new Int32Array(1 << 16), shapeOf = new Uint8Array(1 << 16), length = 0;
  const ends = new Uint32Array(ids.length + 1);
  let t = 0;
  for (const { active } of placesOf(table, ids, { vocabulary, add: true })) {
    if (length + active.length > all.length) all = grown(all, new Int32Array(2 * all.length));
    for (let k = 0; k < active.length; k++) {
      const id = active.ids[k];
      if (id >= shapeOf.length) shapeOf = grown(shapeOf, new Uint8Array(2 * shapeOf.length));
      shapeOf[id] = active.shapes[k];
      all[length++] = id;
    }
    ends[++t] = length;
  }
  const totals = new Uint32Array(table.size);
  for (let k = 0; k < length; k++) totals[all[k]]++;
  const counted = { table, vocabulary, totals, shapeOf: shapeOf.slice(0, table.size) };
  return { ...counted, ...pairsOf(ids, { all, ends, totals, words: vocabulary.size }) };
}

/** The pairs of features and next words, when the places are gone through word by word. */
function pairsOf(
  ids: Int32Array,
  { all, ends, totals, words: V }: {
    all: Int32Array;
    ends: Uint32Array;
    totals: Uint32Array;
    words: number;
  },
): Pick<FeatureCounts, "starts" | "words" | "counts"> {
  const room = new Uint32Array(totals.length + 1); // at most C_i different words follow
  totals.forEach((n, i) => room[i + 1] = room[i] + n);
  const words = new Int32Array(room[totals.length]), counts = new Uint32Array(words.length);
  const used = new Uint32Array(totals.length);
  for (const t of byWord(ids, V)) {
    for (let k = ends[t]; k < ends[t + 1]; k++) {
      const feature = all[k], last = room[feature] + used[feature] - 1;
      if (used[feature] > 0 && words[last] === ids[t]) counts[last]++;
      else {
        words[last + 1] = ids[t];
        counts[last + 1] = 1;
        used[feature]++;
      }
    }
  }
  const starts = new Uint32Array(totals.length + 1);
  for (let i = 0; i < totals.length; i++) { // close the gaps
    starts[i + 1] = starts[i] + used[i];
    words.copyWithin(starts[i], room[i], room[i] + used[i]);
    counts.copyWithin(starts[i], room[i], room[i] + used[i]);
  }
  const pairs = starts[totals.length];
  return { starts, words: words.slice(0, pairs), counts: counts.slice(0, pairs) };
}

/** The places of a text, those of word 0 first. */
function byWord(ids: Int32Array, V: number): Uint32Array {
  const next = new Uint32Array(V + 1), order = new Uint32Array(ids.length);
  for (const id of ids) next[id + 1]++;
  for (let w = 0; w < V; w++) next[w + 1] += next[w];
  ids.forEach((id, t) => order[next[id]++] = t);
  return order;
}

function grown<T extends Int32Array | Uint8Array>(array: T, larger: T): T {
  larger.set(array);
  return larger;
}

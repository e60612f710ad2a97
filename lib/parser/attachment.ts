import type { DependencyTree } from "./dependency_tree.ts";
import type { Sentence, Treebank } from "./sentence.ts";

/** How often something stands in the gold trees and in a parser's, and how often in both. */
export interface Agreement {
  /** Times in the gold trees. */
  readonly gold: number;
  /** Times in the parser's trees. */
  readonly predicted: number;
  /** Times in both: same word, same head, and for labels the same label. */
  readonly correct: number;
}

/** Counts behind a score. Integers, so that counts of parts add up to those of the whole. */
export interface AttachmentCounts {
  /** Sentences. */
  readonly sentences: number;
  /** Sentences with every head right. */
  readonly exactTrees: number;
  /** Words scored. */
  readonly words: number;
  /** Words with the right head. */
  readonly heads: number;
  /** Words with the right head and label. */
  readonly labels: number;
  /** Words with the right head and label, subtypes (`:` and what follows) cut off. */
  readonly labelsNoSubtypes: number;
  /** By label, subtypes kept. */
  readonly byLabel: ReadonlyMap<string, Agreement>;
  /** By arc length |head − word|; 0 stands for arcs from ROOT. Correct: the same head. */
  readonly byDistance: ReadonlyMap<number, Agreement>;
}

/** Which words {@linkcode scoreTrees} leaves out. */
export interface ScoreOptions {
  /**
   * Says of word i (from 0) of a gold sentence whether to leave it out, as
   * {@linkcode isPennPunctuation} does.
   * @default {() => false}
   */
  skip?: (sentence: Sentence, i: number) => boolean;
}

const PENN_PUNCTUATION = new Set(["``", "''", ":", ",", "."]);

/**
 * Whether word i (from 0) is punctuation by its gold Penn tag, one of `` '' : , . : the rule of the
 * scores published on the Penn Treebank (Chen & Manning 2014).
 */
export function isPennPunctuation(sentence: Sentence, i: number): boolean {
  return PENN_PUNCTUATION.has(sentence.tags[i]);
}

/** Whether word i (from 0) is punctuation by its universal tag PUNCT. */
export function isUniversalPunctuation(sentence: Sentence, i: number): boolean {
  return sentence.universalTags?.[i] === "PUNCT";
}

/** A parser's score: shares in percent, from counts that add up. */
export class AttachmentScore {
  /** The counts the shares are made of. */
  readonly counts: AttachmentCounts;

  /** Wraps counts; {@linkcode scoreTrees} makes them. */
  constructor(counts: AttachmentCounts) {
    this.counts = counts;
  }

  /** Unlabelled attachment score: words with the right head, in %. */
  get uas(): number {
    return 100 * this.counts.heads / this.counts.words;
  }

  /** Labelled attachment score: words with the right head and label, in %. */
  get las(): number {
    return 100 * this.counts.labels / this.counts.words;
  }

  /** Labelled attachment score with subtypes cut off (`nmod:poss` counts as `nmod`), in %. */
  get lasNoSubtypes(): number {
    return 100 * this.counts.labelsNoSubtypes / this.counts.words;
  }

  /** The score over the sentences of both. */
  add(other: AttachmentScore): AttachmentScore {
    const [a, b] = [this.counts, other.counts];
    return new AttachmentScore({
      sentences: a.sentences + b.sentences,
      exactTrees: a.exactTrees + b.exactTrees,
      words: a.words + b.words,
      heads: a.heads + b.heads,
      labels: a.labels + b.labels,
      labelsNoSubtypes: a.labelsNoSubtypes + b.labelsNoSubtypes,
      byLabel: merged(a.byLabel, b.byLabel),
      byDistance: merged(a.byDistance, b.byDistance),
    });
  }
}

/**
 * Compares a parser's trees with the gold ones.
 *
 * @param gold sentences with their trees
 * @param predicted one tree for each sentence, in the same order
 * @throws {RangeError} if their numbers differ
 */
export function scoreTrees(
  gold: Treebank,
  predicted: readonly DependencyTree[],
  options: ScoreOptions = {},
): AttachmentScore {
  return scoreSentences(gold, predicted, options).reduce(
    (sum, score) => sum.add(score),
    new AttachmentScore(EMPTY),
  );
}

/** As {@linkcode scoreTrees}, a score for each sentence: what {@linkcode pairedBootstrap} takes. */
export function scoreSentences(
  gold: Treebank,
  predicted: readonly DependencyTree[],
  { skip = () => false }: ScoreOptions = {},
): AttachmentScore[] {
  if (gold.length !== predicted.length) {
    throw new RangeError(
      `Cannot score trees: expected ${gold.length} of them, got ${predicted.length}`,
    );
  }
  return gold.map((sentence, i) => scoreSentence(sentence, predicted[i], skip));
}

const EMPTY: AttachmentCounts = {
  ...{ sentences: 0, exactTrees: 0, words: 0, heads: 0, labels: 0, labelsNoSubtypes: 0 },
  ...{ byLabel: new Map<string, Agreement>(), byDistance: new Map<number, Agreement>() },
};

function scoreSentence(
  sentence: Treebank[number],
  { heads, labels }: DependencyTree,
  skip: (sentence: Sentence, i: number) => boolean,
): AttachmentScore {
  const gold = sentence.tree;
  if (heads.length !== gold.heads.length) {
    throw new RangeError(
      `Cannot score a tree: expected one over ${gold.heads.length} words, got ${heads.length}`,
    );
  }
  const sum = { words: 0, heads: 0, labels: 0, labelsNoSubtypes: 0 };
  const byLabel = new Map<string, Agreement>();
  const byDistance = new Map<number, Agreement>();
  for (const i of heads.keys()) {
    if (skip(sentence, i)) continue;
    const sameHead = heads[i] === gold.heads[i];
    const same = sameHead && labels[i] === gold.labels[i];
    sum.words++;
    sum.heads += Number(sameHead);
    sum.labels += Number(same);
    sum.labelsNoSubtypes += Number(sameHead && universal(labels[i]) === universal(gold.labels[i]));
    count(byLabel, gold.labels[i], { gold: 1, predicted: 0, correct: Number(same) });
    count(byLabel, labels[i], { gold: 0, predicted: 1, correct: 0 });
    const correct = Number(sameHead);
    count(byDistance, distance(gold.heads[i], i + 1), { gold: 1, predicted: 0, correct });
    count(byDistance, distance(heads[i], i + 1), { gold: 0, predicted: 1, correct: 0 });
  }
  const exactTrees = Number(sum.heads === sum.words);
  return new AttachmentScore({ sentences: 1, exactTrees, ...sum, byLabel, byDistance });
}

function universal(label: string): string {
  const colon = label.indexOf(":");
  return colon < 0 ? label : label.slice(0, colon);
}

function distance(head: number, word: number): number {
  return head === 0 ? 0 : Math.abs(head - word);
}

function count<K>(counts: Map<K, Agreement>, key: K, more: Agreement): void {
  const { gold, predicted, correct } = counts.get(key) ?? { gold: 0, predicted: 0, correct: 0 };
  counts.set(key, {
    gold: gold + more.gold,
    predicted: predicted + more.predicted,
    correct: correct + more.correct,
  });
}

function merged<K>(a: ReadonlyMap<K, Agreement>, b: ReadonlyMap<K, Agreement>): Map<K, Agreement> {
  const sum = new Map(a);
  for (const [key, agreement] of b) count(sum, key, agreement);
  return sum;
}

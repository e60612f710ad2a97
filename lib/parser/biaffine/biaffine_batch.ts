import { shuffled } from "#lib/random/mod.ts";
import type { Epoch } from "#lib/nn/mod.ts";
import { byLength } from "#lib/rnn/mod.ts";
import type { AnnotatedSentence, Treebank } from "../sentence.ts";
import { type BiaffineLexicon, type EncodedSentence, encodeSentence } from "./biaffine_lexicon.ts";

/**
 * Sentences one after the other, nothing between them: N tokens, ROOT before the words of each. Plain
 * data.
 */
export interface BiaffineBatch {
  /** Tokens of each sentence, ROOT included; their sum is N. */
  readonly lengths: Int32Array;
  /** Shape [N]. */
  readonly words: Int32Array;
  /** Shape [N]. */
  readonly tags: Int32Array;
  /** Shape [N, AFFIXES], or empty. */
  readonly affixes: Int32Array;
  /** The right head of each token within its sentence, −1 for ROOT; shape [N]. */
  readonly heads: Int32Array;
  /** The right label of each token, −1 for ROOT; shape [N]. */
  readonly labels: Int32Array;
}

/** A sentence with its tree, as numbers. */
export interface BiaffineExample extends EncodedSentence {
  /** Shape [n + 1]; −1 for ROOT. */
  readonly heads: Int32Array;
  /** Shape [n + 1]; −1 for ROOT. */
  readonly labels: Int32Array;
}

/** Looks a sentence and its tree up. */
export function biaffineExample(
  sentence: AnnotatedSentence,
  lexicon: BiaffineLexicon,
): BiaffineExample {
  const { heads, labels } = sentence.tree;
  return {
    ...encodeSentence(sentence, lexicon),
    heads: Int32Array.of(-1, ...heads),
    labels: Int32Array.of(-1, ...labels.map((label) => lexicon.labels.id(label))),
  };
}

/** Puts sentences one after the other. */
export function joinSentences(
  sentences: readonly (EncodedSentence & Partial<BiaffineExample>)[],
): BiaffineBatch {
  const join = (parts: readonly Int32Array[]) => {
    const joined = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
    parts.reduce((at, part) => (joined.set(part, at), at + part.length), 0);
    return joined;
  };
  return {
    lengths: Int32Array.from(sentences, ({ words }) => words.length),
    words: join(sentences.map(({ words }) => words)),
    tags: join(sentences.map(({ tags }) => tags)),
    affixes: join(sentences.map(({ affixes }) => affixes)),
    heads: join(sentences.map(({ heads }) => heads ?? new Int32Array(0))),
    labels: join(sentences.map(({ labels }) => labels ?? new Int32Array(0))),
  };
}

/** Batches of sentences of nearly equal length: new ones, in a new order, each epoch. */
export function bucketedBatches(
  treebank: Treebank,
  lexicon: BiaffineLexicon,
  { tokens }: { tokens: number },
): Epoch<BiaffineBatch> {
  const examples = treebank.map((sentence) => biaffineExample(sentence, lexicon));
  return (random) =>
    shuffled(byLength(shuffled(examples, random), tokens).map(joinSentences), random);
}

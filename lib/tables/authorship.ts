import type { LabelledText } from "#lib/classify/mod.ts";
import { readStateOfTheUnion } from "#lib/data/mod.ts";
import { interpolate, type LanguageModel, LanguageModelClassifier } from "#lib/lm/mod.ts";
import { addDelta, countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { END, indexSentences, splitSentences, type Vocabulary, wordPunct } from "#lib/text/mod.ts";

/** What the presidents said: speeches to learn from, passages of other speeches to tell apart. */
export interface Authorship {
  /** The words of all speeches to learn from that were seen twice. */
  vocabulary: Vocabulary;
  /** Sentences to learn from, by president. */
  train: ReadonlyMap<string, string[][]>;
  /** Passages of each president's last speech but one. */
  dev: LabelledText[];
  /** Passages of each president's last speech. */
  test: LabelledText[];
}

/** What the speeches are cut into. */
export interface AuthorshipOptions {
  /** Presidents of at least so many speeches take part. @default {4} */
  speeches?: number;
  /** Words of a passage, at least; it ends with a sentence. @default {100} */
  passage?: number;
}

/**
 * The State of the Union addresses for "which president?": of each president with enough speeches the
 * last one is test, the one before is dev, the others are for learning.
 */
export async function readAuthorship(options: AuthorshipOptions = {}): Promise<Authorship> {
  const { speeches: least = 4, passage = 100 } = options;
  const byPresident = Map.groupBy(await readStateOfTheUnion(), ({ president }) => president);
  const train = new Map<string, string[][]>(), dev: LabelledText[] = [], test: LabelledText[] = [];
  for (const [label, speeches] of byPresident) {
    if (speeches.length < least) continue;
    const sentences = speeches.map(({ text }) =>
      splitSentences(text).map((sentence) => wordPunct(sentence.toLowerCase()))
    );
    const cut = (speech: string[][]) =>
      passages(speech, passage).map((some) => ({
        words: some.flatMap((words) => [...words, END]),
        label,
      }));
    test.push(...cut(sentences.at(-1)!));
    dev.push(...cut(sentences.at(-2)!));
    train.set(label, sentences.slice(0, -2).flat());
  }
  const { vocabulary } = indexSentences([...train.values()].flat(), { minCount: 2 });
  return { vocabulary, train, dev, test };
}

/** Whole sentences in a row, of so many words or some more; what is left at the end is left out. */
function passages(sentences: readonly string[][], least: number): string[][][] {
  const all: string[][][] = [];
  let some: string[][] = [], words = 0;
  for (const sentence of sentences) {
    some.push(sentence);
    words += sentence.length;
    if (words < least) continue;
    all.push(some);
    some = [];
    words = 0;
  }
  return all;
}

/** How a president's language is modelled. */
export interface PresidentOptions {
  /** Words of an n-gram. */
  order: number;
  /** λ, the weight of the president's own model beside that of all presidents together. */
  weight: number;
}

/**
 * A Kneser–Ney model of each president's speeches, interpolated with one of all presidents' together;
 * all presidents are equally likely.
 *
 * @returns decides by perplexity who said a passage
 */
export function presidentModels(
  { vocabulary, train }: Pick<Authorship, "vocabulary" | "train">,
  { order, weight }: PresidentOptions,
): LanguageModelClassifier {
  const model = (sentences: string[][]) => {
    const ids = vocabulary.encodeSentences(sentences);
    return kneserNey(countNgrams(ids, { order, vocabulary }), { onBadDiscount: "fallback" });
  };
  const everyone = model([...train.values()].flat());
  return classifierOf(
    train,
    (sentences) => interpolate([model(sentences), everyone], [weight, 1 - weight]),
  );
}

/** Naive Bayes: the words of a passage, whatever their order; each count is one more. */
export function presidentWords(
  { vocabulary, train }: Pick<Authorship, "vocabulary" | "train">,
): LanguageModelClassifier {
  return classifierOf(
    train,
    (sentences) =>
      addDelta(countNgrams(vocabulary.encodeSentences(sentences), { order: 1, vocabulary }), 1),
  );
}

function classifierOf(
  train: ReadonlyMap<string, string[][]>,
  modelOf: (sentences: string[][]) => LanguageModel,
): LanguageModelClassifier {
  const share = 1 / train.size;
  const languages = [...train].map(([name, sentences]) => ({
    ...{ name, model: modelOf(sentences), share },
  }));
  return new LanguageModelClassifier(languages);
}

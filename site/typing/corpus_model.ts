import type { LanguageModel } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey, maximumLikelihood, stupidBackoff } from "#lib/ngram/mod.ts";
import { indexSentences, wordPunct } from "#lib/text/mod.ts";

const SMOOTHINGS = { kneserNey, maximumLikelihood, stupidBackoff };

/** What a column of the page shows. */
export interface ModelSettings {
  /** The name of a file in `corpora/`. */
  corpus: string;
  /** n. */
  order: number;
  /** How counts become probabilities. */
  smoothing: keyof typeof SMOOTHINGS;
}

/** A language model with how long it took to make. */
export interface CountedModel {
  model: LanguageModel<unknown>;
  /** Words and ends of sentences it was counted from. */
  tokens: number;
  /** From the text to the model. */
  seconds: number;
}

/** The words of a text as the models know them. */
export function wordsOf(text: string): string[] {
  return wordPunct(text.toLowerCase());
}

const texts = new Map<string, Promise<string>>();

async function fetchText(corpus: string): Promise<string> {
  const answer = await fetch(`corpora/${corpus}.txt`);
  if (!answer.ok) throw new Error(`Cannot load ${corpus}: the server answered ${answer.status}`);
  return await answer.text();
}

/**
 * Loads a text and counts a model of it.
 *
 * @throws {Error} if the text cannot be loaded
 */
export async function countModel(settings: ModelSettings): Promise<CountedModel> {
  const { corpus, order, smoothing } = settings;
  if (!texts.has(corpus)) {
    texts.set(corpus, fetchText(corpus));
    texts.get(corpus)!.catch(() => texts.delete(corpus)); // the next try may find it
  }
  const text = await texts.get(corpus)!;
  const start = performance.now();
  const { vocabulary, ids } = indexSentences(text.trimEnd().split("\n").map(wordsOf));
  const counts = countNgrams(ids, { order, vocabulary });
  const model: LanguageModel<unknown> = SMOOTHINGS[smoothing](counts);
  return { model, tokens: ids.length, seconds: (performance.now() - start) / 1000 };
}

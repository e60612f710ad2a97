import type { TaggedSentence, Tagger } from "./tagger.ts";

/**
 * What every tagger has to beat: each word gets the tag it had most often in training, and a word
 * never seen the tag that words seen once had most often (if there are none, all words).
 */
export class MajorityTagger implements Tagger {
  readonly #tags: ReadonlyMap<string, string>;
  readonly #unknown: string;

  /**
   * Counts tags.
   *
   * @throws {RangeError} if there are no words
   */
  constructor(sentences: readonly TaggedSentence[]) {
    const counts = new Map<string, Map<string, number>>();
    for (const { words, tags } of sentences) {
      words.forEach((word, t) => {
        const ofWord = counts.get(word) ?? new Map<string, number>();
        counts.set(word, ofWord.set(tags[t], (ofWord.get(tags[t]) ?? 0) + 1));
      });
    }
    if (counts.size === 0) throw new RangeError("Cannot count tags: expected words, got none");
    this.#tags = new Map([...counts].map(([word, ofWord]) => [word, mostFrequent(ofWord)]));
    const once = new Map<string, number>(), all = new Map<string, number>();
    for (const ofWord of counts.values()) {
      const [[tag, count], ...others] = ofWord;
      if (count === 1 && others.length === 0) once.set(tag, (once.get(tag) ?? 0) + 1);
      for (const [tag, count] of ofWord) all.set(tag, (all.get(tag) ?? 0) + count);
    }
    this.#unknown = mostFrequent(once.size > 0 ? once : all);
  }

  /** One list of tags for each sentence. */
  tag(sentences: readonly (readonly string[])[]): Promise<string[][]> {
    const tagOf = (word: string) => this.#tags.get(word) ?? this.#unknown;
    return Promise.resolve(sentences.map((words) => words.map(tagOf)));
  }
}

/** The tag with the largest count, the one seen first of equal ones. */
function mostFrequent(counts: ReadonlyMap<string, number>): string {
  return [...counts].reduce((best, entry) => entry[1] > best[1] ? entry : best)[0];
}

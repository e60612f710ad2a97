/** Whatever gives words their tags: parts of speech, or the parts of phrases. */
export interface Tagger {
  /** One list of tags for each sentence, one tag for each word. */
  tag(sentences: readonly (readonly string[])[]): Promise<string[][]>;
}

/** A sentence with a tag for each word. */
export interface TaggedSentence {
  /** The words. */
  readonly words: readonly string[];
  /** Their tags. */
  readonly tags: readonly string[];
}

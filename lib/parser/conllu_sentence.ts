/** One line of a sentence in CoNLL-U, by its ten columns; "_" stands for "nothing here". */
export interface ConlluRow {
  /** A word's number `3`, a multiword token's words `3-4`, or an empty node `3.1`. */
  readonly id: string;
  /** The word as it stands in the text. */
  readonly form: string;
  /** Dictionary form. */
  readonly lemma: string;
  /** Universal part-of-speech tag. */
  readonly upos: string;
  /** Language-specific part-of-speech tag. */
  readonly xpos: string;
  /** Morphological features. */
  readonly feats: string;
  /** Number of the head, `0` for ROOT. */
  readonly head: string;
  /** Relation to the head. */
  readonly deprel: string;
  /** Enhanced dependencies, `head:relation` pairs. */
  readonly deps: string;
  /** Anything else. */
  readonly misc: string;
}

/** A sentence of a CoNLL-U file with everything the file says about it. */
export interface ConlluSentence {
  /** Comment lines as they stand, `#` included. */
  readonly comments: readonly string[];
  /** All lines in their order: words, multiword tokens, empty nodes. */
  readonly rows: readonly ConlluRow[];
}

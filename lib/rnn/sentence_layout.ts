/** Where the tokens of a batch stand in the forms the network needs. */
export class SentenceLayout {
  /** Tokens of each sentence. */
  readonly lengths: Int32Array;
  /** Number of the first token of each sentence. */
  readonly starts: Int32Array;
  /** Sentences, B. */
  readonly batch: number;
  /** Tokens of the longest sentence, T. */
  readonly longest: number;
  /** Tokens of all sentences, N. */
  readonly tokens: number;

  /** Finds the places of the tokens of sentences with these lengths; shape [B]. */
  constructor(lengths: Int32Array) {
    this.lengths = lengths;
    this.batch = lengths.length;
    this.longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    this.starts = new Int32Array(this.batch);
    for (let b = 1; b < this.batch; b++) this.starts[b] = this.starts[b - 1] + lengths[b - 1];
    this.tokens = this.starts[this.batch - 1] + lengths[this.batch - 1];
  }

  /** For each token the number of its sentence; shape [N]. */
  sentences(): Int32Array {
    return this.#perToken((_, b) => b);
  }

  /** For each place [T, B] the token that stands there, the last one again after the end. */
  steps(): Int32Array {
    const { starts, lengths, batch, longest } = this;
    return Int32Array.from({ length: longest * batch }, (_, i) => {
      const b = i % batch;
      return starts[b] + Math.min(Math.floor(i / batch), lengths[b] - 1);
    });
  }

  /** For each token its place in [T, B]; shape [N]. */
  places(): Int32Array {
    return this.#perToken((t, b) => t * this.batch + b);
  }

  /** For each place [B, T] the token that stands there, the last one again after the end. */
  rows(): Int32Array {
    const { starts, lengths, batch, longest } = this;
    return Int32Array.from({ length: batch * longest }, (_, i) => {
      const b = Math.floor(i / longest);
      return starts[b] + Math.min(i % longest, lengths[b] - 1);
    });
  }

  /** Values of the tokens at their places [B, T], −1 elsewhere. */
  padded(values: Int32Array): Int32Array {
    const padded = new Int32Array(this.batch * this.longest).fill(-1);
    for (let b = 0; b < this.batch; b++) {
      const start = this.starts[b];
      padded.set(values.subarray(start, start + this.lengths[b]), b * this.longest);
    }
    return padded;
  }

  /** Numbers within a sentence as numbers among all N tokens; −1 becomes the sentence's first token. */
  absolute(values: Int32Array): Int32Array {
    return this.#perToken((t, b) => {
      const start = this.starts[b];
      return start + Math.max(values[start + t], 0);
    });
  }

  /** By [B, T, T] the value given where the last place holds no token, else 0; nothing if all hold one. */
  absent(value: number): Float32Array | undefined {
    const { batch, longest, lengths } = this;
    if (lengths.every((length) => length === longest)) return undefined;
    const values = new Float32Array(batch * longest * longest);
    for (let row = 0; row < batch * longest; row++) {
      const length = lengths[Math.floor(row / longest)];
      values.fill(value, row * longest + length, (row + 1) * longest);
    }
    return values;
  }

  #perToken(value: (t: number, b: number) => number): Int32Array {
    const values = new Int32Array(this.tokens);
    for (let b = 0; b < this.batch; b++) {
      for (let t = 0; t < this.lengths[b]; t++) values[this.starts[b] + t] = value(t, b);
    }
    return values;
  }
}

import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import type { Decoder, DecoderSource, DecoderState } from "./decoder.ts";
import type { Condition } from "./encoder.ts";

/** P(· | x) as a language model; after `</s>` another y of the same x begins. */
export class GivenModel implements LanguageModel<DecoderState> {
  /** The symbols of y. */
  readonly vocabulary: Vocabulary;
  readonly #decoder: Decoder;
  readonly #source: DecoderSource;
  readonly #first: DecoderState;

  /** Reads x once. */
  constructor(decoder: Decoder, x: Condition) {
    this.vocabulary = decoder.vocabulary;
    this.#decoder = decoder;
    ({ source: this.#source, state: this.#first } = decoder.begin([x]));
  }

  /** The state after `<s>`. */
  initialState(): DecoderState {
    return this.#first;
  }

  /** log P of every symbol, shape [V]; −Infinity at `<s>`. */
  logProbabilities({ logProbabilities }: DecoderState): Float32Array {
    return logProbabilities.slice();
  }

  /**
   * The state after one more symbol.
   *
   * @throws {RangeError} if there is no such symbol
   */
  advance({ layers }: DecoderState, id: number): DecoderState {
    const { size, end } = this.vocabulary;
    if (!(id >= 0 && id < size)) {
      throw new RangeError(`Cannot go on: expected an id from 0 to ${size - 1}, got ${id}`);
    }
    return id === end ? this.#first : this.#decoder.step(this.#source, layers, Int32Array.of(id));
  }

  /**
   * log P of each symbol of outputs laid end to end, `</s>` after each.
   *
   * @throws {RangeError} if an id belongs to no symbol
   */
  score(text: Int32Array): Float32Array {
    const scores = new Float32Array(text.length);
    let state = this.#first;
    text.forEach((id, t) => {
      if (!(id in state.logProbabilities)) this.advance(state, id); // throws
      scores[t] = state.logProbabilities[id];
      state = this.advance(state, id);
    });
    return scores;
  }
}

import type { Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { Embedding, Linear, type NamedVariables, uniform } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import type { InputLayer } from "../input_layer.ts";
import { Highway } from "./highway.ts";
import { WordCharacters } from "./word_characters.ts";

/** The sizes of a {@linkcode CharacterCnn}: data, fit for JSON. */
export type CharacterCnnSizes = {
  /** Length of a character's vector. @default {16} */
  characters?: number;
  /** How many filters there are of widths 1, 2, 3, … @default {[25, 50, 75, 100, 125, 150]} */
  filters?: number[];
  /** Highway layers. @default {1} */
  highways?: number;
};

/** The sizes and start of a {@linkcode CharacterCnn}. */
export interface CharacterCnnOptions extends CharacterCnnSizes {
  /** The words. */
  vocabulary: Vocabulary;
  /** d, the length of a word's vector. */
  width: number;
  /** Where the draws come from. */
  random: Random;
}

/**
 * Word vectors made of characters (Kim et al. 2016; Jozefowicz et al. 2016): filters over windows
 * of character vectors, tanh, the maximum over the word's positions, highway layers, and a linear
 * layer to d. A word has the same vector whatever other words are in the batch.
 */
export class CharacterCnn implements InputLayer {
  /** `characters` [characters, c]; per width w `K<w>` [w c, filters], `k<w>`; highways; `W_d`, `b_d`. */
  readonly parameters: NamedVariables;
  /** Words known by their letters alone have vectors too. */
  readonly readsLetters = true;
  readonly #engine: Engine;
  readonly #characters: Embedding;
  readonly #filters: readonly Linear[];
  readonly #highways: readonly Highway[];
  readonly #last: Linear;
  readonly #alphabet: WordCharacters;
  /** The characters of each id's word. */
  readonly #words: readonly (readonly number[])[];

  /**
   * Draws new weights.
   *
   * @throws {RangeError} if there are no filters, or a number of filters or highways is not whole
   */
  constructor(engine: Engine, options: CharacterCnnOptions) {
    const { vocabulary, width, random, characters: c = 16, highways = 1 } = options;
    const { filters = [25, 50, 75, 100, 125, 150] } = options;
    const total = filters.reduce((sum, n) => sum + n, 0);
    if (total === 0 || ![...filters, highways].every((n) => Number.isInteger(n) && n >= 0)) {
      throw new RangeError(
        `Cannot build a character CNN: expected whole numbers, of filters 1 or more in all, got ` +
          `[${filters}] filters and ${highways} highways`,
      );
    }
    this.#engine = engine;
    this.#alphabet = new WordCharacters(vocabulary);
    this.#words = Array.from(
      { length: vocabulary.idCount },
      (_, id) => this.#alphabet.encode(vocabulary.word(id)),
    );
    this.#characters = new Embedding(engine, {
      ...{ words: this.#alphabet.size, width: c, random },
      initializer: uniform(Math.sqrt(3)), // of variance 1: small ones make all words alike at first
    });
    this.#filters = filters.map((outputs, i) =>
      new Linear(engine, { inputs: (i + 1) * c, outputs, random })
    );
    this.#highways = Array.from(
      { length: highways },
      () => new Highway(engine, { width: total, random }),
    );
    this.#last = new Linear(engine, { inputs: total, outputs: width, random });
    this.parameters = this.#named();
  }

  #named(): NamedVariables {
    const named: [string, Variable][] = [["characters", this.#characters.parameters.E]];
    this.#filters.forEach(({ parameters: { W, b } }, i) => {
      named.push([`K${i + 1}`, W], [`k${i + 1}`, b]);
    });
    this.#highways.forEach(({ parameters }, i) => {
      for (const [name, v] of Object.entries(parameters)) {
        named.push([`highway${i + 1}_${name}`, v]);
      }
    });
    const { W, b } = this.#last.parameters;
    return Object.fromEntries([...named, ["W_d", W], ["b_d", b]]);
  }

  /** The vectors of words by their ids; each word of a batch is computed once. */
  lookup(ids: Tensor): Tensor {
    const { tf, operations } = this.#engine;
    const place = new Map<number, number>();
    const places = Int32Array.from(ids.dataSync() as Int32Array, (id) => {
      if (!place.has(id)) place.set(id, place.size);
      return place.get(id)!;
    });
    const table = this.#vectors([...place.keys()].map((id) => this.#words[id]));
    return operations.embed(table, tf.tensor(places, ids.shape, "int32"));
  }

  /**
   * The vectors of words that need not be in the vocabulary.
   *
   * @returns shape [N, d]
   */
  vectors(words: readonly string[]): Tensor2D {
    return this.#vectors(words.map((word) => this.#alphabet.encode(word)));
  }

  #vectors(words: readonly (readonly number[])[]): Tensor2D {
    const { tf } = this.#engine;
    const parts = this.#filters.map((filter, i) =>
      this.#strongest(words, { filter, width: i + 1 })
    );
    let y = tf.concat(parts, 1);
    for (const highway of this.#highways) y = highway.apply(y);
    return this.#last.apply(y);
  }

  /**
   * The maximum of each filter over a word's windows, shape [N, filters]. tanh comes last: it rises,
   * so that the largest of tanh z is tanh of the largest z.
   */
  #strongest(
    words: readonly (readonly number[])[],
    { filter, width }: { filter: Linear; width: number },
  ): Tensor2D {
    const { tf, operations } = this.#engine;
    const windows = words.map((word) => WordCharacters.windows(word, width));
    const starts = [0];
    for (const { length } of windows) starts.push(starts.at(-1)! + length);
    const ids = Int32Array.from(windows.flat(2)), N = starts.at(-1)!;
    const found = this.#characters.lookup(tf.tensor1d(ids, "int32"));
    const z = filter.apply(tf.reshape(found, [N, found.size / N]));
    return tf.tanh(operations.segmentMax(z, starts)) as Tensor2D;
  }

  /** Frees the parameters. */
  dispose(): void {
    for (const part of [this.#characters, ...this.#filters, ...this.#highways, this.#last]) {
      part.dispose();
    }
  }
}

import { seeded } from "#lib/random/mod.ts";
import type { WordVectors } from "./word_vectors.ts";

/** How {@linkcode skipGram} learns. */
export interface SkipGramOptions {
  /** d, numbers of a vector. @default {50} */
  width?: number;
  /** Words to either side that are foretold; each time a random number from 1 to this. @default {5} */
  window?: number;
  /**
   * Whether each place beside the word has output vectors of its own (structured skip-gram, Ling et al.
   * 2015), so that the order of words counts; then all words within the window are foretold.
   * @default {false}
   */
  structured?: boolean;
  /** Random words that are told from each true one. @default {5} */
  negatives?: number;
  /** Words seen less often have no vector and are passed over. @default {5} */
  least?: number;
  /** Words more frequent than this share are passed over now and then. @default {1e-4} */
  subsample?: number;
  /** Passes over the sentences. @default {5} */
  epochs?: number;
  /** η at the beginning; it falls to 0 in a straight line. @default {0.025} */
  rate?: number;
  /** Seed of everything drawn. @default {1} */
  seed?: number;
}

/** How far {@linkcode skipGram} has come. */
export interface SkipGramReport extends WordVectors {
  /** Words gone over, all passes counted. */
  readonly position: number;
  /** Words there are to go over in all passes. */
  readonly total: number;
}

const REPORT_EVERY = 200_000; // words
const LARGEST = 6; // beyond ±6 the logistic function is taken as 0 or 1, as in word2vec

/**
 * Word vectors by skip-gram with negative sampling (Mikolov et al. 2013, eq. 4): each word's vector v
 * is to tell the output vectors u of words near it from those of random words, maximising
 * log σ(u·v) + Σ_k log σ(−u_k·v), with the words k drawn by their counts to the power ¾.
 *
 * @param sentences no context reaches beyond a sentence
 * @returns reports every 200,000 words and at the end, with the vectors as they stand (views); the
 * words are those frequent enough, the commonest first
 * @throws {RangeError} if no word is frequent enough
 */
export function* skipGram(
  sentences: readonly (readonly string[])[],
  options: SkipGramOptions = {},
): Generator<SkipGramReport, void, void> {
  const { width = 50, least = 5, epochs = 5, seed = 1 } = options;
  const { words, counts, ids } = numberWords(sentences, least);
  if (words.length === 0) {
    throw new RangeError(`Cannot learn word vectors: no word comes ${least} times`);
  }
  const random = seeded(seed);
  const vectors = Float32Array.from(
    { length: words.length * width },
    () => (random() - 0.5) / width,
  );
  const learner = new Learner({ vectors, counts, width, random, options });
  const total = epochs * counts.reduce((sum, n) => sum + n, 0);
  let position = 0, reported = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const sentence of ids) {
      learner.learn(sentence, { progress: position / total });
      position += sentence.length;
      if (position - reported < REPORT_EVERY) continue;
      reported = position;
      yield { words, width, vectors, position, total };
    }
  }
  yield { words, width, vectors, position, total };
}

function numberWords(
  sentences: readonly (readonly string[])[],
  least: number,
): { words: string[]; counts: Float64Array; ids: Int32Array[] } {
  const seen = new Map<string, number>();
  for (const sentence of sentences) {
    for (const word of sentence) seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  const kept = [...seen].filter(([, n]) => n >= least).sort(([, a], [, b]) => b - a);
  const idOf = new Map(kept.map(([word], id) => [word, id]));
  const ids = sentences.map((sentence) =>
    Int32Array.from(sentence, (word) => idOf.get(word) ?? -1).filter((id) => id >= 0)
  );
  return { words: kept.map(([word]) => word), counts: Float64Array.from(kept, ([, n]) => n), ids };
}

/** The two matrices and the draws. */
class Learner {
  readonly #v: Float32Array; // the word's own vectors
  readonly #u: Float32Array[]; // output vectors, of each place or of all
  readonly #width: number;
  readonly #random: () => number;
  readonly #window: number;
  readonly #negatives: number;
  readonly #rate: number;
  readonly #keep: Float64Array; // the probability that a word is not passed over
  readonly #noise: Int32Array; // a table to draw from, by count to the power ¾
  readonly #slope: Float64Array;

  constructor({ vectors, counts, width, random, options }: {
    vectors: Float32Array;
    counts: Float64Array;
    width: number;
    random: () => number;
    options: SkipGramOptions;
  }) {
    const { window = 5, structured = false, negatives = 5, subsample = 1e-4, rate = 0.025 } =
      options;
    this.#v = vectors;
    const places = structured ? 2 * window : 1;
    this.#u = Array.from({ length: places }, () => new Float32Array(vectors.length));
    this.#width = width;
    this.#random = random;
    this.#window = window;
    this.#negatives = negatives;
    this.#rate = rate;
    const total = counts.reduce((sum, n) => sum + n, 0);
    // word2vec's own rule: √(t/f) + t/f for a word with share f
    this.#keep = counts.map((n) => Math.sqrt(subsample * total / n) + subsample * total / n);
    this.#noise = noiseTable(counts);
    this.#slope = new Float64Array(width);
  }

  /** Goes over a sentence. */
  learn(sentence: Int32Array, { progress }: { progress: number }): void {
    const kept = sentence.filter((id) => this.#keep[id] >= 1 || this.#random() < this.#keep[id]);
    const rate = this.#rate * Math.max(1 - progress, 1e-4);
    const u = this.#u, isStructured = u.length > 1, window = this.#window;
    for (let t = 0; t < kept.length; t++) {
      const reach = isStructured ? window : 1 + Math.floor(this.#random() * window);
      const end = Math.min(t + reach, kept.length - 1);
      for (let near = Math.max(t - reach, 0); near <= end; near++) {
        if (near === t) continue;
        const place = isStructured ? near - t + window - (near > t ? 1 : 0) : 0;
        this.#tell(kept[near], kept[t], { u: u[place], rate });
      }
    }
  }

  /** One step for v of a word and u of a word near it, and of random ones. */
  #tell(word: number, near: number, { u, rate }: { u: Float32Array; rate: number }): void {
    const v = this.#v, width = this.#width, slope = this.#slope.fill(0);
    const from = word * width;
    for (let k = 0; k <= this.#negatives; k++) {
      const other = k === 0 ? near : this.#noise[Math.floor(this.#random() * this.#noise.length)];
      if (k > 0 && other === near) continue;
      const to = other * width;
      let dot = 0;
      for (let j = 0; j < width; j++) dot += v[from + j] * u[to + j];
      const p = dot > LARGEST ? 1 : dot < -LARGEST ? 0 : 1 / (1 + Math.exp(-dot));
      const g = rate * ((k === 0 ? 1 : 0) - p);
      for (let j = 0; j < width; j++) {
        slope[j] += g * u[to + j];
        u[to + j] += g * v[from + j];
      }
    }
    for (let j = 0; j < width; j++) v[from + j] += slope[j];
  }
}

function noiseTable(counts: Float64Array): Int32Array {
  const weights = counts.map((n) => n ** 0.75), size = 1_000_000;
  const total = weights.reduce((sum, w) => sum + w, 0);
  const table = new Int32Array(size);
  let id = 0, reached = weights[0] / total;
  for (let i = 0; i < size; i++) {
    table[i] = id;
    if ((i + 1) / size > reached && id < counts.length - 1) reached += weights[++id] / total;
  }
  return table;
}

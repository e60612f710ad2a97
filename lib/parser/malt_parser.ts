import { encode, type EncodedSentence, Indicators } from "./_indicators.ts";
import type { MaltModel } from "./malt_model.ts";
import { Configuration, NONE } from "./configuration.ts";
import type { DependencyTree } from "./dependency_tree.ts";
import { MALT_ALGORITHMS } from "./malt_algorithms.ts";
import { deprojectivize } from "./pseudo_projective.ts";
import type { DependencyParser, Sentence } from "./sentence.ts";
import type { Move, TransitionSystem } from "./transition_system.ts";

/**
 * MaltParser (Nivre, Hall & Nilsson 2006): a greedy transition-based parser whose next transition is
 * the legal one with the largest score w_m·x, x being the indicator features of the configuration.
 *
 * {@linkcode trainMaltParser} makes one.
 */
export class MaltParser implements DependencyParser {
  readonly #model: MaltModel;
  readonly #system: TransitionSystem;
  readonly #indicators: Indicators;
  readonly #rows: Int32Array; // where the weights of the present features begin
  readonly #scores: Float64Array;
  readonly #isLegal: Uint8Array;

  /** Wraps what training found. */
  constructor(model: MaltModel) {
    const { system, templates } = MALT_ALGORITHMS[model.algorithm];
    this.#model = model;
    this.#system = system;
    this.#indicators = new Indicators(templates);
    this.#rows = new Int32Array(templates.length);
    this.#scores = new Float64Array(model.transitions.size);
    this.#isLegal = new Uint8Array(4);
  }

  /** What the parser learned. */
  get model(): MaltModel {
    return this.#model;
  }

  /** The labels it knows, by their ids in configurations. */
  get labels(): readonly string[] {
    return this.#model.lexicon.labels.names;
  }

  /** One tree for each sentence. Several words may hang from ROOT, as with the original. */
  parse(sentences: readonly Sentence[]): Promise<DependencyTree[]> {
    return Promise.resolve(sentences.map((sentence) => this.parseSentence(sentence)));
  }

  /** The tree of one sentence, at once. */
  parseSentence(sentence: Sentence): DependencyTree {
    const { lexicon, rootLabel } = this.#model;
    const end = this.#run(encode(sentence, lexicon));
    const heads: number[] = [], labels: string[] = [];
    for (let word = 1; word <= end.length; word++) {
      const isLeft = end.heads[word] === NONE;
      heads.push(isLeft ? 0 : end.heads[word]);
      labels.push(lexicon.labels.names[isLeft ? rootLabel : end.labels[word]]);
    }
    return deprojectivize({ heads, labels });
  }

  /**
   * The indicator features that are true of a configuration, readably: one for each template, such
   * as `s0.tag=VBZ ∧ b0.tag=JJ`; ∅ stands for an empty place, ROOT or a missing label.
   */
  describeIndicators(configuration: Configuration, sentence: Sentence): string[] {
    return this.#indicators.describe(configuration, sentence, this.#model.lexicon.labels.names);
  }

  /** The transitions it takes through a sentence, by their ids in the model's inventory. */
  transitionsOf(sentence: Sentence): Int32Array {
    const taken: number[] = [];
    this.#run(encode(sentence, this.#model.lexicon), taken);
    return Int32Array.from(taken);
  }

  #run(sentence: EncodedSentence, taken?: number[]): Configuration {
    const c = new Configuration(sentence.words.length - 1), system = this.#system;
    const { moves, labels } = this.#model.transitions;
    while (!system.isTerminal(c)) {
      this.#indicators.extract(c, sentence);
      this.#score(this.#findRows());
      const best = this.#bestLegal(c);
      taken?.push(best);
      system.apply(c, moves[best] as Move, labels[best]);
    }
    return c;
  }

  /** Looks the features up; returns how many of them were seen in training. */
  #findRows(): number {
    const { features, transitions } = this.#model, keys = this.#indicators.keys;
    let count = 0;
    for (let t = 0; t < keys.length; t += 2) {
      const feature = keys[t + 1] < 0 ? NONE : features.find(keys[t], keys[t + 1]);
      if (feature !== NONE) this.#rows[count++] = feature * transitions.size;
    }
    return count;
  }

  /** w_m·x of every transition m. */
  #score(count: number): void {
    const scores = this.#scores.fill(0), { weights } = this.#model;
    for (let i = 0; i < count; i++) {
      const row = this.#rows[i];
      for (let m = 0; m < scores.length; m++) scores[m] += weights[row + m];
    }
  }

  #bestLegal(c: Configuration): number {
    const isLegal = this.#isLegal, scores = this.#scores, { moves } = this.#model.transitions;
    for (const move of this.#system.moves) isLegal[move] = Number(this.#system.isLegal(c, move));
    let best = 0, score = -Infinity;
    for (let m = 0; m < scores.length; m++) {
      if (scores[m] > score && isLegal[moves[m]] === 1) [best, score] = [m, scores[m]];
    }
    return best;
  }
}

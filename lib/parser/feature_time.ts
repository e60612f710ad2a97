import { encode, Indicators } from "./_indicators.ts";
import { Configuration } from "./configuration.ts";
import { MALT_ALGORITHMS } from "./malt_algorithms.ts";
import type { MaltModel } from "./malt_model.ts";
import type { MaltParser } from "./malt_parser.ts";
import type { Sentence } from "./sentence.ts";
import type { Move, TransitionSystem } from "./transition_system.ts";

/** Where the time of greedy parsing with indicator features goes. */
export interface FeatureTime {
  /** Seconds for parsing all sentences: all that follows but {@linkcode strings}. */
  readonly total: number;
  /** Seconds for numbering words and tags and for the transitions themselves. */
  readonly transitions: number;
  /** Seconds for finding each configuration's indicator features and looking them up. */
  readonly features: number;
  /** Seconds for adding up weights and choosing the best legal transition. */
  readonly scoring: number;
  /** features / total: what the lecture says is over 95 %. */
  readonly share: number;
  /** Seconds for the same features written as strings and looked up in a Map of strings. */
  readonly strings: number;
  /** The share if the features were strings: strings / (transitions + strings + scoring). */
  readonly shareAsStrings: number;
}

/** How {@linkcode measureFeatureTime} measures. */
export interface FeatureTimeOptions {
  /** Repetitions, of which the quickest counts; one more warms up. @default {5} */
  repetitions?: number;
}

/**
 * Measures the share of parsing time that goes into indicator features: the sentences are parsed,
 * then the same transitions are made again with a part of the work. Each part's time is the
 * difference between two such runs, so that figures below a few per cent are noise.
 */
export function measureFeatureTime(
  parser: MaltParser,
  sentences: readonly Sentence[],
  { repetitions = 5 }: FeatureTimeOptions = {},
): FeatureTime {
  const replay = new Replay(parser, sentences);
  const seconds = (work: () => void) => leastSeconds(work, repetitions);
  const total = seconds(() => sentences.forEach((sentence) => parser.parseSentence(sentence)));
  const transitions = seconds(() => replay.run("transitions"));
  const withFeatures = seconds(() => replay.run("features"));
  const withStrings = seconds(() => replay.run("strings"));
  const [features, strings] = [withFeatures - transitions, withStrings - transitions];
  const scoring = total - withFeatures;
  return {
    ...{ total, transitions, features, scoring, share: features / total },
    ...{ strings, shareAsStrings: strings / (total - features + strings) },
  };
}

function leastSeconds(work: () => void, repetitions: number): number {
  work();
  const times = Array.from({ length: repetitions }, () => {
    const begun = performance.now();
    work();
    return (performance.now() - begun) / 1000;
  });
  return Math.min(...times); // the machine's other work only adds
}

/** The transitions a parser made, to be made again with more or less of the work. */
class Replay {
  readonly #model: MaltModel;
  readonly #system: TransitionSystem;
  readonly #indicators: Indicators;
  readonly #sentences: readonly Sentence[];
  readonly #transitions: Int32Array[]; // of each sentence
  readonly #strings: Map<string, number>;
  /** Sum of the features' numbers: keeps the look-ups from being optimised away. */
  checksum = 0;

  constructor(parser: MaltParser, sentences: readonly Sentence[]) {
    const { system, templates } = MALT_ALGORITHMS[parser.model.algorithm];
    this.#model = parser.model;
    this.#system = system;
    this.#indicators = new Indicators(templates);
    this.#sentences = sentences;
    this.#transitions = sentences.map((sentence) => parser.transitionsOf(sentence));
    const keys = parser.model.features.keys();
    this.#strings = new Map(
      Array.from({ length: keys.length / 2 }, (_, i) => [`${keys[2 * i]}:${keys[2 * i + 1]}`, i]),
    );
  }

  run(part: "transitions" | "features" | "strings"): void {
    const { lexicon, transitions } = this.#model;
    for (const [i, sentence] of this.#sentences.entries()) {
      const encoded = encode(sentence, lexicon);
      const c = new Configuration(sentence.words.length);
      for (const id of this.#transitions[i]) {
        if (part !== "transitions") {
          this.#indicators.extract(c, encoded);
          this.checksum += part === "features" ? this.#lookUp() : this.#lookUpStrings();
        }
        this.#system.apply(c, transitions.moves[id] as Move, transitions.labels[id]);
      }
    }
  }

  #lookUp(): number {
    const { keys } = this.#indicators;
    let sum = 0;
    for (let t = 0; t < keys.length; t += 2) sum += this.#model.features.find(keys[t], keys[t + 1]);
    return sum;
  }

  #lookUpStrings(): number {
    const { keys } = this.#indicators;
    let sum = 0;
    for (let t = 0; t < keys.length; t += 2) {
      sum += this.#strings.get(`${keys[t]}:${keys[t + 1]}`) ?? 0;
    }
    return sum;
  }
}

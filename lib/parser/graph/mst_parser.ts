import type { DependencyTree } from "../dependency_tree.ts";
import { eisner } from "../eisner.ts";
import type { DependencyParser, Sentence } from "../sentence.ts";
import { encodeTokens } from "./_encoded_tokens.ts";
import type { MstModel } from "./mst_model.ts";
import { MstScorer } from "./_mst_scorer.ts";
import { eisnerSiblings } from "./eisner_siblings.ts";

/**
 * MSTParser (McDonald, Crammer & Pereira 2005; McDonald & Pereira 2006): the projective tree with one
 * root whose parts have the highest total score w·f(part). Parts are labelled arcs and, in order 2,
 * pairs of adjacent siblings.
 *
 * {@linkcode trainMstParser} makes one.
 */
export class MstParser implements DependencyParser {
  readonly #model: MstModel;
  readonly #scorer: MstScorer;

  /** @internal */
  constructor(model: MstModel) {
    this.#model = model;
    this.#scorer = new MstScorer(model);
  }

  /** What the parser learned. @internal */
  get model(): MstModel {
    return this.#model;
  }

  /** One tree for each sentence. */
  parse(sentences: readonly Sentence[]): Promise<DependencyTree[]> {
    return Promise.resolve(sentences.map((sentence) => this.parseSentence(sentence)));
  }

  /** The tree of one sentence, at once. */
  parseSentence(sentence: Sentence): DependencyTree {
    const { arcs, siblings, labels } = this.#scorer.score(encodeTokens(sentence));
    const heads = siblings ? eisnerSiblings(siblings) : eisner(arcs);
    const size = arcs.words + 1;
    return {
      heads,
      labels: heads.map((head, i) => this.#model.labels[labels[head * size + i + 1]]),
    };
  }
}

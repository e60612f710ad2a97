import { byLength, SentenceLayout } from "#lib/rnn/mod.ts";
import { ArcScores } from "../arc_scores.ts";
import { chuLiuEdmonds } from "../chu_liu_edmonds.ts";
import type { DependencyTree } from "../dependency_tree.ts";
import type { DependencyParser, Sentence } from "../sentence.ts";
import { type BiaffineBatch, joinSentences } from "./biaffine_batch.ts";
import { type BiaffineLexicon, encodeSentence } from "./biaffine_lexicon.ts";
import type { BiaffineNetwork, TokenRoles } from "./biaffine_network.ts";

/** Tokens that are parsed together. */
const TOKENS_AT_ONCE = 2000;
const NOT_TRAINING = { training: false, random: () => 0 };

/** What a {@linkcode BiaffineParser} is made of. */
export interface BiaffineParserParts {
  /** The trained network. */
  readonly network: BiaffineNetwork;
  /** The symbols it was trained with. */
  readonly lexicon: BiaffineLexicon;
  /** The label of arcs from ROOT, which no other arc gets (if there is another label). */
  readonly rootLabel: string;
}

/**
 * The parser of Dozat & Manning 2017: every token scores every other as its head, the tree with one root
 * that has the highest total is taken, and then the best label of each of its arcs.
 *
 * {@linkcode trainBiaffineParser} makes one.
 */
export class BiaffineParser implements DependencyParser {
  readonly #parts: BiaffineParserParts;

  /** @internal */
  constructor(parts: BiaffineParserParts) {
    this.#parts = parts;
  }

  /** What the parser is made of. @internal */
  get parts(): BiaffineParserParts {
    return this.#parts;
  }

  /** One tree for each sentence. */
  parse(sentences: readonly Sentence[]): Promise<DependencyTree[]> {
    const trees = new Array<DependencyTree>(sentences.length);
    const items = sentences.map((sentence, i) => ({ i, words: sentence.words }));
    for (const group of byLength(items, TOKENS_AT_ONCE)) {
      const parsed = this.#parseTogether(group.map(({ i }) => sentences[i]));
      group.forEach(({ i }, k) => trees[i] = parsed[k]);
    }
    return Promise.resolve(trees);
  }

  /**
   * How well each token is the head of each word, before a tree is chosen: log P(head | word) of the
   * network, natural logarithm; row = head (0 for ROOT), column = word.
   */
  headScores(sentence: Sentence): ArcScores {
    const { network } = this.#parts, { engine } = network;
    let scores: ArcScores | undefined;
    engine.tf.tidy(() => {
      const { batch, layout } = this.#encode([sentence]);
      const logits = network.arcScores(network.roles(batch, NOT_TRAINING), layout);
      scores = arcScores(engine.values(engine.tf.logSoftmax(logits)), { layout, b: 0 });
    });
    return scores!;
  }

  /** Frees the network. */
  dispose(): void {
    this.#parts.network.dispose();
  }

  #encode(sentences: readonly Sentence[]): { batch: BiaffineBatch; layout: SentenceLayout } {
    const { lexicon } = this.#parts;
    const batch = joinSentences(sentences.map((sentence) => encodeSentence(sentence, lexicon)));
    return { batch, layout: new SentenceLayout(batch.lengths) };
  }

  #parseTogether(sentences: readonly Sentence[]): DependencyTree[] {
    const { network } = this.#parts, { engine } = network;
    return engine.tf.tidy(() => {
      const { batch, layout } = this.#encode(sentences);
      const roles = network.roles(batch, NOT_TRAINING);
      const scores = engine.values(network.arcScores(roles, layout));
      const heads = sentences.map((_, b) => chuLiuEdmonds(arcScores(scores, { layout, b })));
      const labels = this.#labels(roles, { heads, layout });
      return heads.map((heads, b) => ({ heads, labels: labels[b] }));
    });
  }

  /** The best label of each arc. */
  #labels(
    roles: TokenRoles,
    { heads, layout }: { heads: readonly number[][]; layout: SentenceLayout },
  ): string[][] {
    const { network, lexicon: { labels: { names, size } }, rootLabel } = this.#parts;
    const withRoot = Int32Array.from(heads.flatMap((heads) => [0, ...heads]));
    const scores = network.engine.values(network.labelScores(roles, layout.absolute(withRoot)));
    const best = (token: number) => {
      let best = -1;
      for (let r = 0; r < size; r++) {
        if (names[r] === rootLabel && size > 1) continue;
        if (best < 0 || scores[token * size + r] > scores[token * size + best]) best = r;
      }
      return names[best];
    };
    return heads.map((heads, b) =>
      heads.map((head, i) => head === 0 ? rootLabel : best(layout.starts[b] + i + 1))
    );
  }
}

/** The scores [T, T] of a sentence, turned so that rows are heads. */
function arcScores(
  scores: Float32Array,
  { layout: { longest, lengths }, b }: { layout: SentenceLayout; b: number },
): ArcScores {
  const size = lengths[b], found = new ArcScores(size - 1);
  for (let word = 1; word < size; word++) {
    const row = (b * longest + word) * longest;
    for (let head = 0; head < size; head++) found.values[head * size + word] = scores[row + head];
  }
  return found;
}

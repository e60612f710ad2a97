import type { Configuration } from "../configuration.ts";
import { oracleSteps } from "../oracle_steps.ts";
import { isProjective } from "../projectivity.ts";
import type { Treebank } from "../sentence.ts";
import { plainRows, type SentenceRows, sentenceRows, TokenRows } from "./token_rows.ts";
import { tokenGroups } from "./token_groups.ts";
import type { TokenDepths } from "./token_places.ts";
import { goldTree, type TransitionTask } from "./transition_task.ts";

/** Configurations with the right transition, as plain numbers. */
export interface Examples {
  /** Embedding rows of each configuration's tokens, group by group; shape [N, tokens]. */
  readonly rows: Int32Array;
  /** Which transitions are legal, see {@linkcode LegalTransitions.code}; shape [N]. */
  readonly codes: Int32Array;
  /** The right transition; shape [N]. */
  readonly targets: Int32Array;
}

/**
 * The configurations on the static oracle's way to the projective trees of a treebank. Where one
 * transition alone is legal there is nothing to learn (its loss is 0), and no example.
 */
export function oracleExamples(
  treebank: Treebank,
  { system, lexicon, legal }: TransitionTask,
  depths: TokenDepths,
): Examples {
  const sentences = treebank.filter(({ tree }) => isProjective(tree.heads));
  const collector = new ExampleCollector(sentences, { lexicon, depths });
  for (const sentence of sentences) {
    const rows = sentenceRows(sentence, lexicon);
    for (const { configuration, move, label } of oracleSteps(system, goldTree(sentence, lexicon))) {
      const code = legal.code(configuration);
      if (legal.list(code).length === 1) continue;
      collector.add(configuration, rows, { code, target: legal.inventory.id(move, label) });
    }
  }
  return collector.examples();
}

/** Collects examples from sentences, at most 2n each for n words. */
export class ExampleCollector {
  readonly #tokens: TokenRows;
  readonly #rows: Int32Array;
  readonly #codes: Int32Array;
  readonly #targets: Int32Array;
  #count = 0;

  /** Makes room. */
  constructor(
    sentences: Treebank,
    { lexicon, depths }: Pick<TransitionTask, "lexicon"> & { depths: TokenDepths },
  ) {
    const groups = tokenGroups(lexicon, depths);
    const most = sentences.reduce((sum, { words }) => sum + 2 * words.length, 0);
    this.#tokens = new TokenRows(groups, depths, plainRows(groups));
    this.#rows = new Int32Array(most * this.#tokens.size);
    this.#codes = new Int32Array(most);
    this.#targets = new Int32Array(most);
  }

  /** Adds a configuration with its right transition. */
  add(c: Configuration, sentence: SentenceRows, example: { code: number; target: number }): void {
    this.#tokens.read(c, sentence, this.#rows, this.#count * this.#tokens.size);
    this.#codes[this.#count] = example.code;
    this.#targets[this.#count++] = example.target;
  }

  /** What was added, as views. */
  examples(): Examples {
    return {
      rows: this.#rows.subarray(0, this.#count * this.#tokens.size),
      codes: this.#codes.subarray(0, this.#count),
      targets: this.#targets.subarray(0, this.#count),
    };
  }
}

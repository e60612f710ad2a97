import { assertAnnotated } from "./_equal_columns.ts";
import { encode, Indicators } from "./_indicators.ts";
import { GoldTree } from "./gold_tree.ts";
import type { Lexicon } from "./lexicon.ts";
import { MALT_ALGORITHMS, type MaltAlgorithm } from "./malt_algorithms.ts";
import { oracleSteps } from "./oracle_steps.ts";
import type { Treebank } from "./sentence.ts";
import type { Move } from "./transition_system.ts";

/** The indicator features of a configuration, and the transition the oracle makes there. */
export interface OracleIndicators {
  /** Pairs of halves (see Indicators); overwritten by the next configuration. */
  readonly keys: Int32Array;
  readonly move: Move;
  readonly label: number;
}

/** Every configuration on the oracle's way to projective trees. */
export function* oracleIndicators(
  treebank: Treebank,
  { algorithm, lexicon }: { algorithm: MaltAlgorithm; lexicon: Lexicon },
): Generator<OracleIndicators, void, void> {
  const { system, templates } = MALT_ALGORITHMS[algorithm];
  const indicators = new Indicators(templates);
  indicators.checkFit(lexicon);
  for (const sentence of treebank) {
    assertAnnotated(sentence);
    const encoded = encode(sentence, lexicon);
    const labels = sentence.tree.labels.map((label) => lexicon.labels.id(label));
    const gold = new GoldTree(sentence.tree.heads, labels);
    for (const { configuration, move, label } of oracleSteps(system, gold)) {
      indicators.extract(configuration, encoded);
      yield { keys: indicators.keys, move, label };
    }
  }
}

import { Configuration, NONE } from "./configuration.ts";
import { assertHeads } from "./dependency_tree.ts";
import type { GoldTree } from "./gold_tree.ts";
import { isProjective } from "./projectivity.ts";
import type { Move, TransitionSystem } from "./transition_system.ts";

/** A configuration on the way to a known tree, and the transition the oracle makes there. */
export interface OracleStep {
  /** Before the transition; the same object at every step, changed in place. */
  readonly configuration: Configuration;
  /** The kind of the transition. */
  readonly move: Move;
  /** Id of the arc's label, NONE for SHIFT and REDUCE. */
  readonly label: number;
}

/**
 * Follows the static oracle to a tree, step by step.
 *
 * @param system which transitions there are
 * @param gold a projective tree, with one root if the system makes no other trees
 * @returns the steps; the generator's return value is the terminal configuration
 * @throws {RangeError} if it is not such a tree
 */
export function* oracleSteps(
  system: TransitionSystem,
  gold: GoldTree,
): Generator<OracleStep, Configuration> {
  const heads = [...gold.heads.subarray(1)], { name, severalRoots } = system;
  if (heads.length > 0) assertHeads(heads, { doing: `follow the oracle of ${name}`, severalRoots });
  if (!isProjective(heads)) {
    throw new RangeError(
      `Cannot follow an oracle: expected a projective tree, got arcs that cross` +
        ` (skip the sentence, or lift its arcs with projectivize())`,
    );
  }
  const configuration = new Configuration(gold.heads.length - 1);
  while (!system.isTerminal(configuration)) {
    const move = system.oracle(configuration, gold);
    const dependent = system.dependentOf(configuration, move);
    const label = dependent === NONE ? NONE : gold.labels[dependent];
    yield { configuration, move, label };
    system.apply(configuration, move, label);
  }
  return configuration;
}

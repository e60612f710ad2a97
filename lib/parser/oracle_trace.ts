import { oracleSteps } from "./oracle_steps.ts";
import { type Configuration, NONE } from "./configuration.ts";
import { GoldTree } from "./gold_tree.ts";
import type { AnnotatedSentence } from "./sentence.ts";
import { SymbolTable } from "./symbol_table.ts";
import { MOVE_NAMES } from "./transition_inventory.ts";
import type { TransitionSystem } from "./transition_system.ts";

/** A row of the tables that show a parser at work: a configuration, and what led to it. */
export interface TraceRow {
  /** The transition that led here, such as "LEFT-ARC nsubj"; "" for the first row. */
  readonly transition: string;
  /** Words on the stack, the top last; ROOT at the bottom. */
  readonly stack: readonly string[];
  /** Words in the buffer. */
  readonly buffer: readonly string[];
  /** The arc the transition added, such as "nsubj(has, He)"; "" for none. */
  readonly arc: string;
}

/**
 * The oracle's way through a sentence, row by row, the start first.
 *
 * @throws {RangeError} if the tree is not projective, or none that the system makes
 *
 * @example
 * ```ts
 * import { arcStandard, oracleTrace } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = oracleTrace(arcStandard, {
 *   words: ["He", "sleeps"],
 *   tags: ["PRP", "VBZ"],
 *   tree: { heads: [2, 0], labels: ["nsubj", "root"] },
 * });
 * assertEquals(rows.map((row) => row.transition), [
 *   "",
 *   "SHIFT",
 *   "SHIFT",
 *   "LEFT-ARC nsubj",
 *   "RIGHT-ARC root",
 * ]);
 * assertEquals(rows[3].stack, ["ROOT", "sleeps"]);
 * ```
 */
export function oracleTrace(system: TransitionSystem, sentence: AnnotatedSentence): TraceRow[] {
  const { words, tree } = sentence;
  const labels = new SymbolTable(tree.labels);
  const gold = new GoldTree(tree.heads, tree.labels.map((label) => labels.id(label)));
  const name = (node: number) => node === 0 ? "ROOT" : words[node - 1];
  const row = (c: Configuration) => ({
    stack: Array.from(c.stack.subarray(0, c.stackSize), name),
    buffer: words.slice(c.next - 1),
  });
  const rows: TraceRow[] = [];
  let led = { transition: "", arc: "" };
  const steps = oracleSteps(system, gold);
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    const { configuration, move, label } = step.value;
    rows.push({ ...row(configuration), ...led });
    const dependent = system.dependentOf(configuration, move);
    led = dependent === NONE ? { transition: MOVE_NAMES[move], arc: "" } : {
      transition: `${MOVE_NAMES[move]} ${labels.names[label]}`,
      arc: `${labels.names[label]}(${name(gold.heads[dependent])}, ${name(dependent)})`,
    };
  }
  return [...rows, { ...row(step.value), ...led }];
}

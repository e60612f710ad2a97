import { NONE } from "./configuration.ts";
import { Move } from "./transition_system.ts";

/**
 * The transitions a classifier chooses from, numbered from 0: pairs of a move and a label's id
 * (NONE for SHIFT and REDUCE), in a fixed order.
 */
export class TransitionInventory {
  /** The move of each transition. */
  readonly moves: Uint8Array;
  /** The label id of each transition, NONE for SHIFT and REDUCE. */
  readonly labels: Int32Array;
  readonly #ids = new Map<number, number>();

  /**
   * Numbers the transitions by move, then label, each once.
   *
   * @param transitions those seen on the way to known trees
   */
  constructor(transitions: Iterable<{ move: Move; label: number }>) {
    const codes = new Set(Array.from(transitions, ({ move, label }) => code(move, label)));
    const ordered = [...codes].sort((a, b) => a - b);
    for (const [id, each] of ordered.entries()) this.#ids.set(each, id);
    this.moves = Uint8Array.from(ordered, (each) => Math.floor(each / LABELS));
    this.labels = Int32Array.from(ordered, (each) => each % LABELS + NONE);
  }

  /** Number of transitions. */
  get size(): number {
    return this.moves.length;
  }

  /** The transition's id, or {@linkcode NONE}. */
  id(move: Move, label: number): number {
    return this.#ids.get(code(move, label)) ?? NONE;
  }
}

/** More than any treebank has labels. */
const LABELS = 2 ** 16;

function code(move: Move, label: number): number {
  return move * LABELS + label - NONE;
}

/** Names of the moves as the literature writes them. */
export const MOVE_NAMES: Readonly<Record<Move, string>> = {
  [Move.SHIFT]: "SHIFT",
  [Move.LEFT_ARC]: "LEFT-ARC",
  [Move.RIGHT_ARC]: "RIGHT-ARC",
  [Move.REDUCE]: "REDUCE",
};

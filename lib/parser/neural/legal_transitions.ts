import type { Configuration } from "../configuration.ts";
import { TransitionInventory } from "../transition_inventory.ts";
import { Move, type TransitionSystem } from "../transition_system.ts";

/** A transition as training trees have it. */
export interface SeenTransition {
  /** The move. */
  readonly move: Move;
  /** Label id, NONE for SHIFT. */
  readonly label: number;
  /** Whether the arc comes from ROOT. */
  readonly fromRoot: boolean;
}

const SHIFT = 1, LEFT = 2, RIGHT = 4, RIGHT_FROM_ROOT = 8, CODES = 16;
/** Added to the scores of transitions that are not legal: e^−1e9 = 0. */
const ILLEGAL = -1e9;

/**
 * Which transitions are legal where, for systems in which RIGHT-ARC goes from the second word of the
 * stack to the top. Labels are legal from ROOT, or from words, if training trees have them there: so
 * the root relation is ROOT's alone (Chen & Manning's parser has it so).
 */
export class LegalTransitions {
  /** All transitions. */
  readonly inventory: TransitionInventory;
  /** Those seen with an arc from ROOT, and those seen without: 1 each; shape [transitions]. */
  readonly seen: { readonly fromRoot: Uint8Array; readonly fromWords: Uint8Array };
  readonly #lists: Int32Array[];
  readonly #system: TransitionSystem;

  /**
   * Collects what was seen.
   *
   * @throws {RangeError} if there would be no legal transition somewhere
   */
  constructor(system: TransitionSystem, seen: readonly SeenTransition[]) {
    this.#system = system;
    this.inventory = new TransitionInventory(seen);
    const flags = (fromRoot: boolean) => {
      const found = new Uint8Array(this.inventory.size);
      for (const each of seen) {
        if (each.fromRoot === fromRoot) found[this.inventory.id(each.move, each.label)] = 1;
      }
      return found;
    };
    this.seen = { fromRoot: flags(true), fromWords: flags(false) };
    this.#lists = Array.from({ length: CODES }, (_, code) => this.#listOf(code));
    if ([SHIFT, RIGHT_FROM_ROOT, LEFT | RIGHT].some((code) => this.list(code).length === 0)) {
      throw new RangeError(
        "Cannot learn transitions: expected trees with an arc between two words, got none",
      );
    }
  }

  #listOf(code: number): Int32Array {
    const { moves } = this.inventory, { fromRoot, fromWords } = this.seen;
    const isLegal = (t: number) =>
      (code & SHIFT) > 0 && moves[t] === Move.SHIFT ||
      (code & LEFT) > 0 && moves[t] === Move.LEFT_ARC && fromWords[t] === 1 ||
      moves[t] === Move.RIGHT_ARC && ((code & RIGHT) > 0 && fromWords[t] === 1 ||
          (code & RIGHT_FROM_ROOT) > 0 && fromRoot[t] === 1);
    return Int32Array.from(moves.keys()).filter(isLegal);
  }

  /** Every transition as it was seen, those seen both ways twice. */
  transitions(): SeenTransition[] {
    const { moves, labels } = this.inventory, { fromRoot, fromWords } = this.seen;
    const each = (t: number, fromRoot: boolean): SeenTransition => ({
      ...{ move: moves[t] as Move, label: labels[t], fromRoot },
    });
    return [...moves.keys()].flatMap((t) => [
      ...(fromWords[t] === 1 ? [each(t, false)] : []),
      ...(fromRoot[t] === 1 ? [each(t, true)] : []),
    ]);
  }

  /** What is legal in a configuration, as a number below 16 for {@linkcode list}. */
  code(c: Configuration): number {
    const system = this.#system;
    let code = system.isLegal(c, Move.SHIFT) ? SHIFT : 0;
    if (system.isLegal(c, Move.LEFT_ARC)) code |= LEFT;
    if (system.isLegal(c, Move.RIGHT_ARC)) code |= c.stackSize === 2 ? RIGHT_FROM_ROOT : RIGHT;
    return code;
  }

  /** Ids of the transitions legal where the code says so. */
  list(code: number): Int32Array {
    return this.#lists[code];
  }

  /** What to add to the scores in each code's configurations; shape [16, transitions]. */
  mask(): Float32Array {
    const { size } = this.inventory, mask = new Float32Array(CODES * size).fill(ILLEGAL);
    for (let code = 0; code < CODES; code++) {
      for (const t of this.list(code)) mask[code * size + t] = 0;
    }
    return mask;
  }
}

/** Number of codes of {@linkcode LegalTransitions.code}. */
export const LEGALITY_CODES = CODES;

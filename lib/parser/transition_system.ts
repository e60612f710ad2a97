import type { Configuration } from "./configuration.ts";
import type { GoldTree } from "./gold_tree.ts";

/** The kinds of transitions; LEFT_ARC and RIGHT_ARC come with a label. */
export const Move = { SHIFT: 0, LEFT_ARC: 1, RIGHT_ARC: 2, REDUCE: 3 } as const;
/** One of {@linkcode Move}. */
export type Move = typeof Move[keyof typeof Move];

/** What a parser may do: transitions, when they are allowed, and how they rebuild a known tree. */
export interface TransitionSystem {
  /** The system's name, such as "arc-standard". */
  readonly name: string;
  /** The kinds of transitions it has. */
  readonly moves: readonly Move[];
  /** Whether several words may hang from ROOT in the trees it makes. */
  readonly severalRoots: boolean;
  /** Whether the move is allowed here; some move is, unless the configuration is terminal. */
  isLegal(configuration: Configuration, move: Move): boolean;
  /** The word an arc move would give a head; NONE for SHIFT and REDUCE. */
  dependentOf(configuration: Configuration, move: Move): number;
  /** Makes the move, changing the configuration; the move must be legal. */
  apply(configuration: Configuration, move: Move, label: number): void;
  /** Whether the parse is at its end; words without a head then hang from ROOT. */
  isTerminal(configuration: Configuration): boolean;
  /**
   * The static oracle: the next move on the way to a projective gold tree. Only for configurations
   * it led to itself.
   */
  oracle(configuration: Configuration, gold: GoldTree): Move;
}

/** A transition system that knows what a move costs wherever the parser has strayed to. */
export interface DynamicOracleSystem extends TransitionSystem {
  /**
   * How many arcs of a projective gold tree can be reached before this legal move but not after it
   * (Goldberg & Nivre 2013); 0 for the best moves, of which there may be several.
   */
  cost(configuration: Configuration, gold: GoldTree, move: Move): number;
}

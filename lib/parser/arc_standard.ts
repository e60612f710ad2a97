import { type Configuration, NONE } from "./configuration.ts";
import { Move, type TransitionSystem } from "./transition_system.ts";

/**
 * Arc-standard (Nivre 2004) as in Chen & Manning (2014): SHIFT, LEFT-ARC s0 → s1, RIGHT-ARC
 * s1 → s0; arcs remove their dependent from the stack. ROOT gets its one dependent last, so that
 * every tree has one root. A sentence of n words takes 2n transitions.
 */
export const arcStandard: TransitionSystem = {
  name: "arc-standard",
  moves: [Move.SHIFT, Move.LEFT_ARC, Move.RIGHT_ARC],
  severalRoots: false,
  isLegal: (c, move) => {
    if (move === Move.SHIFT) return c.next <= c.length;
    if (c.stackSize > 2) return true;
    return move === Move.RIGHT_ARC && c.stackSize === 2 && c.next > c.length;
  },
  dependentOf: (c, move) =>
    move === Move.LEFT_ARC ? c.stackItem(1) : move === Move.RIGHT_ARC ? c.stackItem(0) : NONE,
  apply: applyBetweenTopTwo,
  isTerminal: (c) => c.next > c.length && c.stackSize === 1,
  oracle: oracleBetweenTopTwo,
};

/**
 * Stack-projective (Nivre 2009), MaltParser's `stackproj`: the transitions of
 * {@linkcode arcStandard}, but ROOT may get dependents at any time, and several of them.
 */
export const stackProjective: TransitionSystem = {
  ...arcStandard,
  name: "stack-projective",
  severalRoots: true,
  isLegal: (c, move) => {
    if (move === Move.SHIFT) return c.next <= c.length;
    return move === Move.LEFT_ARC ? c.stackSize > 2 : c.stackSize > 1;
  },
};

function applyBetweenTopTwo(c: Configuration, move: Move, label: number): void {
  if (move === Move.SHIFT) return c.push();
  const s0 = c.stack[c.stackSize - 1], s1 = c.stack[c.stackSize - 2];
  c.stackSize--;
  if (move === Move.RIGHT_ARC) return c.attach(s1, s0, label);
  c.attach(s0, s1, label);
  c.stack[c.stackSize - 1] = s0;
}

/** LEFT-ARC as soon as possible, RIGHT-ARC once s0 has all its dependents, else SHIFT. */
function oracleBetweenTopTwo(
  c: Configuration,
  gold: { heads: Int32Array; rightmost: Int32Array },
): Move {
  const s0 = c.stackItem(0), s1 = c.stackItem(1);
  if (s1 > 0 && gold.heads[s1] === s0) return Move.LEFT_ARC;
  if (s1 >= 0 && gold.heads[s0] === s1 && gold.rightmost[s0] < c.next) return Move.RIGHT_ARC;
  return Move.SHIFT;
}

import { type Configuration, NONE } from "./configuration.ts";
import type { GoldTree } from "./gold_tree.ts";
import { type DynamicOracleSystem, Move } from "./transition_system.ts";

/**
 * Arc-eager (Nivre 2003) as in MaltParser's `nivreeager`: SHIFT, LEFT-ARC b0 → s0 (s0 goes),
 * RIGHT-ARC s0 → b0 (b0 is pushed), REDUCE (s0 goes, if it has a head). It ends when the buffer is
 * empty; words without a head then hang from ROOT. At most 2n transitions.
 */
export const arcEager: DynamicOracleSystem = {
  name: "arc-eager",
  moves: [Move.SHIFT, Move.LEFT_ARC, Move.RIGHT_ARC, Move.REDUCE],
  severalRoots: true,
  isLegal: (c, move) => {
    if (c.next > c.length) return false;
    if (move === Move.SHIFT) return true;
    const s0 = c.stackItem(0);
    if (move === Move.RIGHT_ARC) return s0 !== NONE;
    return s0 > 0 && (c.heads[s0] === NONE) === (move === Move.LEFT_ARC);
  },
  dependentOf: (c, move) =>
    move === Move.LEFT_ARC ? c.stackItem(0) : move === Move.RIGHT_ARC ? c.bufferItem(0) : NONE,
  apply: (c, move, label) => {
    const s0 = c.stackItem(0);
    if (move === Move.LEFT_ARC) c.attach(c.next, s0, label);
    else if (move === Move.RIGHT_ARC) c.attach(s0, c.next, label);
    if (move === Move.LEFT_ARC || move === Move.REDUCE) c.stackSize--;
    else c.push();
  },
  isTerminal: (c) => c.next > c.length,
  oracle: staticOracle,
  cost: (c, gold, move) => {
    const s0 = c.stackItem(0), b0 = c.next;
    if (move === Move.REDUCE) return gold.countDependentsFrom(s0, b0);
    if (move === Move.LEFT_ARC) {
      // s0 loses its head in the rest of the buffer, or ROOT, which it would get by being left
      const head = gold.heads[s0];
      return Number(head > b0 || head === 0) + gold.countDependentsFrom(s0, b0);
    }
    // b0 loses its dependents on the stack and its head there: for SHIFT any but ROOT, which it
    // can still get by being left; for RIGHT-ARC any but s0, and any head in the buffer
    const head = gold.heads[b0];
    const lost = move === Move.SHIFT
      ? head > 0 && isOnStack(c, head)
      : head !== s0 && (head > b0 || isOnStack(c, head));
    return Number(lost) + headlessDependentsOnStack(c, gold, b0);
  },
};

/** MaltParser's oracle: arcs as soon as possible, REDUCE once b0 has to do with a word below s0. */
function staticOracle(c: Configuration, gold: GoldTree): Move {
  const s0 = c.stackItem(0), b0 = c.next;
  if (s0 > 0 && gold.heads[s0] === b0) return Move.LEFT_ARC;
  if (gold.heads[b0] === s0) return Move.RIGHT_ARC;
  if (c.heads[s0] === NONE) return Move.SHIFT; // ROOT too is without a head
  return gold.leftmost[b0] < s0 || gold.heads[b0] < s0 ? Move.REDUCE : Move.SHIFT;
}

function headlessDependentsOnStack(c: Configuration, gold: GoldTree, word: number): number {
  let count = 0;
  for (let i = 1; i < c.stackSize; i++) {
    count += Number(gold.heads[c.stack[i]] === word && c.heads[c.stack[i]] === NONE);
  }
  return count;
}

function isOnStack(c: Configuration, word: number): boolean {
  for (let i = 0; i < c.stackSize; i++) if (c.stack[i] === word) return true;
  return false;
}

import { NONE } from "./configuration.ts";
import { type DynamicOracleSystem, Move } from "./transition_system.ts";

/**
 * Arc-hybrid (Kuhlmann, Gómez-Rodríguez & Satta 2011): SHIFT, LEFT-ARC b0 → s0, RIGHT-ARC s1 → s0;
 * arcs remove their dependent from the stack. ROOT stands at the bottom of the stack and gets its
 * one dependent last, so that every tree has one root. A sentence of n words takes 2n transitions.
 */
export const arcHybrid: DynamicOracleSystem = {
  name: "arc-hybrid",
  moves: [Move.SHIFT, Move.LEFT_ARC, Move.RIGHT_ARC],
  severalRoots: false,
  isLegal: (c, move) => {
    if (move === Move.SHIFT) return c.next <= c.length;
    if (move === Move.LEFT_ARC) return c.stackSize > 1 && c.next <= c.length;
    return c.stackSize > 2 || (c.stackSize === 2 && c.next > c.length);
  },
  dependentOf: (c, move) => (move === Move.SHIFT ? NONE : c.stackItem(0)),
  apply: (c, move, label) => {
    if (move === Move.SHIFT) return c.push();
    const s0 = c.stack[--c.stackSize];
    c.attach(move === Move.LEFT_ARC ? c.next : c.stack[c.stackSize - 1], s0, label);
  },
  isTerminal: (c) => c.next > c.length && c.stackSize === 1,
  oracle: (c, gold) => {
    const s0 = c.stackItem(0);
    if (s0 > 0 && gold.heads[s0] === c.next) return Move.LEFT_ARC;
    const isComplete = s0 > 0 && gold.heads[s0] === c.stackItem(1) && gold.rightmost[s0] < c.next;
    return isComplete ? Move.RIGHT_ARC : Move.SHIFT;
  },
  cost: (c, gold, move) => {
    const s0 = c.stackItem(0), s1 = c.stackItem(1), b0 = c.next;
    if (move === Move.SHIFT) {
      // b0 loses its head below s0 and its dependents on the stack
      let lost = 0;
      for (let i = 0; i < c.stackSize; i++) {
        const isHead = c.stack[i] === gold.heads[b0] && c.stack[i] !== s0;
        lost += Number(isHead || (c.stack[i] > 0 && gold.heads[c.stack[i]] === b0));
      }
      return lost;
    }
    // s0 loses its dependents in the buffer and its head there or at s1, but for the one it gets
    const head = gold.heads[s0];
    const lost = move === Move.LEFT_ARC ? head > b0 || head === s1 : head >= b0;
    return Number(lost) + gold.countDependentsFrom(s0, b0);
  },
};

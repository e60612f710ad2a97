import { eisnerSiblings } from "./eisner_siblings.ts";
import type { SiblingScores } from "./sibling_scores.ts";

/**
 * A tree with one root, crossing arcs allowed, with a high total score of arcs and adjacent siblings.
 * The best is NP-hard to find; this starts from the best projective tree and as long as it gains moves
 * the one word whose new head raises the score most (McDonald & Pereira 2006, figure 5).
 *
 * @returns the head of each word, word i + 1 at place i
 */
export function reattach(scores: SiblingScores): number[] {
  const heads = eisnerSiblings(scores);
  let score = scores.of(heads);
  while (true) {
    const move = bestMove(scores, heads, score);
    if (!move) return heads;
    heads[move.word - 1] = move.head;
    score = move.score;
  }
}

interface Move {
  word: number;
  head: number;
  score: number;
}

/** Gains below this are rounding. */
const LEAST_GAIN = 1e-9;

function bestMove(scores: SiblingScores, heads: number[], score: number): Move | undefined {
  let best: Move | undefined, bestScore = score + LEAST_GAIN;
  for (let word = 1; word <= heads.length; word++) {
    const old = heads[word - 1];
    if (old === 0) continue; // ROOT keeps its one dependent
    for (let head = 1; head <= heads.length; head++) {
      if (head === old || isAbove(word, head, heads)) continue;
      heads[word - 1] = head;
      const moved = scores.of(heads);
      if (moved > bestScore) {
        bestScore = moved;
        best = { word, head, score: moved };
      }
    }
    heads[word - 1] = old;
  }
  return best;
}

/** Whether `word` is `below` or above it, so that hanging it there would close a circle. */
function isAbove(word: number, below: number, heads: readonly number[]): boolean {
  for (let node = below; node !== 0; node = heads[node - 1]) if (node === word) return true;
  return false;
}

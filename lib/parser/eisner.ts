import { eisnerWith, SpanChart } from "./_span_chart.ts";
import type { ArcScores } from "./arc_scores.ts";

/**
 * The projective tree with one root whose arcs have the highest total score (Eisner 1996), in O(n³).
 *
 * Over words s to t, a complete span is a word with all its dependents on one side, an incomplete
 * span is an arc with all that lies between; → has its head at s, ← at t:
 *
 *     I→[s,t] = max_{s≤r<t} C→[s,r] + C←[r+1,t] + score(s → t)      I← likewise with score(t → s)
 *     C→[s,t] = max_{s<r≤t} I→[s,r] + C→[r,t]                       C←[s,t] = max_{s≤r<t} C←[s,r] + I←[r,t]
 *
 * and the tree is the root r with the highest C←[1,r] + C→[r,n] + score(0 → r).
 *
 * @param scores finite, or −Infinity for an arc that must not be
 * @returns the head of each word, word i + 1 at place i
 * @throws {RangeError} if the arcs allowed make no projective tree with one root
 */
export function eisner(scores: ArcScores): number[] {
  return eisnerWith(scores, new SpanChart(scores.words));
}

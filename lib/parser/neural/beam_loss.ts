import { type SearchTrace, stepsBack } from "./beam_search.ts";

/** A loss over beams, and its slope by every score. */
export interface BeamLoss {
  /** Σ over sentences, nats. */
  readonly loss: number;
  /** ∂L/∂ρ; shape [configurations, transitions]. */
  readonly slopes: Float32Array;
  /** p of each way in the set of each sentence, the gold way last if it fell out of the beam. */
  readonly posteriors: Float64Array[];
}

/**
 * The loss of Andor et al. (2016), eq. 6: where a search stopped at transition j,
 * L = −Σ_{t≤j} ρ(gold) + log Σ_{b ∈ B_j ∪ gold} exp Σ_{t≤j} ρ(b), so that
 * ∂L/∂ρ of a transition is the probability of the ways through it, less 1 on the gold way.
 *
 * @param classes number of transitions
 */
export function beamLoss({ ends, codes }: SearchTrace, classes: number): BeamLoss {
  const slopes = new Float32Array(codes.length * classes), posteriors: Float64Array[] = [];
  let loss = 0;
  for (const { items, gold, holdsGold } of ends) {
    const ways = holdsGold ? items : [...items, gold];
    const largest = ways.reduce((most, { score }) => Math.max(most, score), -Infinity);
    const sum = ways.reduce((sum, { score }) => sum + Math.exp(score - largest), 0);
    const logZ = largest + Math.log(sum);
    loss += logZ - gold.score;
    const p = Float64Array.from(ways, ({ score }) => Math.exp(score - logZ));
    posteriors.push(p);
    for (const [w, { path }] of ways.entries()) {
      for (const { from, transition } of stepsBack(path)) {
        slopes[from * classes + transition] += p[w];
      }
    }
    for (const { from, transition } of stepsBack(gold.path)) {
      slopes[from * classes + transition] -= 1;
    }
  }
  return { loss, slopes, posteriors };
}

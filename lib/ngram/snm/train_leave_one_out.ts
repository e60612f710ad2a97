import { adaGrad } from "./_ada_grad.ts";
import { Adjustment } from "./adjustment.ts";
import { type FeatureCounts, findPair, type Place, placesOf } from "./feature_counts.ts";
import type { TrainAdjustmentOptions } from "./train_held_out.ts";

/**
 * Trains the adjustment on the text that was counted, each place with its own occurrence taken out
 * of the counts (Shazeer, Pelemans and Chelba 2015, section 3): AdaGrad on the Poisson loss
 * Σ_w y_w − log y_v at a place with word v, where y_v comes from (C_iv − 1) / (C_i − 1) and the
 * y_w of other words from C_iw / (C_i − 1); metafeatures see the reduced counts too. A feature that
 * occurred once has nothing left and is not active.
 *
 * @param ids the text counted, `</s>` after each sentence
 * @throws {RangeError} if it is empty or an id belongs to no word
 */
export function trainLeaveOneOut(
  counts: FeatureCounts,
  ids: Int32Array,
  options: TrainAdjustmentOptions = {},
): Adjustment {
  const { epochs = 3, rate = 0.5, batchSize = 4000, report } = options;
  if (ids.length === 0) {
    throw new RangeError("Cannot train an adjustment: expected the text counted, got an empty one");
  }
  const adjustment = new Adjustment(counts.table.shapes.length, { followers: false });
  const squares = new Float64Array(adjustment.theta.length);
  let gradient = new Float64Array(adjustment.theta.length);
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0, places = 0;
    for (const place of placesOf(counts.table, ids, counts)) {
      loss += poissonLoss(counts, place, { adjustment, gradient });
      if (++places % batchSize > 0 && places < ids.length) continue;
      const scale = 1 / ((places - 1) % batchSize + 1);
      adaGrad(adjustment.theta, { gradient, squares, rate, scale });
      gradient = new Float64Array(gradient.length);
    }
    report?.(epoch, loss / ids.length);
  }
  return adjustment;
}

/**
 * The Poisson loss of a place, in nats, and its gradient. What the C_i occurrences of a feature
 * lose by words that did not follow there, Σ_w y_w, is spread over its pairs: with M⁺ and M⁻ of the
 * reduced counts C_iw − 1 and C_iw,
 *
 *     ∂J/∂A_iw = ((C_i − C_iw) / C_iw) M⁻_iw + (1 − 1 / y_w) M⁺_iw  for each observed (i, w).
 */
export function poissonLoss(
  counts: FeatureCounts,
  { active, word }: Place,
  { adjustment, gradient }: { adjustment: Adjustment; gradient: Float64Array },
): number {
  const { totals, shapeOf } = counts, V = counts.vocabulary.size - 1;
  const uniform = Math.exp(adjustment.uniform), plus = new Float64Array(active.length);
  const pairs = new Int32Array(active.length);
  let y = uniform / V, loss = uniform;
  /** Turns to an active feature without this occurrence. */
  const turn = (i: number) =>
    adjustment.turnTo({ shape: shapeOf[i], total: totals[i] - 1, followers: 1 });
  for (let k = 0; k < active.length; k++) {
    const i = active.ids[k], left = totals[i] - 1;
    if (left === 0) continue;
    const n = counts.counts[pairs[k] = findPair(counts, i, word)];
    turn(i);
    if (n > 1) y += plus[k] = Math.exp(adjustment.of(n - 1)) * (n - 1) / left;
    const spread = (left + 1 - n) / n * Math.exp(adjustment.of(n)) * n / left;
    adjustment.add(gradient, n, spread);
    loss += spread + plus[k];
  }
  gradient[gradient.length - 1] += uniform - uniform / V / y;
  for (let k = 0; k < active.length; k++) {
    if (plus[k] === 0) continue;
    turn(active.ids[k]);
    adjustment.add(gradient, counts.counts[pairs[k]] - 1, (1 - 1 / y) * plus[k]);
  }
  return loss - Math.log(y);
}

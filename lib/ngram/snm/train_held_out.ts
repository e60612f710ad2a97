import { adaGrad } from "./_ada_grad.ts";
import { Adjustment } from "./adjustment.ts";
import { type FeatureCounts, placesOf } from "./feature_counts.ts";
import { HeldOutBatch } from "./held_out_batch.ts";

/** How an adjustment is trained. */
export interface TrainAdjustmentOptions {
  /** Passes over the text. @default {20; 3 leave-one-out} */
  epochs?: number;
  /** η of AdaGrad. @default {0.5} */
  rate?: number;
  /** Places in a batch. @default {4000} */
  batchSize?: number;
  /** Is told the mean loss of each pass, before and while its updates were made. */
  report?: (epoch: number, loss: number) => void;
}

/**
 * Trains the adjustment on a text that was not counted, so that its words become as likely as can
 * be (Chelba and Pereira 2016): AdaGrad on −Σ log P. Some 50,000 words are enough.
 *
 * @param heldOut sentences end to end, `</s>` after each
 * @throws {RangeError} if the text is empty or an id belongs to no word
 */
export function trainHeldOut(
  counts: FeatureCounts,
  heldOut: Int32Array,
  options: TrainAdjustmentOptions = {},
): Adjustment {
  const { epochs = 20, rate = 0.5, batchSize = 4000, report } = options;
  if (heldOut.length === 0) {
    throw new RangeError("Cannot train an adjustment: expected a held-out text, got an empty one");
  }
  const batches: HeldOutBatch[] = [];
  let t = 0;
  for (const place of placesOf(counts.table, heldOut, counts)) {
    if (t++ % batchSize === 0) batches.push(new HeldOutBatch(counts));
    batches[batches.length - 1].add(place);
  }
  const adjustment = new Adjustment(counts.table.shapes.length);
  const squares = new Float64Array(adjustment.theta.length);
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0;
    for (const batch of batches) {
      const gradient = new Float64Array(adjustment.theta.length);
      loss += batch.differentiate(adjustment, gradient);
      adaGrad(adjustment.theta, { gradient, squares, rate, scale: 1 / batch.places });
    }
    report?.(epoch, loss / heldOut.length);
  }
  return adjustment;
}

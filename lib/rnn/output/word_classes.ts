/** Words in classes. */
export interface WordClasses {
  /** Ids, class by class; one that is never predicted is not among them. */
  order: Int32Array;
  /** Where each class begins in `order`, then the number of words; shape [classes + 1]. */
  starts: number[];
}

/**
 * Puts words into classes by frequency (Mikolov et al. 2011): of the ids from the most to the
 * least frequent, each class gets an equal share of Σ √count, so that classes of frequent words
 * are small.
 *
 * @param order ids by falling frequency
 * @param counts how often each id occurs
 * @throws {RangeError} if there are more classes than words, or fewer than 1
 */
export function frequencyClasses(
  order: Int32Array,
  counts: ArrayLike<number>,
  classes: number,
): WordClasses {
  if (!Number.isInteger(classes) || classes < 1 || classes > order.length) {
    throw new RangeError(
      `Cannot put ${order.length} words into classes: expected 1 to ${order.length}, got ${classes}`,
    );
  }
  const weights = Float64Array.from(order, (id) => Math.sqrt(counts[id] + 1));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const starts = [0];
  let sum = 0;
  for (let rank = 0; rank < order.length && starts.length < classes; rank++) {
    const wanted = starts.length, left = order.length - rank;
    if (rank > 0 && (sum >= total * wanted / classes || left <= classes - wanted)) {
      starts.push(rank);
    }
    sum += weights[rank];
  }
  return { order, starts: [...starts, order.length] };
}

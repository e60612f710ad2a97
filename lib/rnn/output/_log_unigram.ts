import { classBias } from "#lib/nn/mod.ts";

/** log P(w) of a unigram model with add-one smoothing, what b₂ may start with; shape [V]. */
export function logUnigram(counts: ArrayLike<number>): Float32Array {
  return classBias(Array.from(counts, (n) => n + 1));
}

import fc from "fast-check";
import { type BackoffModel, countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";

/** Kneser–Ney models of short random texts, orders 1 to 4, some of them pruned. */
export const kneserNeyModels: fc.Arbitrary<BackoffModel> = fc.record({
  sentences: fc.array(fc.array(fc.constantFrom("a", "b", "c", "d", "ü"), { maxLength: 6 }), {
    minLength: 1,
    maxLength: 8,
  }),
  order: fc.integer({ min: 1, max: 4 }),
  threshold: fc.integer({ min: 0, max: 1 }),
}).map(({ sentences, order, threshold }) => {
  const { vocabulary, ids } = indexSentences(sentences);
  const prune = order === 1 ? [0] : [0, threshold];
  return kneserNey(countNgrams(ids, { order, vocabulary }), { onBadDiscount: "fallback", prune });
});

/** Some damage to a file: bytes changed, cut out, put in or doubled. */
export interface Damage {
  /** Where, as a part of the whole from 0 to 1. */
  at: number;
  /** How many bytes are taken out there. */
  removed: number;
  /** What is put in their place. */
  inserted: Uint8Array;
}

/** One to three places of damage. */
export const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.integer({ min: 0, max: 40 }),
    inserted: fc.uint8Array({ maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** A damaged copy. */
export function damaged(bytes: Uint8Array, damages: readonly Damage[]): Uint8Array {
  let out = bytes;
  for (const { at, removed, inserted } of damages) {
    const from = Math.floor(at * out.length);
    out = Uint8Array.from([
      ...out.subarray(0, from),
      ...inserted,
      ...out.subarray(from + removed),
    ]);
  }
  return out;
}

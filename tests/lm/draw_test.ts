import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { drawIndex, reshape } from "#lib/lm/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { assertFitsDistribution } from "../_support/language_model_contract.ts";

/** Log probabilities, some of them log 0, not normalized. */
const logProbabilities = fc.array(
  fc.oneof(
    fc.double({ min: -30, max: 5, noNaN: true }),
    fc.constantFrom(-Infinity, -1, 0),
  ),
  { minLength: 1, maxLength: 12 },
).filter((values) => values.some((value) => value > -Infinity));

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const possible = (logP: number[]) => logP.filter((value) => value > -Infinity).length;

Deno.test("reshape() gives probabilities that sum to 1, 0 where there was 0", () => {
  const options = fc.record({
    temperature: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constant(Infinity)),
    topK: fc.oneof(fc.integer({ min: 1, max: 14 }), fc.constant(Infinity)),
    nucleus: fc.double({ min: 1e-9, max: 1, noNaN: true }),
  });
  fc.assert(fc.property(logProbabilities, options, (logP, options) => {
    const p = reshape(logP, options);
    assertAlmostEquals(sum(p), 1, 1e-12);
    assert(p.every((value, w) => value >= 0 && (logP[w] > -Infinity || value === 0)));
  }));
});

Deno.test("reshape() at temperature T gives P^(1/T), normalized", () => {
  const temperatures = fc.double({ min: 0.3, max: 9, noNaN: true });
  fc.assert(fc.property(logProbabilities, temperatures, (logP, temperature) => {
    const powers = logP.map((value) => Math.exp(value) ** (1 / temperature)), all = sum(powers);
    reshape(logP, { temperature }).forEach((value, w) =>
      assertAlmostEquals(value, powers[w] / all, 1e-9)
    );
  }));
});

Deno.test("reshape() at temperature 0 takes the likeliest word, the first of equals", () => {
  fc.assert(fc.property(logProbabilities, (logP) => {
    const likeliest = logP.indexOf(Math.max(...logP));
    const expected = Float64Array.from(logP, (_, w) => w === likeliest ? 1 : 0);
    assertEquals(reshape(logP, { temperature: 0 }), expected);
  }));
  const logP = [-1.2, -0.9, -3];
  const limit = reshape(logP, { temperature: 1e-3 });
  reshape(logP, { temperature: 0 }).forEach((p, w) => assertAlmostEquals(p, limit[w], 1e-9));
});

Deno.test("reshape() at endless temperature finds all possible words equally likely", () => {
  fc.assert(fc.property(logProbabilities, (logP) => {
    const expected = logP.map((value) => value > -Infinity ? 1 / possible(logP) : 0);
    for (const [temperature, tolerance] of [[Infinity, 1e-12], [1e9, 1e-6]]) {
      const p = reshape(logP, { temperature });
      expected.forEach((value, w) => assertAlmostEquals(p[w], value, tolerance));
    }
  }));
});

Deno.test("topK leaves the K likeliest words with their proportions", () => {
  fc.assert(fc.property(logProbabilities, fc.integer({ min: 1, max: 14 }), (logP, topK) => {
    const all = reshape(logP), some = reshape(logP, { topK });
    const kept = logP.map((_, w) => w).filter((w) => some[w] > 0);
    assert(kept.length <= topK);
    const mass = sum(kept.map((w) => all[w]));
    for (const w of kept) assertAlmostEquals(some[w], all[w] / mass, 1e-9);
    const least = Math.min(...kept.map((w) => all[w]));
    const left = logP.map((_, w) => w).filter((w) => some[w] === 0);
    assert(left.every((w) => all[w] <= least));
    if (kept.length < topK) assert(left.every((w) => all[w] === 0));
  }));
});

Deno.test("nucleus leaves the fewest likeliest words that reach the probability", () => {
  const nuclei = fc.double({ min: 0.01, max: 0.999, noNaN: true });
  fc.assert(fc.property(logProbabilities, nuclei, (logP, nucleus) => {
    const all = reshape(logP), some = reshape(logP, { nucleus });
    const kept = Array.from(all.filter((_, w) => some[w] > 0)).sort((a, b) => a - b);
    assert(sum(kept) >= nucleus - 1e-9, "the words kept reach it");
    assert(sum(kept.slice(1)) < nucleus + 1e-9, "one word fewer does not");
  }));
});

Deno.test("topK of 1 and a tiny nucleus are greedy", () => {
  const logP = [-2, -1, -1.5, -Infinity];
  const greedy = reshape(logP, { temperature: 0 });
  assertEquals(reshape(logP, { topK: 1 }), greedy);
  assertEquals(reshape(logP, { nucleus: 1e-9 }), greedy);
});

Deno.test("reshape() refuses options out of range and distributions without a possible word", () => {
  for (const temperature of [-1, NaN]) {
    assertThrows(() => reshape([0], { temperature }), RangeError, `got ${temperature}`);
  }
  for (const topK of [0, -3, NaN]) {
    assertThrows(() => reshape([0], { topK }), RangeError, `expected topK 1 or more, got ${topK}`);
  }
  for (const nucleus of [0, 1.1, NaN]) {
    assertThrows(() => reshape([0], { nucleus }), RangeError, `at most 1, got ${nucleus}`);
  }
  assertThrows(() => reshape([-Infinity, -Infinity]), RangeError, "a distribution without");
  assertThrows(() => reshape([]), RangeError, "a distribution without");
});

Deno.test("drawIndex() draws with the probabilities given: chi-squared of 100,000 draws", () => {
  const p = Float64Array.of(0.5, 0, 0.2, 0.15, 0.1, 0.05, 0), random = seeded(3);
  const drawn = new Float64Array(p.length);
  for (let i = 0; i < 100_000; i++) drawn[drawIndex(p, random)]++;
  assertFitsDistribution(drawn, p);
});

Deno.test("drawIndex() never draws the impossible, not even where rounding leaves less than 1", () => {
  const justBelow1 = () => 1 - 2 ** -53, zero = () => 0;
  assertEquals(drawIndex(Float64Array.of(0, 0.3, 0.6999999, 0), justBelow1), 2);
  assertEquals(drawIndex(Float64Array.of(0, 0.3, 0.7, 0), zero), 1);
});

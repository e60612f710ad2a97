import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { interpolate, interpolationWeights, perplexity } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey, maximumLikelihood } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { fixedModel } from "../_support/fixed_model.ts";
import { languageModelContract } from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences.slice(0, 25));
const heldOut = vocabulary.encodeSentences(toySentences.slice(25));
const trigram = kneserNey(countNgrams(ids, { order: 3, vocabulary }), {
  onBadDiscount: "fallback",
});
const unigram = maximumLikelihood(countNgrams(ids, { order: 1, vocabulary }));
const models = [trigram, unigram];

languageModelContract("interpolation", () => ({
  model: interpolate(models, [0.75, 0.25]),
  text: ids,
  contexts: [[], ["the"], ["the", "cat"], ["mat", "mat"]],
}));

Deno.test("the whole weight on one model is that model; half is the mean of probabilities", () => {
  const [first, half] = [interpolate(models, [1, 0]), interpolate(models, [0.5, 0.5])]
    .map((model) => model.score(heldOut));
  const [a, b] = models.map((model) => model.score(heldOut));
  heldOut.forEach((_, t) => {
    assertAlmostEquals(first[t], a[t], 1e-12);
    assertAlmostEquals(Math.exp(half[t]), (Math.exp(a[t]) + Math.exp(b[t])) / 2, 1e-12);
  });
});

Deno.test("what is too small for a probability keeps its logarithm", () => {
  const scoring = (...logP: number[]) => ({
    ...fixedModel({ a: 1 }),
    score: () => Float64Array.from(logP),
  });
  const pair = [scoring(-800, -800, -Infinity, -1), scoring(-801, -Infinity, -Infinity, -1)];
  const [both, first, none, usual] = interpolate(pair, [0.5, 0.5]).score(new Int32Array(4));
  assertAlmostEquals(both, -800 + Math.log(0.5 + 0.5 * Math.exp(-1)), 1e-9);
  assertAlmostEquals(first, -800 + Math.log(0.5), 1e-9);
  assertEquals([none, usual], [-Infinity, -1]);
});

Deno.test("the weights found are the best on the held-out text", () => {
  const weights = interpolationWeights(models, heldOut);
  assertAlmostEquals(weights[0] + weights[1], 1, 1e-12);
  const at = (weight: number) => perplexity(interpolate(models, [weight, 1 - weight]), heldOut);
  const best = at(weights[0]);
  for (let weight = 0; weight <= 1; weight += 0.01) assert(best <= at(weight) + 1e-6, `${weight}`);
});

Deno.test("weights are found where all probabilities are too small for a number", () => {
  const [near, far] = [-1, -900].map((shift) =>
    [[-1, -2, -4], [-2, -1, -3]].map((logP) => ({
      ...fixedModel({ a: 1 }),
      score: () => Float64Array.from(logP, (v) => v + shift),
    }))
  );
  const [expected, found] = [near, far].map((pair) =>
    interpolationWeights(pair, new Int32Array(3), { tolerance: 1e-14 })
  );
  expected.forEach((weight, k) => assertAlmostEquals(found[k], weight, 1e-5));
});

Deno.test("weights that are none, other vocabularies and impossible words are refused", () => {
  assertThrows(() => interpolate(models, [0.5, 0.6]), RangeError, "got 0.5, 0.6");
  assertThrows(() => interpolate(models, [1]), RangeError, "expected 2 weights");
  assertThrows(() => interpolate(models, [1.5, -0.5]), RangeError, "0 or more");
  assertThrows(() => interpolate([], []), RangeError, "got none");
  const other = fixedModel({ a: 1 });
  assertThrows(() => interpolate([trigram, other], [0.5, 0.5]), RangeError, "model 1 has another");
  const sure = fixedModel({ tick: 1, tock: 0 });
  const text = sure.vocabulary.encode(["tick", "tock"]);
  assertThrows(() => interpolationWeights([sure, sure], text), RangeError, "position 1");
  for (const wrong of [NaN, Infinity]) {
    const broken = { ...sure, score: () => Float64Array.of(-1, wrong) };
    const says = `model 1 gave ${wrong} at position 1`;
    assertThrows(() => interpolationWeights([sure, broken], text), RangeError, says);
  }
  assertEquals(interpolationWeights([sure], text.subarray(0, 1)), Float64Array.of(1));
});

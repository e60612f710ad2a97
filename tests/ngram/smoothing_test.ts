import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  addDelta,
  countNgrams,
  goodTuringDiscounts,
  jelinekMercer,
  katz,
  kneserNey,
  maximumLikelihood,
  unigramCache,
} from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { after, languageModelContract } from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const trigrams = countNgrams(ids, { order: 3, vocabulary });
const contexts = [
  ["the", "students"],
  ["they", "saw", "the", "cat"],
  ["nothing", "the"],
  ["never-seen", "the"],
  ["never-seen", "never-seen"],
  [],
];
const heldOut = vocabulary.encodeSentences([
  ["the", "students", "closed", "the", "door"],
  ["a", "cat", "fell", "on", "never-seen"],
]);
const fallback = { onBadDiscount: "fallback" } as const;

languageModelContract("add-δ of order 3", () => ({
  model: addDelta(trigrams, 0.5),
  text: ids,
  contexts,
}));
for (const order of [1, 3]) {
  languageModelContract(`Jelinek–Mercer of order ${order}`, () => ({
    model: jelinekMercer(countNgrams(ids, { order, vocabulary }), heldOut),
    text: ids,
    contexts,
  }));
  languageModelContract(`Katz of order ${order}`, () => ({
    model: katz(countNgrams(ids, { order, vocabulary }), fallback),
    text: ids,
    contexts,
  }));
}
languageModelContract("Kneser–Ney with a unigram cache", () => ({
  model: unigramCache(kneserNey(trigrams, fallback), { size: 20, weight: 0.2 }),
  text: ids,
  contexts,
}));

Deno.test("add-δ is (count(c w) + δ) / (count(c) + δ|V|), and 1/|V| after a context never seen", () => {
  const model = addDelta(trigrams, 0.1), size = vocabulary.size - 1;
  const count = (...words: string[]) =>
    trigrams.counts[trigrams.trie.find(vocabulary.encode(words))];
  const p = model.logProbabilities(after(model, ["the", "students"])).map(Math.exp);
  const seen = (count("the", "students", "opened") + 0.1) / (count("the", "students") + 0.1 * size);
  assertAlmostEquals(p[vocabulary.id("opened")], seen, 1e-15);
  assertAlmostEquals(p[vocabulary.id("mat")], 0.1 / (count("the", "students") + 0.1 * size), 1e-15);
  const unseen = model.logProbabilities(after(model, ["nothing", "the"])).map(Math.exp);
  assertAlmostEquals(unseen[vocabulary.id("cat")], 1 / size, 1e-15);
});

Deno.test("add-δ comes close to maximum likelihood as δ goes to 0", () => {
  const small = addDelta(trigrams, 1e-12), likelihood = maximumLikelihood(trigrams);
  const [a, b] = [small.score(ids), likelihood.score(ids)];
  for (let t = 0; t < ids.length; t++) assertAlmostEquals(a[t], b[t], 1e-9);
});

Deno.test("δ of 0 or less, NaN and Infinity are refused", () => {
  for (const delta of [0, -1, NaN, Infinity]) {
    assertThrows(() => addDelta(trigrams, delta), RangeError, `got ${delta}`);
  }
});

Deno.test("EM never lowers the held-out likelihood, and its weights are a distribution", () => {
  const sentence = fc.array(fc.constantFrom("the", "cat", "sat", "students", "new"), {
    maxLength: 6,
  });
  fc.assert(fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), (sentences) => {
    const text = vocabulary.encodeSentences(sentences);
    const { weights, logLikelihoods } = jelinekMercer(trigrams, text, {
      tolerance: 0,
      maxSteps: 20,
    });
    for (let step = 1; step < logLikelihoods.length; step++) {
      assert(logLikelihoods[step] >= logLikelihoods[step - 1] - 1e-9 * text.length);
    }
    for (const lambda of weights.slice(1)) {
      assertAlmostEquals(lambda.reduce((sum, value) => sum + value, 0), 1, 1e-12);
      assert(lambda.every((value) => value >= 0));
    }
  }));
});

Deno.test("EM's weights are at the top: moving them either way loses likelihood", () => {
  const bigrams = countNgrams(ids, { order: 2, vocabulary });
  const model = jelinekMercer(bigrams, heldOut, { tolerance: 1e-14, maxSteps: 5000 });
  const likelihood = () => model.score(heldOut).reduce((sum, logP) => sum + logP, 0);
  const best = likelihood(), lambda = model.weights[3];
  for (const [from, to] of [[1, 2], [2, 1], [0, 1], [1, 0]]) {
    const moved = 0.05 * lambda[from];
    lambda[from] -= moved;
    lambda[to] += moved;
    assert(likelihood() < best + 1e-9);
    lambda[from] += moved;
    lambda[to] -= moved;
  }
});

Deno.test("an empty held-out text is refused", () => {
  assertThrows(() => jelinekMercer(trigrams, new Int32Array(0)), RangeError, "got an empty one");
});

Deno.test("Good–Turing discounts are Katz's of the counts of counts", () => {
  // words seen once: 6 with </s>, twice: 2, three times: 1
  const { vocabulary, ids } = indexSentences([[..."abcdeffgghhh"]]);
  const [d] = goodTuringDiscounts(countNgrams(ids, { order: 1, vocabulary }), { largest: 2 });
  const a = 3 * 1 / 6; // (k + 1) n3 / n1
  assertAlmostEquals(d[1], (2 * 2 / 6 / 1 - a) / (1 - a), 1e-12);
  assertAlmostEquals(d[2], (3 * 1 / 2 / 2 - a) / (1 - a), 1e-12);
});

Deno.test("Good–Turing leaves the words alone where every word was seen", () => {
  const { vocabulary, ids } = indexSentences([["<unk>", "a", "b", "b"]]);
  const counts = countNgrams(ids, { order: 1, vocabulary });
  assertEquals(goodTuringDiscounts(counts, { largest: 2 })[0], Float64Array.of(1, 1, 1));
});

Deno.test("Good–Turing refuses a text too small for it, or falls back", () => {
  const { vocabulary, ids } = indexSentences([["a", "b"], ["a", "c"]]);
  const counts = countNgrams(ids, { order: 2, vocabulary });
  assertThrows(() => katz(counts), RangeError, "the text is too small");
  assertEquals(
    goodTuringDiscounts(counts, fallback)[0],
    Float64Array.of(1, 0.5, 0.75, 2.5 / 3, 0.875, 0.9),
  );
  assertThrows(() => katz(counts, { largest: 0 }), RangeError, "got 0");
});

Deno.test("Katz keeps the discounted frequencies of seen n-grams", () => {
  const [, , d] = goodTuringDiscounts(trigrams, fallback);
  const model = katz(trigrams, fallback), { trie, counts } = trigrams;
  const context = trie.find(vocabulary.encode(["the", "students"]));
  const node = trie.child(context, vocabulary.id("read"));
  assertAlmostEquals(
    Math.exp(model.logProbability[node]),
    d[counts[node]] * counts[node] / counts[context],
    1e-12,
  );
});

Deno.test("a cache of weight 0 changes nothing; of weight 1 it is the last words' frequencies", () => {
  const inner = kneserNey(trigrams, fallback);
  const [a, b] = [unigramCache(inner, { weight: 0 }).score(ids), inner.score(ids)];
  for (let t = 0; t < ids.length; t++) assertAlmostEquals(a[t], b[t], 1e-12);
  const cache = unigramCache(inner, { weight: 1, size: 4 });
  const p = cache.logProbabilities(after(cache, ["the", "cat", "saw", "the", "cat"])).map(Math.exp);
  const words = ["cat", "saw", "the"].map((word) => p[vocabulary.id(word)]);
  assertEquals(words.map((x) => Math.round(1e9 * x) / 1e9), [0.5, 0.25, 0.25]);
});

Deno.test("a cache's size and weight out of range are refused", () => {
  const inner = kneserNey(trigrams, fallback);
  assertThrows(() => unigramCache(inner, { size: 0 }), RangeError, "got 0");
  assertThrows(() => unigramCache(inner, { weight: 1.1 }), RangeError, "got 1.1");
});

Deno.test("Katz gives a distribution where all counts are too large to be discounted", () => {
  const { vocabulary, ids } = indexSentences(Array.from({ length: 7 }, () => ["a", "b", "c"]));
  for (const order of [1, 2]) {
    const model = katz(countNgrams(ids, { order, vocabulary }), fallback);
    const p = model.logProbabilities(model.initialState()).map(Math.exp);
    assertAlmostEquals(p.reduce((sum, value) => sum + value, 0), 1, 1e-9);
    assert(p[vocabulary.unknown] > 0 && p[vocabulary.unknown] < 0.05);
  }
});

Deno.test("steps and tolerance of EM out of range are refused", () => {
  for (const options of [{ maxSteps: NaN }, { maxSteps: 0 }, { tolerance: -1 }]) {
    assertThrows(() => jelinekMercer(trigrams, heldOut, options), RangeError, "Cannot estimate");
  }
});

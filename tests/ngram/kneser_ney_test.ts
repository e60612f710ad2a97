import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { countNgrams, kneserNey, kneserNeyDiscounts, maximumLikelihood } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { after, languageModelContract } from "../_support/language_model_contract.ts";
import { naiveKneserNey } from "../_support/naive_ngrams.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const contexts = [
  ["the", "students", "opened", "their"],
  ["they", "saw", "the", "cat"],
  ["books", "proctors", "nothing"],
  ["never-seen", "the"],
  ["never-seen", "never-seen"],
  [],
];

for (const order of [1, 2, 3, 5]) {
  languageModelContract(`modified Kneser–Ney of order ${order}`, () => ({
    model: kneserNey(countNgrams(ids, { order, vocabulary }), { onBadDiscount: "fallback" }),
    text: ids,
    contexts,
  }));
}

languageModelContract("original Kneser–Ney of order 3", () => ({
  model: kneserNey(countNgrams(ids, { order: 3, vocabulary }), { discounts: "original" }),
  text: ids,
  contexts,
}));

languageModelContract("pruned Kneser–Ney of order 3", () => ({
  model: kneserNey(countNgrams(ids, { order: 3, vocabulary }), {
    onBadDiscount: "fallback",
    prune: [0, 0, 1],
  }),
  text: ids,
  contexts,
}));

Deno.test("Kneser–Ney equals its definition on maps of strings", () => {
  for (const order of [1, 2, 3, 4]) {
    const counts = countNgrams(ids, { order, vocabulary });
    const discounts = kneserNeyDiscounts(counts, { onBadDiscount: "fallback" });
    const model = kneserNey(counts, { onBadDiscount: "fallback" });
    const naive = naiveKneserNey(toySentences, order, discounts);
    for (const context of contexts) {
      const known = context.map((word) => vocabulary.has(word) ? word : "<unk>");
      const logP = model.logProbabilities(after(model, context));
      const history = ["<s>", ...known].slice(order > 1 ? 1 - order : Infinity);
      for (const word of ["the", "books", "</s>", "<unk>", "fell", "cat", "started"]) {
        const expected = naive(history, word);
        assertAlmostEquals(Math.exp(logP[vocabulary.id(word)]), expected, 1e-12);
      }
    }
  }
});

Deno.test("modified discounts are Chen and Goodman's eq. 26 of the counts of counts", () => {
  // the adjusted counts of a unigram model are plain counts
  const sentence = [..."abcdeeffgghhhiiijjjj"];
  const { vocabulary, ids } = indexSentences([sentence]);
  const [[d1, d2, d3]] = kneserNeyDiscounts(countNgrams(ids, { order: 1, vocabulary }));
  const t = [NaN, 5, 3, 2, 1]; // a b c d </s> | e f g | h i | j
  const y = t[1] / (t[1] + 2 * t[2]);
  assertAlmostEquals(d1, 1 - 2 * y * t[2] / t[1], 1e-12);
  assertAlmostEquals(d2, 2 - 3 * y * t[3] / t[2], 1e-12);
  assertAlmostEquals(d3, 3 - 4 * y * t[4] / t[3], 1e-12);
});

Deno.test("original Kneser–Ney keeps the bigrams' marginal: Σ_c P(c) P(w | c) = P(w) of the text", () => {
  // exact but for <unk>, which the uniform distribution gives a little (Chen and Goodman 1999, § 2.7)
  const counts = countNgrams(ids, { order: 2, vocabulary });
  const model = kneserNey(counts, { discounts: "original" });
  const { trie } = counts;
  const marginal = new Float64Array(vocabulary.size);
  for (let context = 0; context < vocabulary.size; context++) {
    const contextCount = counts.counts[trie.child(0, context)];
    if (context === vocabulary.end || contextCount === 0) continue;
    const p = model.logProbabilities(trie.child(0, context)).map(Math.exp);
    for (let w = 0; w < p.length; w++) marginal[w] += contextCount / counts.counts[0] * p[w];
  }
  for (const word of ["the", "students", "books", "</s>", "fell"]) {
    const expected = counts.counts[trie.child(0, vocabulary.id(word))] / counts.counts[0];
    assertAlmostEquals(marginal[vocabulary.id(word)], expected, 0.02 * expected + 1e-3, word);
  }
});

Deno.test("a text too small for discounts is refused with its counts of counts, or falls back", () => {
  const { vocabulary, ids } = indexSentences([["a", "b"], ["a", "c"]]);
  const counts = countNgrams(ids, { order: 2, vocabulary });
  assertThrows(() => kneserNey(counts), RangeError, "the text is too small");
  assertEquals(kneserNeyDiscounts(counts, { onBadDiscount: "fallback" })[0], [0.5, 1, 1.5]);
  kneserNey(counts, { onBadDiscount: "fallback" });
});

Deno.test("prune: thresholds that prune words, fall, or are no counts are refused", () => {
  const counts = countNgrams(ids, { order: 3, vocabulary });
  for (const prune of [[1], [0, 2, 1], [0, 0.5], [], [0, 0, 0, 0], [0, NaN]]) {
    assertThrows(() => kneserNey(counts, { prune }), RangeError, "Cannot prune");
  }
});

Deno.test("pruning keeps the n-grams above the threshold and all words", () => {
  const counts = countNgrams(ids, { order: 3, vocabulary });
  const { trie } = kneserNey(counts, { onBadDiscount: "fallback", prune: [0, 1] });
  assertEquals(trie.size(1), vocabulary.size);
  for (const order of [2, 3]) {
    const { levels } = counts.trie;
    const above = counts.counts.subarray(levels[order], levels[order + 1]).filter((n) => n > 1);
    assertEquals(trie.size(order), above.length);
  }
});

Deno.test("Kneser–Ney beats maximum likelihood on new text", () => {
  const training = indexSentences(toySentences.slice(0, 30));
  const held = training.vocabulary.encodeSentences(toySentences.slice(30));
  const counts = countNgrams(training.ids, { order: 3, vocabulary: training.vocabulary });
  const nats = (scores: Float64Array) => -scores.reduce((sum, logP) => sum + logP, 0);
  assertEquals(nats(maximumLikelihood(counts).score(held)), Infinity);
  assert(nats(kneserNey(counts, { onBadDiscount: "fallback" }).score(held)) < held.length * 3.7);
});

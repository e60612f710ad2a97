import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Fit, fit, perplexity } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { fixedModel } from "../_support/fixed_model.ts";
import { toySentences } from "../_support/toy_text.ts";

Deno.test("a model that finds V words equally likely has perplexity V", () => {
  const die = fixedModel({ 1: 1 / 6, 2: 1 / 6, 3: 1 / 6, 4: 1 / 6, 5: 1 / 6, "</s>": 1 / 6 });
  assertAlmostEquals(perplexity(die, die.vocabulary.encodeSentences([["1", "5"], []])), 6, 1e-12);
});

Deno.test("perplexity is 1 where every word is foretold, Infinity where one is impossible", () => {
  const sure = fixedModel({ tick: 1, tock: 0 });
  assertEquals(perplexity(sure, sure.vocabulary.encode(["tick", "tick"])), 1);
  assertEquals(perplexity(sure, sure.vocabulary.encode(["tick", "tock"])), Infinity);
});

Deno.test("perplexity is the geometric mean of the inverse probabilities", () => {
  const model = fixedModel({ a: 0.5, b: 0.25, "</s>": 0.25 });
  const text = model.vocabulary.encodeSentences([["a", "b"]]); // 2 · 4 · 4 = 32
  assertAlmostEquals(perplexity(model, text), Math.cbrt(32), 1e-12);
  assertAlmostEquals(fit(model, text).crossEntropy, Math.log(32) / 3, 1e-12);
  assertAlmostEquals(fit(model, text).bits, 5 / 3, 1e-12); // 1 + 2 + 2
});

Deno.test("fits of two texts add up to the fit of both", () => {
  const { vocabulary, ids } = indexSentences(toySentences);
  const model = kneserNey(countNgrams(ids, { order: 3, vocabulary }), {
    onBadDiscount: "fallback",
  });
  const cuts = fc.integer({ min: 1, max: toySentences.length - 1 });
  fc.assert(fc.property(cuts, (cut) => {
    const [a, b] = [toySentences.slice(0, cut), toySentences.slice(cut)]
      .map((sentences) => fit(model, vocabulary.encodeSentences(sentences)));
    const both = fit(model, ids), added = a.add(b);
    assertEquals(added.tokens, both.tokens);
    assertAlmostEquals(added.nats, both.nats, 1e-9);
    assertAlmostEquals(added.perplexity, both.perplexity, 1e-9);
  }));
  assertEquals(new Fit(3, 2).add(new Fit(1, 2)).crossEntropy, 1);
});

Deno.test("an empty text has no perplexity", () => {
  const model = fixedModel({ a: 1 });
  assertThrows(() => perplexity(model, new Int32Array()), RangeError, "got none");
});

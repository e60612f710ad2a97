import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import json from "../../notebooks/10-n-gram-language-models.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 10: the 4-gram example gives books .4 and exams .1", () => {
  assertAlmostEquals(valueOf("pBooks"), 0.4, 1e-12);
  assertAlmostEquals(valueOf("pExams"), 0.1, 1e-12);
});

Deno.test("notebook 10: who sees the proctor expects exams", () => {
  assertAlmostEquals(valueOf("pExamsWithProctor"), 80 / 90, 1e-12);
  assertAlmostEquals(valueOf("pBooksWithProctor"), 10 / 90, 1e-12);
});

Deno.test("notebook 10: Reuters' trigrams, built in less than a second, give the slide's figures", () => {
  assertEquals(valueOf("documents"), 10_789);
  assert(Math.abs(valueOf("words") - 1.7e6) < 0.01e6, `${valueOf("words")} words`);
  assert(valueOf("trigramSeconds") < 1);
  assertEquals(valueOf("contextCount"), 26);
  assertAlmostEquals(valueOf("company"), 4 / 26, 1e-12);
  assertAlmostEquals(valueOf("price"), 2 / 26, 1e-12);
  assertAlmostEquals(valueOf("bank"), 4 / 26, 1e-12);
  assertAlmostEquals(valueOf("italian"), 1 / 26, 1e-12);
  assertAlmostEquals(valueOf("emirate"), 1 / 26, 1e-12);
});

Deno.test("notebook 10: the chain rule's product is the exponential of the sum of logarithms", () => {
  assertAlmostEquals(Math.log(valueOf("product")), valueOf("logProbability"), 1e-9);
  assert(valueOf("logProbabilityReversed") < valueOf("logProbability"));
  assert(valueOf("neverSeen") >= 1);
  assertEquals(valueOf("productByCounts"), 0);
});

Deno.test("notebook 10: words further back than two help to foretell news, by 5 to 20 %", () => {
  const gain = valueOf("gain");
  assert(gain > 0.05 && gain < 0.2, `${gain}`);
  assert([20, 50, 100, 200, 500, 1000].includes(valueOf("bestSize")));
  const ratio = valueOf("perplexityWithCache") / valueOf("perplexityWithoutCache");
  assertAlmostEquals(1 - ratio, gain, 1e-12);
});

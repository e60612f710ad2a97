import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import json from "../../notebooks/11-sparsity-smoothing-backoff.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

/** Fails unless the notebook's values of these names rise from the first to the last. */
function assertRising(...names: string[]): void {
  const found = names.map(valueOf);
  assert(found.every((value, i) => i === 0 || found[i - 1] < value), `${names}: ${found}`);
}

Deno.test("notebook 11: the Penn Treebank text has its known sizes, sentence ends counted", () => {
  assertEquals(valueOf("trainWords"), 887_521 + 42_068);
  assertEquals(valueOf("validWords"), 70_390 + 3_370);
  assertEquals(valueOf("testWords"), 78_669 + 3_761);
});

Deno.test("notebook 11: zeros grow with n, to more than half of all trigrams of new text", () => {
  assertEquals(valueOf("unseenUnigrams"), 0);
  assertRising("unseenUnigrams", "unseenBigrams", "unseenTrigrams", "unseenNineGrams");
  assert(valueOf("unseenTrigrams") > 0.5 && valueOf("unseenNineGrams") < 1);
  assertRising("unseenTrigramContexts", "unseenTrigrams");
});

Deno.test("notebook 11: n-grams and bytes grow with n and with the text", () => {
  assertRising("megabytesOf3", "megabytesOf9");
  assertRising("ngramsOf3", "ngramsOf9");
  assert(valueOf("leastBytesPerNgram") >= 12 && valueOf("mostBytesPerNgram") <= 16);
  assert(valueOf("growth") > 1.5 && valueOf("growth") < 2);
});

Deno.test("notebook 11: a text counted piece by piece has the counts of the whole", () => {
  assertEquals(valueOf("differences"), 0);
  assertEquals(valueOf("ngramsInPieces"), valueOf("ngramsOf3"));
});

Deno.test("notebook 11: counts and model on disk are those in memory, and smaller", () => {
  assertEquals(valueOf("isAsInMemory"), 1);
  assertAlmostEquals(valueOf("perplexityFromDisk"), valueOf("kneserNey3"), 0.005);
  assert(valueOf("bytesOnDisk") < valueOf("leastBytesPerNgram") / 2);
  assert(valueOf("growthExponent") > 0.7 && valueOf("growthExponent") < 1);
});

Deno.test("notebook 11: twice the text is worth about the step to Kneser–Ney", () => {
  const ratio = valueOf("kneserNeyOnHalf") / valueOf("interpolationOnAll");
  assert(ratio > 0.95 && ratio < 1.05, `${ratio}`);
});

Deno.test("notebook 11: back-off mends some zeros and not all; EM comes to an end", () => {
  assertRising("zerosAfterBackoff", "zerosBeforeBackoff");
  assert(valueOf("zerosAfterBackoff") > 0);
  assert(valueOf("stepsOfEM") > 1 && valueOf("stepsOfEM") < 100);
});

Deno.test("notebook 11: perplexities are those of KenLM, and the better idea is the lower one", () => {
  assertAlmostEquals(valueOf("kneserNey3"), 148.28, 0.05);
  assertAlmostEquals(valueOf("kneserNey5"), 141.19, 0.05);
  assertRising("kneserNey9", "kneserNey5", "kneserNey3", "katz3", "interpolation3", "addDelta3");
  assertRising("addDeltaBigrams", "addDeltaTrigrams");
});

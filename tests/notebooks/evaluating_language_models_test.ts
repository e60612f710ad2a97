import { assert, assertAlmostEquals } from "@std/assert";
import json from "../../notebooks/15-evaluating-language-models.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 15: perplexity is the same from both of its definitions", () => {
  assertAlmostEquals(valueOf("product") / valueOf("kneserNey5"), 1, 1e-9);
  assertAlmostEquals(valueOf("expOfJ") / valueOf("kneserNey5"), 1, 1e-9);
  assertAlmostEquals(valueOf("lstmFromProduct") / valueOf("lstm"), 1, 1e-9);
});

Deno.test("notebook 15: an untrained network hesitates between all words", () => {
  assertAlmostEquals(valueOf("untrained") / valueOf("words"), 1, 0.05);
});

Deno.test("notebook 15: two models together are better than either", () => {
  assert(valueOf("mixed") < Math.min(valueOf("kneserNey5"), valueOf("lstm")));
  assert(valueOf("lambda") > 0.1 && valueOf("lambda") < 0.95);
  assert(valueOf("lstm") < valueOf("untrained") / 10);
});

Deno.test("notebook 15: shows the recorded rows of the Penn Treebank text", () => {
  assert(valueOf("recordedRows") >= 25);
});

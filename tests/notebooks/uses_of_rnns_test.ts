import { assert } from "@std/assert";
import json from "../../notebooks/16-uses-of-rnns.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 16: the tagger knows more than each word's usual tag", () => {
  assert(valueOf("taggerAccuracy") > valueOf("usualTagAccuracy") + 1);
  assert(valueOf("taggerAccuracy") > 80 && valueOf("taggerAccuracy") < 100);
});

Deno.test("notebook 16: the better of max and mean is no worse than the final state", () => {
  const [final, max, mean] = ["final", "max", "mean"].map(valueOf);
  assert(Math.max(max, mean) >= final, `${final}, ${max}, ${mean}`);
  assert(final > 55 && Math.max(max, mean) > 65);
});

Deno.test("notebook 16: order tells what a question asks for", () => {
  assert(valueOf("questionAccuracy") > valueOf("bagOfQuestions"));
  assert(valueOf("questionAccuracy") > 75);
});

Deno.test("notebook 16: words before tell mistyped words from meant ones", () => {
  assert(valueOf("byTrigrams") > valueOf("byUnigrams"));
});

Deno.test("notebook 16: presidents are told apart better by bigrams than by words or guesses", () => {
  assert(valueOf("authorshipAccuracy") > valueOf("authorshipBayes"));
  assert(valueOf("authorshipBayes") > valueOf("guessing"));
});

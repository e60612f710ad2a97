import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import json from "../../notebooks/13-recurrent-language-models.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 13: untrained, every word costs about log |V|; training brings that down", () => {
  assertAlmostEquals(valueOf("firstJ"), valueOf("logOfVocabulary"), 0.1);
  assert(valueOf("lastJ") < valueOf("firstJ") - 1.5);
  assert(valueOf("validPerplexity") < valueOf("vocabulary") / 8);
});

Deno.test("notebook 13: perplexity is exp(J)", () => {
  assertAlmostEquals(valueOf("expOfJ") / valueOf("validPerplexity"), 1, 1e-9);
  assertAlmostEquals(Math.exp(valueOf("validJ")) / valueOf("validPerplexity"), 1, 1e-9);
});

Deno.test("notebook 13: ∂J/∂W_h is the sum over time steps, by autodiff and by differences", () => {
  assert(valueOf("autodiff") > 0.1);
  assert(valueOf("sumAgainstAutodiff") < 1e-12);
  assert(valueOf("sumAgainstNumeric") < 1e-6);
});

Deno.test("notebook 13: truncation leaves less out the more steps it keeps", () => {
  const [one, four, all] = ["errorOfOneStep", "errorOfFourSteps", "errorOfAll"].map(valueOf);
  assert(one > four && four > 0.01 && all < 1e-12, `${one}, ${four}, ${all}`);
});

Deno.test("notebook 13: gradients vanish below a singular value of 1 and can explode above", () => {
  assert(valueOf("vanishes") < 0.5 ** 20 && valueOf("ofOne") < 1 && valueOf("explodes") > 1);
  assert(json.includes("isBounded: true"));
  assert(valueOf("trainedS") > 1 && valueOf("trainedAfter20") < 1e-3);
});

Deno.test("notebook 13: the first loss is the same, however long the text", () => {
  assertEquals(valueOf("differingFirst"), 0);
});

Deno.test("notebook 13: of equal weights, a recurrence of one lane is slower than a window", () => {
  assertEquals(valueOf("recurrentWeights"), valueOf("windowWeights"));
  assert(valueOf("windowAgainstOneLane") > 1.2);
  assert(valueOf("lanes64AgainstOne") > 1.2);
});

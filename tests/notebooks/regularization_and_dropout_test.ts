import { assert, assertAlmostEquals } from "@std/assert";
import json from "../../notebooks/06-regularization-and-dropout.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 06: a large network learns by heart and errs more; both remedies help it", () => {
  assert(valueOf("trainPlain") < 0.02);
  assert(valueOf("testPlain") > valueOf("bestSize") + 0.02);
  for (const remedy of ["testL2", "testDropout"]) {
    assert(valueOf(remedy) < valueOf("testPlain"), remedy);
    assert(valueOf(remedy) < valueOf("bestSize") + 0.03, remedy);
  }
  assert(valueOf("lambda") > 0 && valueOf("dropout") > 0);
});

Deno.test("notebook 06: halved weights are the mean, and the geometric mean, of all masks", () => {
  assertAlmostEquals(valueOf("meanOfAllMasks"), valueOf("halved"), 1e-12);
  assertAlmostEquals(valueOf("geometricMean"), valueOf("halvedNet"), 1e-12);
});

Deno.test("notebook 06: adaptive L2 is what dropout adds, within a few hundredths", () => {
  assert(Math.abs(valueOf("relativeErrorAtHalf")) < 0.05);
});

Deno.test("notebook 06: twins share their weight, but not in naive Bayes, where dropout ends", () => {
  assertAlmostEquals(2 * valueOf("francisco"), valueOf("franciscoBayes"), 0.01);
  assert(valueOf("largestDifference") < 0.02);
});

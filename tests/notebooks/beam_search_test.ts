import { assert, assertAlmostEquals } from "@std/assert";
import json from "../../notebooks/03-beam-search-and-global-normalization.ipynb" with {
  type: "text",
};
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 03: a locally normalized model cannot become certain of both texts", () => {
  assertAlmostEquals(valueOf("localLimit"), 0.5, 1e-3);
  assertAlmostEquals(valueOf("globalLimit"), 1, 1e-3);
});

Deno.test("notebook 03: global training gains on the greedy parser, and the beam recovers", () => {
  assert(valueOf("globalUas") > valueOf("greedyUas"));
  assert(valueOf("perceptronUas") > valueOf("greedyUas") - 1);
  assert(valueOf("uasBeam8") > valueOf("uasBeam1"));
  assert(valueOf("recovered") > valueOf("lost"));
});

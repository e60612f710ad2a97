import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import json from "../../notebooks/07-vectorization.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 07: loop and product give the same 2500 numbers, both faster than the slide's", () => {
  assertEquals(valueOf("results"), 2500);
  assertStringIncludes(json, "isEqual: true");
  const [loop, product] = [valueOf("loopMicroseconds"), valueOf("productMicroseconds")];
  assert(loop < 639, `${loop} µs`);
  assert(product < 53.8, `${product} µs`);
  assertAlmostEquals(valueOf("ratio"), loop / product, 1e-9);
});

Deno.test("notebook 07: with one vector there is nothing to gain, with many there is", () => {
  assert(valueOf("oneVector") < 1.5);
  assert(valueOf("manyVectors") > 2);
});

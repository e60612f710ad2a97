import { assert } from "@std/assert";
import { namedValue, namedValues } from "../_support/named_values.ts";
import json from "../../notebooks/05-decision-boundaries.ipynb" with { type: "text" };

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 05: lines at most 75 %, a hidden layer at least 98 %, on both sets", () => {
  for (const set of ["Xor", "Spiral"]) {
    const [linear, network] = [valueOf(`bestLinear${set}`), valueOf(`worstNetwork${set}`)];
    assert(linear > 0.25 && linear <= 0.75, `${set}: ${linear}`);
    assert(network >= 0.98 && network <= 1, `${set}: ${network}`);
  }
});

Deno.test("notebook 05: the network that is looked into has learned the ring", () => {
  assert(valueOf("ringError") <= 0.02);
});

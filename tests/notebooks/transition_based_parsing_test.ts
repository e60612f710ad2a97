import { assert, assertEquals } from "@std/assert";
import json from "../../notebooks/01-transition-based-parsing.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 01: n words take 2n arc-standard transitions, arc-eager no more", () => {
  assertEquals(valueOf("steps"), 2 * valueOf("words"));
  assert(valueOf("stepsEager") <= valueOf("steps"));
});

Deno.test("notebook 01: features are sparse, and incomplete on new sentences", () => {
  assertEquals(valueOf("indicators"), 20);
  assert(valueOf("features") > 60_000);
  assert(valueOf("shareSeenOnce") > 0.2 && valueOf("shareSeenOnce") < 0.5);
  assert(valueOf("unseenDistinctShare") > 0.2 && valueOf("unseenShare") < 0.05);
});

Deno.test("notebook 01: features as strings take a larger share of the time than as numbers", () => {
  assert(valueOf("featureTimeShare") > 0 && valueOf("featureTimeShare") < 0.6);
  assert(valueOf("featureTimeShareAsStrings") > valueOf("featureTimeShare"));
});

Deno.test("notebook 01: the parser is as good as on a third of EWT, better on short arcs", () => {
  assert(valueOf("uas") > 83 && valueOf("uas") < 85.5);
  assert(valueOf("las") > 80 && valueOf("las") < valueOf("uas"));
  assert(Math.abs(valueOf("uas") - valueOf("uasEager")) < 2);
  assert(valueOf("recallShort") > 85 && valueOf("recallLong") < 75);
});

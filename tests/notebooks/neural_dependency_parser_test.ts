import { assert } from "@std/assert";
import json from "../../notebooks/02-neural-dependency-parser.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 02: training lowers the loss, and an eighth of EWT gives a fair parser", () => {
  assert(valueOf("lastLoss") < 0.3 * valueOf("firstLoss"));
  assert(valueOf("uas") > 76 && valueOf("uas") < 85.5);
  assert(valueOf("las") < valueOf("uas") && valueOf("las") > 72);
  assert(Math.abs(valueOf("uas") - valueOf("maltUas")) < 4);
});

Deno.test("notebook 02: short arcs are found more often than long ones; tags have near ones", () => {
  assert(valueOf("recallShort") > 85 && valueOf("recallLong") < valueOf("recallShort") - 10);
  assert(valueOf("vbzCosine") > 0.3 && valueOf("sentencesPerSecond") > 0);
});

import { assert, assertEquals } from "@std/assert";
import json from "../../notebooks/04-graph-based-parsing.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 04: the network learns, and its best heads mostly make trees", () => {
  assert(valueOf("lastLoss") < 0.5 * valueOf("firstLoss"));
  assert(valueOf("uasBiaffine") > 65 && valueOf("lasBiaffine") < valueOf("uasBiaffine"));
  assert(valueOf("treesAtOnce") > 0.3 && valueOf("treesAtOnce") <= 1);
});

Deno.test("notebook 04: the head of big is a probability, and so are all of a word's heads", () => {
  assert(valueOf("probabilityForBig") > 0.3 && valueOf("probabilityForBig") <= 1);
  assert(valueOf("largestRowError") < 1e-4);
});

Deno.test("notebook 04: McDonald's example takes a contraction and ends at 70", () => {
  assertEquals([valueOf("stepsTaken"), valueOf("treeScore")], [4, 70]);
});

Deno.test("notebook 04: the classics on a part of EWT; only the network draws crossing arcs", () => {
  assert(valueOf("uasMalt") > 78 && valueOf("uasMalt") < 86);
  assert(valueOf("uasMst") > 75 && valueOf("uasMst") < 86);
  assertEquals([valueOf("goldCrossing"), valueOf("crossingTreesMalt")], [31, 0]);
  assert(valueOf("longMalt") > 40 && valueOf("longBiaffine") > 30);
});

Deno.test("notebook 04: arcs of features cost n² or more, transitions n", () => {
  assert(valueOf("exponentMst") > 1.7 && valueOf("exponentMst") < 3.2);
  assert(valueOf("exponentMalt") > 0.5 && valueOf("exponentMalt") < valueOf("exponentMst"));
  assert(valueOf("exponentBiaffine") < valueOf("exponentMst"));
});

Deno.test("notebook 04: recorded parsers by speed and accuracy", () => {
  assert(valueOf("recordedRows") >= 7);
  assert(valueOf("bestLas") > 85 && valueOf("fastest") > 1000);
});

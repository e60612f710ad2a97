import { assert, assertEquals } from "@std/assert";
import { parsers } from "#lib/tables/mod.ts";
import { hasMirror } from "../_support/permission.ts";

Deno.test({
  name: "MaltParser's row on NLTK's sample is within 0.7 of the original (needs the corpus)",
  ignore: !hasMirror,
  fn: async () => {
    const row = parsers.rows.find(({ id }) => id === "nltk-malt-nivreeager")!;
    const metrics = await row.measure({ scale: "quick", data: {}, report: () => {} });
    assert(Math.abs(metrics.uas - Number(row.published.originalUas)) < 0.7, `${metrics.uas}`);
    assertEquals([metrics.las, metrics.devLas], [undefined, undefined]); // no labels
    assert(metrics.unseenFeatureShare > 0 && metrics.unseenFeatureShare < 0.1);
    assert(metrics.sentencesPerSecond > 0 && metrics.wordsPerSecond > 0);
  },
});

Deno.test("every row has a name of its own and says what it is measured on", () => {
  const ids = parsers.rows.map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
  assert(parsers.rows.every(({ data }) => /EWT|NLTK|Penn Treebank/.test(data)));
});

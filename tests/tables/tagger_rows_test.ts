import { assert, assertEquals } from "@std/assert";
import { taggers } from "#lib/tables/mod.ts";
import { hasMirror } from "../_support/permission.ts";

const options = { scale: "quick", data: {}, report: () => {} } as const;

Deno.test("each corpus has its baseline and taggers that are trained", () => {
  const corpora = Map.groupBy(taggers.rows, ({ data }) => data);
  assertEquals(corpora.size, 4);
  for (const rows of corpora.values()) {
    assertEquals(rows.map(({ takesMinutes = false }) => takesMinutes).indexOf(true), 1);
    assert(rows[0].id.endsWith("-majority"));
  }
});

Deno.test({
  name: "each word's usual tag: what every tagger must beat (needs the corpora)",
  ignore: !hasMirror,
  fn: async () => {
    const measured = async (id: string) =>
      await taggers.rows.find((row) => row.id === id)!.measure(options);
    const { accuracy, devAccuracy } = await measured("ewt-majority");
    assert(accuracy > 80 && accuracy < 90, `${accuracy}`);
    assert(Math.abs(accuracy - devAccuracy) < 2);
    const { f1, devF1 } = await measured("spanish-majority");
    assert(f1 > 30 && f1 < 70 && devF1 > 30, `${f1}`);
  },
});

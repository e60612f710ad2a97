import { existsSync } from "node:fs";
import { join } from "node:path";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { cacheFolder } from "#lib/data/mod.ts";
import { graphRow, mst, turbo } from "#lib/tables/_graph_parsers.ts";
import { parsers } from "#lib/tables/mod.ts";
import { hasMirror } from "../_support/permission.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";
import { oneSentence } from "./_one_sentence.ts";

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

const names = { id: "parser", system: "Own", published: {} };
const full = { scale: "full", data: {} } as const;

permittedTest("graph parsers are kept in the cache and not trained again", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const told: string[] = [], row = graphRow(oneSentence, mst(2, { order: 1 }), names);
    const options = { ...full, report: (message: string) => told.push(message) };
    await row.testScores!(options);
    const file = join(cacheFolder(), "parsers", "own-parser.model");
    assert(existsSync(file));
    const [score] = await row.testScores!(options);
    assertEquals([score.uas, told.at(-1)], [100, `  ${file}: trained before`]);
  }));

permittedTest("a graph parser kept of another run is refused, finished or not", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const told: string[] = [];
    const report = (message: string) => {
      told.push(message);
      if (told.length === 2) throw new Error("stopped");
    };
    const rowOf = (kind: "basic" | "standard", epochs = 3) =>
      graphRow(oneSentence, turbo({ kind, epochs, bits: 12, prunerBits: 12 }), names);
    const score = (row: ReturnType<typeof rowOf>) => row.testScores!({ ...full, report });
    const isOther = "expected the run";
    await assertRejects(() => score(rowOf("standard")), Error, "stopped");
    await assertRejects(() => score(rowOf("basic")), SyntaxError, isOther);
    await score(rowOf("standard"));
    assertEquals(told.filter((message) => message.includes("epoch 1")).length, 1); // went on
    await assertRejects(() => score(rowOf("basic")), SyntaxError, isOther);
    await assertRejects(() => score(rowOf("standard", 4)), SyntaxError, isOther);
    await assertRejects(
      () => score(graphRow(oneSentence, mst(3, {}), names)),
      SyntaxError,
      isOther,
    );
  }));

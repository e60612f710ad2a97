import { assertEquals, assertRejects } from "@std/assert";
import { readdirSync } from "node:fs";
import { countCorpus, readCounts, ScaleError } from "#lib/ngram/scale/mod.ts";
import { hashOfRows } from "../../_support/counted.ts";
import { duckdbTest } from "../../_support/duckdb.ts";
import { noSpark, sparkSql, startCluster, until } from "../../_support/spark_cluster.ts";

duckdbTest(
  "a cluster that does not answer is refused at once and leaves nothing",
  async (folder) => {
    await Deno.writeTextFile(`${folder}/text`, "a rose is a rose\n");
    const spark = { master: "spark://127.0.0.1:9", sparkSql };
    const error = await assertRejects(
      () => countCorpus([`${folder}/text`], { ...counting(folder), spark }),
      ScaleError,
      "expected a Spark master that answers",
    );
    assertEquals(error.code, "no cluster");
    assertEquals(readdirSync(folder), ["text"]);
  },
);

duckdbTest("a Spark that is not installed is named", async (folder) => {
  await Deno.writeTextFile(`${folder}/text`, "a rose is a rose\n");
  const spark = { master: "local[1]", sparkSql: "./.cache/spark/home/bin/no-such-program" };
  await assertRejects(
    () => countCorpus([`${folder}/text`], { ...counting(folder), spark }),
    Error,
    "no-such-program",
  );
  assertEquals(readdirSync(folder), ["text"]);
});

function counting(folder: string) {
  return { order: 3, engine: "spark", folder: `${folder}/counts` } as const;
}

Deno.test({
  name: `a cluster that loses a worker gives DuckDB's counts${noSpark && ` (${noSpark})`}`,
  ignore: noSpark !== "",
  async fn() {
    const folder = await Deno.makeTempDir();
    await using cluster = await startCluster(folder);
    await Deno.writeTextFile(`${folder}/text`, drawnText());
    const expected = await countCorpus([`${folder}/text`], {
      order: 3,
      folder: `${folder}/expected`,
    });
    let isDone = false;
    const counted = countCorpus([`${folder}/text`], {
      ...counting(folder),
      spark: { master: cluster.master, sparkSql },
    }).finally(() => isDone = true);
    await until(() => isDone || hasExecutor(`${folder}/worker1`), "an executor");
    cluster.killWorker();
    const counts = await counted;
    for (let n = 1; n <= 3; n++) {
      assertEquals(
        await hashOfRows(readCounts(counts, n)),
        await hashOfRows(readCounts(expected, n)),
      );
    }
    await Deno.remove(folder, { recursive: true });
  },
});

/** Whether the worker has begun to work: it makes a folder for each application. */
function hasExecutor(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.startsWith("app-"));
  } catch {
    return false;
  }
}

function drawnText(): string {
  return Array.from({ length: 2000 }, (_, i) => `w${i % 7} w${i % 11} w${i % 13} end`).join("\n");
}

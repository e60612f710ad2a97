import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { existsSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type NgramCounts, readArpa } from "#lib/ngram/mod.ts";
import {
  countCorpus,
  type CountsFolder,
  estimateKneserNey,
  openCounts,
  openModel,
  readCounts,
  ScaleError,
} from "#lib/ngram/scale/mod.ts";
import { obtainFiles } from "#lib/data/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { countedInMemory, hashOfRows, rowsInMemory } from "../../_support/counted.ts";
import { duckdbTest } from "../../_support/duckdb.ts";
import { hasMirror } from "../../_support/permission.ts";

/** All rows of one order of a folder of counts. */
async function rowsOf(counts: CountsFolder, order: number): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const batch of readCounts(counts, order)) rows.push(...batch);
  return rows;
}

async function assertCountsAsInMemory(files: string[], counts: CountsFolder): Promise<void> {
  const inMemory = await countedInMemory(files, counts);
  assertEquals(counts.tokens, inMemory.counts[0]);
  for (let n = 1; n <= counts.order; n++) {
    assertEquals(await rowsOf(counts, n), [...rowsInMemory(inMemory, n)], `order ${n}`);
  }
}

const TEXT = "the cat sat\nthe cat sat down\n\n a  dog\tran \n<unk> ran\nthe\n";

duckdbTest("countCorpus() counts any small text as counting in memory does", async (folder) => {
  const texts = fc.array(fc.array(fc.constantFrom("a", "b", "c", "<unk>"), { minLength: 1 }), {
    minLength: 1,
    maxLength: 12,
  });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 5 }), async (sentences, order) => {
      const file = `${folder}/${round}.txt`;
      await Deno.writeTextFile(file, sentences.map((words) => words.join(" ")).join("\n"));
      for (const engine of ["memory", "duckdb"] as const) {
        const result = `${folder}/${engine}-${round++}`;
        const counts = await countCorpus([file], { order, engine, folder: result });
        await assertCountsAsInMemory([file], counts);
      }
    }),
    { numRuns: 12 },
  );
});

duckdbTest(
  "tables of several row groups are sorted, whichever engine wrote them",
  async (folder) => {
    const random = seeded(3), file = `${folder}/text`;
    const line = () => Array.from({ length: 100 }, () => Math.floor(30_000 * random())).join(" ");
    await Deno.writeTextFile(file, Array.from({ length: 4000 }, line).join("\n"));
    let inMemory: NgramCounts | undefined;
    for (const engine of ["memory", "duckdb"] as const) {
      const counts = await countCorpus([file], { order: 2, engine, folder: `${folder}/${engine}` });
      inMemory ??= await countedInMemory([file], counts);
      const rows = [...rowsInMemory(inMemory, 2)];
      assert(rows.length > 3 * 122_880, `${rows.length} rows`); // DuckDB's row groups
      assertEquals(await hashOfRows(readCounts(counts, 2)), await hashOfRows([rows]));
    }
  },
);

duckdbTest("files may be plain or gzip, and sentences be short or empty", async (folder) => {
  const files = [`${folder}/a.txt`, `${folder}/b.txt.gz`];
  const half = TEXT.indexOf("<unk>");
  await Deno.writeTextFile(files[0], TEXT.slice(0, half));
  await Deno.writeFile(files[1], gzipSync(TEXT.slice(half)));
  const counts = await countCorpus(files, { order: 3, folder: `${folder}/counts` });
  assertEquals(counts.sentences, 5);
  assertEquals(counts.tokens, 3 + 4 + 3 + 2 + 1 + 5);
  assertEquals(counts.vocabulary.words.slice(3), ["the", "cat", "sat", "down", "a", "dog", "ran"]);
  await assertCountsAsInMemory(files, counts);
});

duckdbTest("bad input is refused and leaves nothing", async (folder) => {
  await Deno.writeTextFile(`${folder}/good.txt`, TEXT);
  await Deno.writeTextFile(`${folder}/marks.txt`, "a\n\n".repeat(600_000) + "\na </s> b\n");
  await Deno.writeTextFile(`${folder}/empty.txt`, "\n\n");
  await Deno.writeFile(`${folder}/cut.txt.gz`, gzipSync(TEXT).subarray(0, -9));
  const latin = Uint8Array.from("a rose\nun caf\u00e9\n", (c) => c.charCodeAt(0));
  await Deno.writeFile(`${folder}/latin1.txt`, latin);
  await Deno.writeFile(`${folder}/latin1.txt.gz`, gzipSync(latin));
  const before = readdirSync(folder);
  for (
    const [name, code, part] of [
      ["missing.txt", "missing file", "expected a file, got none"],
      ["marks.txt", "bad input", "marks.txt, line 1200002: expected sentences without"],
      ["empty.txt", "bad input", "expected a sentence"],
      ["cut.txt.gz", "damaged file", "whole gzip data"],
      ["latin1.txt", "bad input", "latin1.txt, line 2: expected UTF-8"],
      ["latin1.txt.gz", "bad input", "latin1.txt.gz, line 2: expected UTF-8"],
    ]
  ) {
    const files = name === "empty.txt" ? [name] : ["good.txt", name];
    const error = await assertRejects(
      () =>
        countCorpus(files.map((each) => `${folder}/${each}`), { order: 3, folder: `${folder}/c` }),
      ScaleError,
      part,
    );
    assertEquals(error.code, code);
    assertEquals(readdirSync(folder), before);
  }
});

duckdbTest("white space that is not ASCII is a word, be it the last of all", async (folder) => {
  const file = `${folder}/text`;
  for (const blank of ["\u3000", "\u00a0", "\u2028"]) {
    await Deno.writeTextFile(file, `a rose is a rose\nb ${blank}\n`);
    for (const engine of ["memory", "duckdb"] as const) {
      const out = await Deno.makeTempDir({ dir: folder });
      const counts = await countCorpus([file], { order: 2, engine, folder: `${out}/counts` });
      assertEquals(counts.vocabulary.words.slice(3), ["a", "rose", "is", "b", blank]);
      const files = { model: `${out}/model`, arpa: `${out}/arpa` };
      await estimateKneserNey(counts, { ...files, onBadDiscount: "fallback" });
      using model = openModel(files.model);
      assertEquals(model.vocabulary.words, counts.vocabulary.words);
      assertEquals((await readArpa(files.arpa)).vocabulary.words, counts.vocabulary.words);
    }
  }
});

duckdbTest("words that are not as they were written are refused", async (folder) => {
  await Deno.writeTextFile(`${folder}/text`, TEXT);
  const { path } = await countCorpus([`${folder}/text`], { order: 2, folder: `${folder}/counts` });
  const manifest = JSON.parse(await Deno.readTextFile(`${path}/counts.json`));
  const words = await Deno.readFile(`${path}/words.txt`);
  await Deno.writeFile(`${path}/words.txt`, words.with(-2, words.at(-2)! ^ 1));
  await assertRejects(() => openCounts(path), ScaleError, "words.txt with its checksum");
  await Deno.writeFile(`${path}/words.txt`, words);
  const ngrams = manifest.ngrams.with(0, 11);
  await Deno.writeTextFile(`${path}/counts.json`, JSON.stringify({ ...manifest, ngrams }));
  await assertRejects(() => openCounts(path), ScaleError, "11 lines in words.txt, got 10");
});

duckdbTest("an existing folder is left as it is", async (folder) => {
  await Deno.writeTextFile(`${folder}/a.txt`, TEXT);
  await Deno.mkdir(`${folder}/counts`);
  const error = await assertRejects(
    () => countCorpus([`${folder}/a.txt`], { order: 3, folder: `${folder}/counts` }),
    ScaleError,
  );
  assertStringIncludes(error.message, "expected no such folder yet");
  assertEquals(readdirSync(`${folder}/counts`), []);
  assertEquals(existsSync(`${folder}/counts`), true);
});

duckdbTest(
  "PTB's validation text has the counts that memory gives, orders 1 to 5",
  async (folder) => {
    if (!hasMirror) return console.warn("PTB is not here: deno task data fetch ptb");
    const file = (await obtainFiles("ptb", { files: ["ptb.valid.txt"] })).get("ptb.valid.txt")!;
    const counts = await countCorpus([file], { order: 5, folder: `${folder}/counts` });
    const inMemory = await countedInMemory([file], counts);
    for (let n = 1; n <= 5; n++) {
      const rows = [...rowsInMemory(inMemory, n)];
      assertEquals(await hashOfRows(readCounts(counts, n)), await hashOfRows([rows]));
      assertEquals(counts.ngrams[n - 1], rows.length);
    }
  },
);

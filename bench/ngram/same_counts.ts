/**
 * `same_counts.ts [MASTER|-] [CORPUS ...]`: counts PTB, Brown, the State of the Union and Reuters up to 5-grams in
 * memory, with DuckDB and, where a master is named, on Spark (`setup_spark.sh` installs it); prints
 * for each order the SHA-256 of the sorted table that each engine made, and the perplexity of text
 * held out (every tenth sentence) under the models made from them.
 *
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import {
  holdOutEveryTenth,
  readBrown,
  readPennTreebankText,
  readReuters,
  readStateOfTheUnion,
} from "#lib/data/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import {
  countCorpus,
  type CountsFolder,
  estimateKneserNey,
  openModel,
  readCounts,
} from "#lib/ngram/scale/mod.ts";
import { splitSentences, treebankTokenize, wordPunct } from "#lib/text/mod.ts";
import { workFolder } from "./_processes.ts";

const ORDER = 5;
const [master = "-", ...chosen] = Deno.args;
const sparkSql = new URL("../../.cache/spark/home/bin/spark-sql", import.meta.url).pathname;
const folder = `${workFolder}/same-${Deno.pid}`;

const corpora: Record<string, () => Promise<string[][]>> = {
  PTB: async () => (await readPennTreebankText()).train,
  Brown: async () => (await readBrown()).map(({ words }) => words),
  SOTU: async () =>
    (await readStateOfTheUnion()).flatMap(({ text }) => splitSentences(text).map(treebankTokenize)),
  Reuters: async () => (await readReuters()).map(({ text }) => wordPunct(text.toLowerCase())),
};

async function hashOfTable(counts: CountsFolder, n: number): Promise<string> {
  const hash = createHash("sha256");
  for await (const rows of readCounts(counts, n)) hash.update(rows.map(String).join("\n") + "\n");
  return hash.digest("hex").slice(0, 16);
}

async function perplexityFrom(counts: CountsFolder, text: Int32Array): Promise<number> {
  const model = `${folder}/model`;
  await estimateKneserNey(counts, { model, precision: "exact" });
  using opened = openModel(model);
  return perplexity(opened, text);
}

async function compare(name: string, sentences: string[][]): Promise<void> {
  const { train, test } = holdOutEveryTenth(sentences.filter(({ length }) => length > 0));
  const file = `${folder}/${name}.txt`;
  writeFileSync(file, train.map((words) => words.join(" ") + "\n").join(""));
  const engines = ["memory", "duckdb", ...(master !== "-" ? ["spark"] : [])] as const;
  for (const engine of engines) {
    const path = `${folder}/${name}-${engine}`, begin = performance.now();
    const spark = engine === "spark" ? { master, sparkSql } : undefined;
    const counts = await countCorpus([file], {
      order: ORDER,
      engine: engine as "memory" | "duckdb" | "spark",
      folder: path,
      spark,
    });
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const hashes: string[] = [];
    for (let n = 1; n <= ORDER; n++) hashes.push(await hashOfTable(counts, n));
    const { vocabulary } = counts, text = vocabulary.encodeSentences(test);
    const found = await perplexityFrom(counts, text);
    if (engine === "memory") {
      const ids = vocabulary.encodeSentences(train);
      const model = kneserNey(countNgrams(ids, { order: ORDER, vocabulary }));
      console.log(`${name} kneserNey()  perplexity ${perplexity(model, text)}`);
    }
    console.log(
      `${name} ${engine.padEnd(11)}  perplexity ${found}  ${seconds} s  ${hashes.join(" ")}`,
    );
  }
}

mkdirSync(folder, { recursive: true });
for (const [name, read] of Object.entries(corpora)) {
  if (chosen.length === 0 || chosen.includes(name)) await compare(name, await read());
}
rmSync(folder, { recursive: true });

/**
 * The command `deno task count`: counts the n-grams of text files, in memory or on disk, and makes
 * models of them. Results and figures go to stdout, progress and errors to stderr.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { checkThresholds } from "#lib/ngram/mod.ts";
import { checkTarget } from "./_check_target.ts";
import {
  chooseEngine,
  countCorpus,
  type CountsFolder,
  estimateKneserNey,
  openCounts,
  ScaleError,
  type ScaleProgress,
  type SparkOptions,
} from "./mod.ts";

const USAGE = `usage: deno task count <file ...> --out FOLDER [options]
       deno task count --counts FOLDER --model FILE [options]

  Text files have one sentence a line, words parted by white space; names ending in .gz are unpacked.

  --out FOLDER         where the counts go: Parquet files, words, counts.json
  --order N            the longest n-grams (5)
  --engine NAME        memory, duckdb, spark or auto (auto: by the size of the text, never spark)
  --master URL         with --engine spark: the cluster, such as spark://host:7077, whose machines
                       must all see the folder of the counts under the same path
  --spark-sql PROGRAM  Spark's program for SQL (spark-sql, on PATH)
  --memory SIZE        the most memory, such as 500M or 2G (2G); more goes to the disk
  --threads N          cores (2)
  --temporary FOLDER   where more than memory goes (beside the result)
  --model FILE         also a Kneser-Ney model, which stays in its file (openModel)
  --arpa FILE          also the model as ARPA text
  --prune LIST         largest counts left out of the model, by order, such as 0,0,1 (0)
  --discount-fallback  discounts 0.5, 1 and 1.5 for orders that are too small to estimate them from
  --precision NAME     numbers of the model file: quantized (16 bits) or exact (64)
  --counts FOLDER      instead of files and how they are counted: counts made before
  --format text|json   how the summary is printed (text)`;

/** Options that say how files are counted. */
const COUNTING = ["out", "order", "engine", "master", "spark-sql"];

/** The person at the keyboard stopped the command. */
class Stopped extends Error {}

const stop = new AbortController();

interface Arguments {
  files: string[];
  folder?: string;
  counts?: string;
  model?: string;
  arpa?: string;
  prune: number[];
  onBadDiscount: "throw" | "fallback";
  precision: "quantized" | "exact";
  order: number;
  engine: "auto" | "memory" | "duckdb" | "spark";
  spark?: SparkOptions;
  memoryLimit: number;
  threads: number;
  spillFolder?: string;
  format: "text" | "json";
}

function readArguments(args: string[]): Arguments | "help" {
  const text = (name: string) => ({ type: "string" as const, default: name });
  const { positionals: files, values, tokens } = parseArgs({
    args,
    allowPositionals: true,
    tokens: true,
    options: {
      out: { type: "string" },
      order: text("5"),
      engine: text("auto"),
      master: { type: "string" },
      "spark-sql": text("spark-sql"),
      memory: text("2G"),
      threads: text("2"),
      temporary: { type: "string" },
      counts: { type: "string" },
      model: { type: "string" },
      arpa: { type: "string" },
      prune: text("0"),
      "discount-fallback": { type: "boolean" },
      precision: text("quantized"),
      format: text("text"),
      help: { type: "boolean" },
    },
  });
  if (values.help) return "help";
  const { counts, out: folder, model, arpa, master } = values;
  const given = tokens.flatMap((token) => token.kind === "option" ? [token.name] : []);
  if (counts) checkBesideCounts(files, given);
  if (!counts && files.length === 0) throw new TypeError("Cannot count: expected files, got none");
  if (!counts && !folder) throw new TypeError("Cannot count: expected --out FOLDER, got none");
  const order = whole("--order", values.order), prune = thresholds(values.prune);
  if (!counts) checkThresholds(prune, order); // counts made before have their own order
  const engine = oneOf("--engine", values.engine, ["auto", "memory", "duckdb", "spark"]);
  if (engine === "spark" && !master) {
    throw new TypeError("Cannot count on Spark: expected --master URL, got none");
  }
  return {
    ...{ files, folder, counts, model, arpa, order, engine, prune },
    onBadDiscount: values["discount-fallback"] ? "fallback" : "throw",
    precision: oneOf("--precision", values.precision, ["quantized", "exact"]),
    spark: master ? { master, sparkSql: values["spark-sql"] } : undefined,
    memoryLimit: bytes(values.memory),
    threads: whole("--threads", values.threads),
    spillFolder: values.temporary && `${values.temporary}/${crypto.randomUUID()}`,
    format: oneOf("--format", values.format, ["text", "json"]),
  };
}

function checkBesideCounts(files: readonly string[], given: readonly string[]): void {
  const option = given.find((name) => COUNTING.includes(name));
  const found = files.length > 0 ? `the file ${files[0]}` : option && `--${option}`;
  if (!found) return;
  throw new TypeError(
    `Cannot count: expected files and how to count them, or --counts, got --counts and ${found}`,
  );
}

function whole(option: string, value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new TypeError(`Cannot count: expected ${option} of at least 1, got ${value}`);
}

function thresholds(list: string): number[] {
  if (/^\d+(,\d+)*$/.test(list)) return list.split(",").map(Number);
  throw new TypeError(`Cannot count: expected --prune counts such as 0,0,1, got ${list}`);
}

function oneOf<T extends string>(option: string, value: string, all: readonly T[]): T {
  const found = all.find((each) => each === value);
  if (found) return found;
  throw new TypeError(`Cannot count: expected ${option} ${all.join(" or ")}, got ${value}`);
}

function bytes(size: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([MG])$/.exec(size) ?? [];
  const bytes = Number(number) * (unit === "G" ? 1e9 : 1e6);
  if (bytes >= 2e6) return bytes;
  throw new TypeError(
    `Cannot count: expected --memory of at least 2M, such as 500M or 2G, got ${size}`,
  );
}

/** Prints a line whenever the step changes or two seconds have passed. */
function progressPrinter(): (progress: ScaleProgress) => void {
  const begin = performance.now();
  let last = "", printed = -Infinity;
  return ({ step, done }) => {
    const now = performance.now();
    if (step === last && now - printed < 2000) return;
    [last, printed] = [step, now];
    const percent = done === undefined ? "" : ` ${Math.round(100 * done)} %`;
    console.error(`${((now - begin) / 1000).toFixed(0).padStart(5)} s  ${step}${percent}`);
  };
}

async function countFiles(chosen: Arguments): Promise<CountsFolder> {
  const { files, engine: asked, spark, order, memoryLimit, threads, spillFolder } = chosen;
  const choice = await chooseEngine(files, { order, memoryLimit });
  const engine = asked === "auto" ? choice.engine : asked;
  console.error(`engine ${engine}: ${asked === "auto" ? choice.why : "as asked"}`);
  const machine = { memoryLimit, threads, spillFolder, signal: stop.signal };
  const options = { ...machine, order, engine, spark, folder: chosen.folder! };
  return await countCorpus(files, { ...options, onProgress: progressPrinter() });
}

/** Checks before anything is counted that the files of the model can be written. */
function checkTargets({ folder, model, arpa }: Arguments): void {
  for (const file of [model, arpa]) {
    const isInNewFolder = file && folder && resolve(dirname(file)) === resolve(folder);
    if (file && !isInNewFolder) checkTarget(file);
  }
}

async function run(chosen: Arguments): Promise<void> {
  checkTargets(chosen);
  const { counts: folder, model, arpa, format, ...options } = chosen;
  const begin = performance.now();
  const counts = folder ? await openCounts(folder) : await countFiles(chosen);
  const { engine, tokens, sentences, ngrams } = counts;
  const summary: Record<string, unknown> = {
    ...{ counts: counts.path, engine, tokens, sentences, ngrams },
    seconds: (performance.now() - begin) / 1000,
  };
  if (model || arpa) {
    const { prune, onBadDiscount, precision, memoryLimit, threads, spillFolder } = options;
    const machine = { memoryLimit, threads, spillFolder, signal: stop.signal };
    const wanted = { model, arpa, prune, onBadDiscount, precision };
    const settings = { ...machine, ...wanted, onProgress: progressPrinter() };
    const made = await estimateKneserNey(counts, settings);
    Object.assign(summary, { model, arpa, modelNgrams: made.ngrams, discounts: made.discounts });
    summary.secondsWithModel = (performance.now() - begin) / 1000;
  }
  if (format === "json") return console.log(JSON.stringify(summary));
  for (const [name, value] of Object.entries(summary)) {
    if (value === undefined) continue;
    console.log(`${name.padEnd(16)} ${Array.isArray(value) ? value.join(" ") : value}`);
  }
}

function fail(error: unknown): never {
  const isExpected = [ScaleError, RangeError, Stopped].some((type) => error instanceof type);
  const inOptions = (message: string) =>
    message.replace('choose onBadDiscount: "fallback"', "give --discount-fallback");
  console.error(isExpected ? inOptions((error as Error).message) : error);
  Deno.exit(error instanceof Stopped ? 130 : 1);
}

let chosen: Arguments | "help";
try {
  chosen = readArguments(Deno.args);
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  Deno.exit(2);
}
if (chosen === "help") {
  console.log(USAGE);
  Deno.exit(0);
}
Deno.addSignalListener("SIGINT", () => stop.abort(new Stopped("Stopped: nothing was left")));
await run(chosen).catch(fail);
process.exit(); // the listener for SIGINT would keep the process alive

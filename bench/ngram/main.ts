/**
 * `deno task bench`: n-gram models beside KenLM, each figure the median of processes that
 * run by turns. KenLM is built by `bench/ngram/setup_kenlm.sh`; where it is absent our figures stand
 * alone. Child processes are not confined by the permission set.
 *
 * @module
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { DataError, fetchCommand, obtainFiles } from "#lib/data/mod.ts";
import { readOptions, refuse } from "../../tools/options.ts";
import { kenlmFolder, median, type Report, type Run } from "./_processes.ts";
import { runKenlm, runOurs, workFolder } from "./_processes.ts";
import { heading, row } from "./_report.ts";

type Side = Run & Partial<Report>;
type Measure = (run: Side) => number;

const HELP = `Measures n-gram models beside KenLM (bench/ngram/setup_kenlm.sh builds it).

deno task bench [ROUNDS]

  ROUNDS  how often each program runs; 5 where it is left out`;
const { positionals } = readOptions(HELP, { allowPositionals: true });
const rounds = Number(positionals[0] ?? 5);
if (!(rounds >= 1)) {
  refuse(`Cannot measure: expected rounds of at least 1, got ${positionals}`, HELP);
}
const hasKenlm = existsSync(`${kenlmFolder}/count_ngrams`);
const at = (name: string) => `${workFolder}/${name}`;
const megabytes = (name: string) => statSync(at(name)).size / 1e6;

/** Runs the sides by turns, so that whatever else the machine does hits all alike. */
async function byTurns(sides: Record<string, () => Promise<Side>>) {
  const runs: Record<string, Side[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(sides)) {
      if (name === "ours" || hasKenlm) (runs[name] ??= []).push(await run());
    }
  }
  /** The median of a measure over the runs of a side, if there are any. */
  return (side: string, measure: Measure) => runs[side] && median(runs[side].map(measure));
}

const wall: Measure = (run) => run.seconds;
const cpu: Measure = (run) => run.cpuSeconds;
const memory: Measure = (run) => run.peakMiB;
const figure = (name: string): Measure => (run) => run.figures![name];
const step = (...names: string[]): Measure => (run) =>
  names.reduce((sum, name) => sum + run.steps![name], 0);
const cpuStep = (...names: string[]): Measure => (run) =>
  names.reduce((sum, name) => sum + run.cpuSteps![name], 0);

async function prepare(): Promise<void> {
  mkdirSync(workFolder, { recursive: true });
  await obtainFiles("reuters21578"); // which the processes read
  for (const part of ["train", "test"]) {
    const file = `ptb.${part}.txt`;
    const paths = await obtainFiles("ptb", { files: [file] });
    const text = readFileSync(paths.get(file)!, "utf8");
    writeFileSync(at(file), text.replaceAll("<unk>", "UNK")); // lmplz refuses <unk> in a text
  }
  await runOurs("tokenizeReuters", at("reuters.txt"));
}

async function counting(): Promise<void> {
  heading("Counting the trigrams of Reuters, 1.7M tokens");
  const settings = ["-o", "3", "-S", "256M", "--write_vocab_list", at("words")];
  const of = await byTurns({
    ours: () => runOurs("countReuters"),
    kenlm: () => runKenlm("count_ngrams", settings, at("reuters.txt")),
  });
  const all = ["read", "index", "count"];
  row("SGML files to counts, inside the process", "s", of("ours", step(...all)));
  row("  CPU", "s", of("ours", cpuStep(...all)));
  row("    reading and parsing SGML", "s", of("ours", cpuStep("read")));
  row("    lower case, tokens, ids", "s", of("ours", cpuStep("index")));
  row("    counting", "s", of("ours", cpuStep("count")));
  row(
    "whole process (KenLM: count_ngrams, tokens ready)",
    "s",
    of("ours", wall),
    of("kenlm", wall),
  );
  row("  CPU", "s", of("ours", cpu), of("kenlm", cpu));
  row("  peak memory", "MiB", of("ours", memory), of("kenlm", memory));
}

async function estimation(): Promise<void> {
  heading("5-gram modified Kneser-Ney of PTB, 0.93M tokens (KenLM: lmplz)");
  const settings = ["-o", "5", "-S", "256M", "--vocab_estimate", "100000"];
  const files = ["--text", at("ptb.train.txt"), "--arpa", at("kenlm.arpa")];
  const of = await byTurns({
    ours: () => runOurs("estimate", at("ptb.train.txt")),
    kenlm: () => runKenlm("lmplz", [...settings, ...files]),
  });
  const all = ["read", "count", "estimate"];
  row(
    "text to a model that scores (ARPA), whole process",
    "s",
    of("ours", wall),
    of("kenlm", wall),
  );
  row("  CPU", "s", of("ours", cpu), of("kenlm", cpu));
  row("  peak memory", "MiB", of("ours", memory), of("kenlm", memory));
  row("inside the process", "s", of("ours", step(...all)));
  row("  CPU", "s", of("ours", cpuStep(...all)));
  const nothing = await byTurns({ ours: () => runOurs("nothing") });
  row("a Deno that does nothing", "s", nothing("ours", wall));
  row("  peak memory", "MiB", nothing("ours", memory));
}

/** Leaves ours.bin, ours.arpa, kenlm.probing and kenlm.trie behind. */
async function files(): Promise<void> {
  heading("Files of that model (KenLM: build_binary)");
  await runOurs("estimate", at("ptb.train.txt"), at("ours.bin"));
  const build = (type: string) => () =>
    runKenlm("build_binary", [type, at("kenlm.arpa"), at(`kenlm.${type}`)]);
  const write = await byTurns({ ours: () => runOurs("toArpa", at("ours.bin"), at("ours.arpa")) });
  const read = await byTurns({
    ours: () => runOurs("toBinary", at("ours.arpa"), at("copy.bin")),
    probing: build("probing"),
    trie: build("trie"),
  });
  const load = await byTurns({ ours: () => runOurs("load", at("ours.bin")) });
  row("write ARPA", "s", write("ours", step("writeArpa")));
  row("  CPU", "s", write("ours", cpuStep("writeArpa")));
  row("read ARPA", "s", read("ours", step("readArpa")));
  row("  CPU", "s", read("ours", cpuStep("readArpa")));
  row("load the binary form", "s", load("ours", step("readBinary")));
  row("  CPU", "s", load("ours", cpuStep("readBinary")));
  if (hasKenlm) row("ARPA file", "MB", megabytes("ours.arpa"), megabytes("kenlm.arpa"));
  const ngrams = load("ours", figure("ngrams"))!, bytes = load("ours", figure("bytes"))!;
  for (const type of ["probing", "trie"]) {
    row(`ARPA to binary, whole process, ${type}`, "s", read("ours", wall), read(type, wall));
    row("  CPU", "s", read("ours", cpu), read(type, cpu));
    const theirs = hasKenlm ? megabytes(`kenlm.${type}`) : undefined;
    row(`binary file, ${type}`, "MB", megabytes("ours.bin"), theirs);
    row(`bytes an n-gram, ${type}`, "B", bytes / ngrams, theirs && theirs * 1e6 / ngrams);
  }
}

async function scoring(): Promise<void> {
  heading("Scoring PTB's training text, 0.93M tokens (KenLM: query)");
  const text = at("ptb.train.txt");
  const query = (type: string) => () =>
    runKenlm("query", ["-v", "summary", at(`kenlm.${type}`)], text);
  const of = await byTurns({
    ours: () => runOurs("score", at("ours.bin"), text),
    probing: query("probing"),
    trie: query("trie"),
  });
  const tokens = of("ours", figure("tokens"))!;
  const speed = (measure: Measure): Measure => (run) => tokens / measure(run);
  row("score() alone", "words/s", of("ours", speed(step("score"))));
  row("  by CPU", "words/s", of("ours", speed(cpuStep("score"))));
  for (const type of ["probing", "trie"]) {
    row(`whole process, ${type}`, "words/s", of("ours", speed(wall)), of(type, speed(wall)));
    row("  by CPU", "words/s", of("ours", speed(cpu)), of(type, speed(cpu)));
    row("  peak memory", "MiB", of("ours", memory), of(type, memory));
  }
}

async function generation(): Promise<void> {
  heading("Generating a million words from that model");
  const of = await byTurns({ ours: () => runOurs("generate", at("ours.bin")) });
  row("generate()", "s", of("ours", step("generate")));
  row("  CPU", "s", of("ours", cpuStep("generate")));
}

async function exchange(): Promise<void> {
  heading("Perplexity of PTB's test text, read by us and by KenLM");
  const text = at("ptb.test.txt");
  const ours = async (model: string) => (await runOurs("score", model, text)).figures.perplexity;
  const theirs = async (arpa: string) => {
    const { output } = await runKenlm("query", ["-v", "summary", arpa], text);
    return Number(/including OOVs:\s*(\S+)/.exec(output)?.[1]);
  };
  row("estimated by us", "", await ours(at("ours.bin")), hasKenlm && await theirs(at("ours.arpa")));
  if (!hasKenlm) return;
  await runOurs("toBinary", at("kenlm.arpa"), at("copy.bin"));
  row("estimated by lmplz", "", await ours(at("copy.bin")), await theirs(at("kenlm.arpa")));
}

try {
  await prepare();
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  console.error(`${error.message}\nAll it reads: ${fetchCommand("ptb reuters21578")}`);
  Deno.exit(1);
}
await counting();
await estimation();
await files();
await scoring();
await generation();
await exchange();

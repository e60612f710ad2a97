/**
 * `deno task bench [rounds]`: n-gram models beside KenLM, each figure the median of processes that
 * run by turns. KenLM is built by `bench/ngram/setup_kenlm.sh`; where it is absent our figures stand
 * alone. Child processes are not confined by the permission set.
 *
 * @module
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { obtainFiles } from "#lib/data/mod.ts";
import { kenlmFolder, median, type Report, type Run } from "./_processes.ts";
import { runKenlm, runOurs, workFolder } from "./_processes.ts";

type Side = Run & Partial<Report>;

const rounds = Number(Deno.args[0] ?? 5);
const hasKenlm = existsSync(`${kenlmFolder}/count_ngrams`);
const at = (name: string) => `${workFolder}/${name}`;
const megabytes = (name: string) => statSync(at(name)).size / 1e6;

/** Runs both sides by turns, so that whatever else the machine does hits both alike. */
async function byTurns(
  sides: Record<string, () => Promise<Side>>,
): Promise<Record<string, Side[]>> {
  const runs: Record<string, Side[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(sides)) {
      if (name !== "ours" && !hasKenlm) continue;
      (runs[name] ??= []).push(await run());
    }
  }
  return runs;
}

type Measure = (run: Side) => number;
const wall: Measure = (run) => run.seconds;
const cpu: Measure = (run) => run.cpuSeconds;
const memory: Measure = (run) => run.peakMiB;
const steps = (...names: string[]): Measure => (run) =>
  names.reduce((sum, name) => sum + run.steps![name], 0);
const figure = (name: string): Measure => (run) => run.figures![name];
const of = (runs: Side[] | undefined, measure: Measure) => runs && median(runs.map(measure));

/** Prints one line: what, unit, our figure, KenLM's, ours as a multiple of theirs. */
function row(what: string, unit: string, ours?: number, theirs?: number): void {
  const number = (value?: number) => (value === undefined ? "-" : shown(value)).padStart(10);
  const ratio = ours !== undefined && theirs !== undefined ? ours / theirs : undefined;
  console.log(
    `${what.padEnd(66)}${unit.padEnd(8)}${number(ours)}${number(theirs)}${number(ratio)}`,
  );
}

function shown(value: number): string {
  if (Math.abs(value) >= 1e4) return Math.round(value).toLocaleString("en");
  return value.toPrecision(value >= 100 ? 6 : 3);
}

function heading(title: string): void {
  const load = loadavg().map((value) => value.toFixed(1)).join(" ");
  const columns = ["ours", "KenLM", "ratio"].map((name) => name.padStart(10)).join("");
  console.log(`\n${`${title} (load ${load})`.padEnd(74)}${columns}`);
}

async function prepare(): Promise<void> {
  mkdirSync(workFolder, { recursive: true });
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
  const runs = await byTurns({
    ours: () => runOurs("countReuters"),
    theirs: () => runKenlm("count_ngrams", settings, at("reuters.txt")),
  });
  row(
    "SGML files to counts, inside the process",
    "s",
    of(runs.ours, steps("read", "index", "count")),
  );
  row("  reading and parsing SGML", "s", of(runs.ours, steps("read")));
  row("  lower case, tokens, ids", "s", of(runs.ours, steps("index")));
  row("  counting", "s", of(runs.ours, steps("count")));
  row(
    "whole process (KenLM: count_ngrams, from ready tokens)",
    "s",
    of(runs.ours, wall),
    of(runs.theirs, wall),
  );
  row("  CPU", "s", of(runs.ours, cpu), of(runs.theirs, cpu));
  row("  peak memory", "MiB", of(runs.ours, memory), of(runs.theirs, memory));
}

async function estimation(): Promise<void> {
  heading("5-gram modified Kneser-Ney of PTB, 0.93M tokens");
  const nothing = await byTurns({ ours: () => runOurs("nothing") });
  const settings = ["-o", "5", "-S", "256M", "--vocab_estimate", "100000"];
  const files = ["--text", at("ptb.train.txt"), "--arpa", at("kenlm.arpa")];
  const runs = await byTurns({
    ours: () => runOurs("estimate", at("ptb.train.txt")),
    theirs: () => runKenlm("lmplz", [...settings, ...files]),
  });
  row(
    "text to a model that scores, whole process (KenLM: lmplz)",
    "s",
    of(runs.ours, wall),
    of(runs.theirs, wall),
  );
  row("  CPU", "s", of(runs.ours, cpu), of(runs.theirs, cpu));
  row("  peak memory", "MiB", of(runs.ours, memory), of(runs.theirs, memory));
  row(
    "  inside the process: read, count, estimate",
    "s",
    of(runs.ours, steps("read", "count", "estimate")),
  );
  row("a Deno that does nothing", "s", of(nothing.ours, wall));
  row("  peak memory", "MiB", of(nothing.ours, memory));
}

/** Leaves ours.bin, ours.arpa, kenlm.arpa, kenlm.bin, kenlm.probing and kenlm.trie behind. */
async function files(): Promise<void> {
  heading("Files of that model");
  const { figures } = await runOurs("estimate", at("ptb.train.txt"), at("ours.bin"));
  const written = await byTurns({
    ours: () => runOurs("binaryToArpa", at("ours.bin"), at("ours.arpa")),
  });
  row("write ARPA", "s", of(written.ours, steps("writeArpa")));
  const build = (...args: string[]) => () => runKenlm("build_binary", args);
  const runs = await byTurns({
    ours: () => runOurs("arpaToBinary", at("ours.arpa"), at("copy.bin")),
    theirs: build("probing", at("kenlm.arpa"), at("kenlm.probing")),
    trie: build("trie", at("kenlm.arpa"), at("kenlm.trie")),
  });
  row(
    "ARPA to binary, whole process (KenLM: probing)",
    "s",
    of(runs.ours, wall),
    of(runs.theirs, wall),
  );
  row("                              (KenLM: trie)", "s", of(runs.ours, wall), of(runs.trie, wall));
  row("  reading ARPA", "s", of(runs.ours, steps("readArpa")));
  const loaded = await byTurns({ ours: () => runOurs("load", at("ours.bin")) });
  row("load the binary form", "s", of(loaded.ours, steps("readBinary")));
  if (!hasKenlm) return;
  row("ARPA file", "MB", megabytes("ours.arpa"), megabytes("kenlm.arpa"));
  row("binary file (KenLM: probing)", "MB", megabytes("ours.bin"), megabytes("kenlm.probing"));
  row("            (KenLM: trie)", "MB", megabytes("ours.bin"), megabytes("kenlm.trie"));
  const each = (bytes: number) => bytes / figures.ngrams;
  row(
    "bytes an n-gram (KenLM: probing)",
    "B",
    each(figures.bytes),
    each(megabytes("kenlm.probing") * 1e6),
  );
  row(
    "                (KenLM: trie)",
    "B",
    each(figures.bytes),
    each(megabytes("kenlm.trie") * 1e6),
  );
}

async function scoring(): Promise<void> {
  heading("Scoring PTB's training text, 0.93M tokens");
  const query = (model: string) => () =>
    runKenlm("query", ["-v", "summary", at(model)], at("ptb.train.txt"));
  const runs = await byTurns({
    ours: () => runOurs("score", at("ours.bin"), at("ptb.train.txt")),
    theirs: query("kenlm.probing"),
    trie: query("kenlm.trie"),
  });
  const tokens = of(runs.ours, figure("tokens"))!;
  const speed = (measure: Measure): Measure => (run) => tokens / measure(run);
  row("score() alone", "tokens/s", of(runs.ours, speed(steps("score"))));
  row(
    "whole process, model loaded (KenLM: probing)",
    "tokens/s",
    of(runs.ours, speed(wall)),
    of(runs.theirs, speed(wall)),
  );
  row(
    "                            (KenLM: trie)",
    "tokens/s",
    of(runs.ours, speed(wall)),
    of(runs.trie, speed(wall)),
  );
  row("  peak memory (KenLM: probing)", "MiB", of(runs.ours, memory), of(runs.theirs, memory));
  row("              (KenLM: trie)", "MiB", of(runs.ours, memory), of(runs.trie, memory));
}

async function exchange(): Promise<void> {
  heading("Perplexity of PTB's test text: who estimated, who reads");
  await runOurs("estimate", at("ptb.train.txt"), at("ours.bin"));
  const ours = async (model: string) =>
    (await runOurs("score", model, at("ptb.test.txt"))).figures.perplexity;
  const theirs = async (model: string) => {
    const { output } = await runKenlm("query", ["-v", "summary", model], at("ptb.test.txt"));
    return Number(/including OOVs:\s*(\S+)/.exec(output)?.[1]);
  };
  const own = await ours(at("ours.bin"));
  if (!hasKenlm) return row("ours, read by ourselves", "", own);
  await runOurs("arpaToBinary", at("kenlm.arpa"), at("copy.bin"));
  row("estimated by us", "", own, await theirs(at("ours.arpa")));
  row("estimated by lmplz", "", await ours(at("copy.bin")), await theirs(at("kenlm.arpa")));
}

async function generation(): Promise<void> {
  heading("Generating a million words from that model");
  const runs = await byTurns({ ours: () => runOurs("generate", at("ours.bin")) });
  row("generate()", "s", of(runs.ours, steps("generate")));
}

await prepare();
await counting();
await estimation();
await files();
await scoring();
await exchange();
await generation();

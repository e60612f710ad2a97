/**
 * Greedy neural parsing beside UDPipe 1's in one run, process after process, each round every
 * contestant once; then the beam's price. One thread each: `deno task bench-parsing`.
 *
 * @module
 */
import { mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import { obtainFiles } from "#lib/data/mod.ts";
import { readOptions } from "../tools/options.ts";

const HELP = `Times greedy neural parsing beside UDPipe 1 (pip install ufal.udpipe), and beams.

deno task bench-parsing [--rounds N] [--beams 2,4,8,16]`;
const { values } = readOptions(HELP, {
  options: {
    rounds: { type: "string", default: "3" },
    beams: { type: "string", default: "2,4,8,16" },
  },
});

/** What the timing commands print. */
interface Timing {
  sentencesPerSecond: number;
  sentencesPerCpuSecond: number;
  wordsPerCpuSecond?: number;
}

async function timing(command: string, args: string[]): Promise<Timing> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args }).output();
  const [text, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(`${command} ${args.join(" ")} failed: ${error}`);
  return JSON.parse(text);
}

const model = ".cache/bench/udpipe.model";
mkdirSync(".cache/bench", { recursive: true });
const paths = [...(await obtainFiles("ud-english-ewt")).values()];
const [train, test] = ["train", "test"].map((part) => paths.find((path) => path.includes(part))!);
const ours = (...args: string[]) =>
  timing("deno", [
    ...["run", "-q", "-P=native", "--preload=tools/use_mirror.ts", "bench/parse_speed.ts", ...args],
  ]);
const contestants: Record<string, () => Promise<Timing>> = {
  "UDPipe 1, greedy": () => timing("python3", ["bench/udpipe_speed.py", train, test, model]),
  "ours, native products": () => ours("native"),
  "ours, wasm": () => ours("wasm"),
};

const load = () => loadavg().map((value) => value.toFixed(1)).join(" ");
console.log(`load ${load()}`);
const all = Object.fromEntries(Object.keys(contestants).map((name) => [name, [] as number[]]));
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const [name, time] of Object.entries(contestants)) {
    const { sentencesPerSecond, sentencesPerCpuSecond, wordsPerCpuSecond } = await time();
    all[name].push(sentencesPerCpuSecond);
    const words = wordsPerCpuSecond ? `, ${Math.round(wordsPerCpuSecond)} words/CPU s` : "";
    console.log(
      `round ${round}: ${name}: ${Math.round(sentencesPerSecond)} sentences/s, ` +
        `${Math.round(sentencesPerCpuSecond)} sentences/CPU s${words}`,
    );
  }
}
const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1];
const [udpipe, native, wasm] = Object.values(all);
const ratio = (mine: number[]) => median(mine.map((each, i) => each / udpipe[i])).toFixed(2);
console.log(`to UDPipe, CPU seconds: native ${ratio(native)}, wasm ${ratio(wasm)}`);
for (const beam of values.beams.split(",").filter(Boolean)) {
  const { sentencesPerCpuSecond } = await ours("native", beam, "1");
  console.log(`beam ${beam}, native: ${Math.round(sentencesPerCpuSecond)} sentences/CPU s`);
}
console.log(`load ${load()}`);

/**
 * Runs our side and KenLM's as processes of their own and reads what each used.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where everything the benchmark writes goes; ignored by git. */
export const workFolder = `${root}.cache/bench`;

/** Where `setup_kenlm.sh` puts KenLM's programs. */
export const kenlmFolder = `${root}.cache/kenlm/bin`;

/** What a process used and said. */
export interface Run {
  /** Wall time from its start to its end. */
  seconds: number;
  /** User and system time of all its threads. */
  cpuSeconds: number;
  /** The most memory it held at once (resident set). */
  peakMiB: number;
  /** What it printed. */
  output: string;
}

/** What our side says of itself, as JSON. */
export interface Report {
  /** Wall time of each step inside the process, in seconds. */
  steps: Record<string, number>;
  /** User and system time of each step, of all threads, in seconds. */
  cpuSteps: Record<string, number>;
  /** Figures of the task. */
  figures: Record<string, number>;
}

/** Runs `bench/ngram/task.ts` with these arguments in a Deno of its own. */
export async function runOurs(...args: string[]): Promise<Run & Report> {
  const script = `${root}bench/ngram/task.ts`;
  const command = ["deno", "run", "-P=bench", "--no-check", `--config=${root}deno.json`, script];
  const run = await runProgram([...command, ...args]);
  return { ...run, ...JSON.parse(run.output) as Report };
}

/** Runs a program of KenLM's; `input` is given as its standard input. */
export function runKenlm(
  program: "lmplz" | "count_ngrams" | "query" | "build_binary",
  args: readonly string[],
  input?: string,
): Promise<Run> {
  return runProgram([`${kenlmFolder}/${program}`, ...args], input);
}

async function runProgram(command: readonly string[], input = "/dev/null"): Promise<Run> {
  const begin = performance.now();
  const timed = new Deno.Command(`${root}bench/ngram/timed.sh`, { args: [input, ...command] });
  const { success, stdout, stderr } = await timed.output();
  const seconds = (performance.now() - begin) / 1000;
  const [output, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(`Cannot run ${command.join(" ")}: ${errors}`);
  const [peakKiB, user, system] = errors.trim().split("\n").at(-1)!.split(" ").map(Number);
  return { seconds, cpuSeconds: user + system, peakMiB: peakKiB / 1024, output };
}

/** The middle value; of two, the lower. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
}

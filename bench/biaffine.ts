/**
 * The biaffine parser beside the same network in PyTorch, in pairs of processes one after the other:
 * training steps and parsing. PyTorch's parsing stops at the best head and label of each word; ours goes
 * on to the tree: `deno task bench-biaffine`.
 *
 * @module
 */
import { readOptions } from "../tools/options.ts";

interface Timings {
  engine: string;
  sentences: number;
  train: { medianMs: number; cpuMinMs: number };
  parse: { medianMs: number; cpuMinMs: number };
}

const HELP = `Times the biaffine parser beside the same in PyTorch (pip install torch==2.13.0).

deno task bench-biaffine [--threads 1|2] [--pairs N] [--steps N] [--tokens N] [--sizes JSON]`;
const { values } = readOptions(HELP, {
  options: {
    threads: { type: "string", default: "1" },
    pairs: { type: "string", default: "3" },
    steps: { type: "string", default: "10" },
    tokens: { type: "string", default: "1000" },
    sizes: {
      type: "string",
      default: JSON.stringify({
        ...{ wordWidth: 100, tagWidth: 50, layers: 3, units: 200, arcUnits: 256, labelUnits: 64 },
        drop: 0.33,
      }),
    },
  },
});
const { threads, pairs, steps, tokens, sizes } = values;

async function timings(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Timings> {
  const all = [...args, sizes, tokens, steps, threads];
  const { success, stdout, stderr } = await new Deno.Command(command, { args: all, env }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${command} ${all.join(" ")} failed: ${decode(stderr)}`);
  return JSON.parse(decode(stdout));
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const load = () => Deno.loadavg().map((n) => n.toFixed(1)).join(" ");
console.log(`${threads} thread(s), ${pairs} pairs, ${tokens} tokens, ${sizes}, load ${load()}`);
const rows: { ours: Timings; theirs: Timings }[] = [];
for (let i = 0; i < Number(pairs); i++) {
  const ours = await timings("deno", ["run", "-q", "-P=native", "bench/biaffine_step.ts"]);
  const env = { MKL_NUM_THREADS: threads, OMP_NUM_THREADS: threads };
  const theirs = await timings("python3", ["bench/torch_biaffine.py"], env);
  rows.push({ ours, theirs });
}
const [{ ours, theirs }] = rows;
console.log(`${ours.engine}; ${theirs.engine}`);
for (const part of ["train", "parse"] as const) {
  const of = (pick: (row: (typeof rows)[number]) => number) => median(rows.map(pick));
  const ms = of((row) => row.ours[part].medianMs);
  console.log([
    part,
    `ours ${ms.toFixed(1)} ms (${(1000 * ours.sentences / ms).toFixed(0)} sentences/s)`,
    `torch ${of((row) => row.theirs[part].medianMs).toFixed(1)} ms`,
    `ratio ${of((row) => row.theirs[part].medianMs / row.ours[part].medianMs).toFixed(2)}`,
    `by CPU ${of((row) => row.theirs[part].cpuMinMs / row.ours[part].cpuMinMs).toFixed(2)}`,
    `load ${load()}`,
  ].join(", "));
}

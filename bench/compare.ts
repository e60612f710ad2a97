/**
 * Training steps beside PyTorch's, in one run: pairs of processes one after the other, so that both
 * meet the same machine. PyTorch gets the better of the two ways its threads can wait. Needs
 * `pip install torch==2.13.0`. `deno task bench-torch [--threads 1|2] [--pairs n] [workloads]`
 *
 * @module
 */
import { parseArgs } from "node:util";

/** What the timing commands print. */
interface Timing {
  engine: string;
  medianMs: number;
  cpuMinMs: number;
  minMs: number;
}

const ALL = ["lstm-200", "rnn-256", "parser", "lstm-650", "mlp-sgd", "mlp-adam"];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: "string", default: "1" },
    pairs: { type: "string", default: "3" },
    steps: { type: "string", default: "15" },
  },
});
const { threads, pairs, steps } = values;
const workloads = positionals.length > 0 ? positionals : ALL;

async function timing(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Timing> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, env }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${command} ${args.join(" ")} failed: ${decode(stderr)}`);
  return JSON.parse(decode(stdout));
}

const deno = (script: string, args: string[]) =>
  timing("deno", ["run", "-q", "-P=native", `bench/${script}.ts`, ...args]);

async function torch(workload: string): Promise<Timing> {
  const found: Timing[] = [];
  for (const policy of ["ACTIVE", "PASSIVE"]) {
    const env = { MKL_NUM_THREADS: threads, OMP_NUM_THREADS: threads, OMP_WAIT_POLICY: policy };
    found.push(await timing("python3", ["bench/torch_step.py", workload, steps, threads], env));
  }
  return found.sort((a, b) => a.medianMs - b.medianMs)[0];
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const load = () => Deno.loadavg().map((n) => n.toFixed(1)).join(" ");
console.log(`${threads} thread(s), ${pairs} pairs of ${steps} steps, load ${load()}`);
for (const workload of workloads) {
  const rows: { ours: Timing; theirs: Timing; floor?: Timing }[] = [];
  for (let i = 0; i < Number(pairs); i++) {
    const ours = await deno("train_step", [workload, steps, "native", threads]);
    const theirs = await torch(workload);
    const floor = workload.startsWith("mlp")
      ? undefined
      : await deno("floor", [workload, steps, threads]);
    rows.push({ ours, theirs, floor });
  }
  if (workload === workloads[0]) console.log(`${rows[0].ours.engine}; ${rows[0].theirs.engine}`);
  const time = (pick: (row: (typeof rows)[number]) => number) => median(rows.map(pick));
  const digits = workload.startsWith("mlp") ? 3 : 1;
  console.log([
    workload.padEnd(9),
    `ours ${time((r) => r.ours.medianMs).toFixed(digits)} ms`,
    `torch ${time((r) => r.theirs.medianMs).toFixed(digits)} ms`,
    `ratio ${time((r) => r.theirs.medianMs / r.ours.medianMs).toFixed(2)}`,
    `by CPU time ${time((r) => r.theirs.cpuMinMs / r.ours.cpuMinMs).toFixed(2)}`,
    ...(rows[0].floor
      ? [`above the products ${time((r) => r.ours.cpuMinMs / r.floor!.cpuMinMs).toFixed(2)}`]
      : []),
    `load ${load()}`,
  ].join(", "));
}

/**
 * Training steps beside PyTorch's, in one run: processes one after the other, so that all meet the
 * same machine; each round has every contestant once. PyTorch gets the best of its settings: with
 * two threads also one, and both ways its threads can wait. Ours is timed with the kernels that the
 * BLAS library picks itself (OPENBLAS_* unset) and with OpenBLAS's Haswell kernels; with two threads
 * also with one, and as one Worker beside the program: `deno task bench-torch`.
 *
 * @module
 */
import { readOptions } from "../tools/options.ts";

/** What the timing commands print. */
interface Timing {
  engine: string;
  medianMs: number;
  cpuMinMs: number;
}

/** Someone whose steps are timed. */
interface Contestant {
  name: string;
  time(workload: string): Promise<Timing>;
}

const ALL = ["lstm-200", "rnn-256", "parser", "window", "lstm-650", "mlp-sgd", "mlp-adam"];
const HELP = `Times training steps beside PyTorch's (pip install torch==2.13.0).

deno task bench-torch [--threads 1|2] [--pairs N] [--steps N] [WORKLOAD ...]

  workloads: ${
  ALL.join(", ")
} (all of these where none is given), lm-200, adaptive-10k, adaptive-40k, full-40k`;
const { values, positionals } = readOptions(HELP, {
  allowPositionals: true,
  options: {
    threads: { type: "string", default: "1" },
    pairs: { type: "string", default: "3" },
    steps: { type: "string", default: "15" },
  },
});
const { threads, pairs, steps } = values;
const two = threads === "2";
const workloads = positionals.length > 0 ? positionals : ALL;

const environment = Object.fromEntries(
  Object.entries(Deno.env.toObject()).filter(([name]) => !name.startsWith("OPENBLAS_")),
);

async function timing(
  command: string,
  args: string[],
  variables: Record<string, string>,
): Promise<Timing> {
  const env = { ...environment, ...variables };
  const { success, stdout, stderr } = await new Deno.Command(command, {
    ...{ args, env, clearEnv: true },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${command} ${args.join(" ")} failed: ${decode(stderr)}`);
  return JSON.parse(decode(stdout));
}

function deno(script: string, args: string[], variables: Record<string, string> = {}) {
  return timing("deno", ["run", "-q", "-P=native", `bench/${script}.ts`, ...args], variables);
}

function ours(count: string, workers = "0"): Contestant {
  const name = workers === "1" ? "ours, a Worker" : `ours, ${count}`;
  const args = [steps, "native", count, workers];
  return { name, time: (workload) => deno("train_step", [workload, ...args]) };
}

const haswell: Contestant = {
  name: `ours, ${threads}, Haswell kernels`,
  time: (workload) =>
    deno("train_step", [workload, steps, "native", threads], { OPENBLAS_CORETYPE: "Haswell" }),
};

function torch(count: string, policy?: "PASSIVE"): Contestant {
  const variables = {
    ...{ MKL_NUM_THREADS: count, OMP_NUM_THREADS: count },
    ...(policy ? { OMP_WAIT_POLICY: policy } : {}),
  };
  const args = (workload: string) => ["bench/torch_step.py", workload, steps, count];
  return {
    name: `torch, ${count}${policy ? ", passive" : ""}`,
    time: (workload) => timing("python3", args(workload), variables),
  };
}

const floor: Contestant = {
  name: "products alone",
  time: (workload) => deno("floor", [workload, steps, threads]),
};

/** bench/floor.ts knows the products of these. */
function hasFloor(workload: string): boolean {
  return !/adaptive|40k/.test(workload);
}

/** Small batches cannot be shared, and their products are not what takes the time. */
function contestants(workload: string): Contestant[] {
  const small = workload.startsWith("mlp"), shares = !small && workload !== "lm-200";
  return [
    ours(threads),
    ...(two ? [torch("2"), torch("2", "PASSIVE")] : []),
    torch("1"),
    ...(small ? [] : hasFloor(workload) ? [floor, haswell] : [haswell]),
    ...(two ? [ours("1"), torch("1", "PASSIVE"), ...(shares ? [ours("1", "1")] : [])] : []),
  ];
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const load = () => Deno.loadavg().map((n) => n.toFixed(1)).join(" ");
console.log(`${threads} thread(s), ${pairs} rounds of ${steps} steps, load ${load()}`);
for (const workload of workloads) {
  const rounds: Record<string, Timing>[] = [];
  for (let i = 0; i < Number(pairs); i++) {
    const round: Record<string, Timing> = {};
    for (const { name, time } of contestants(workload)) round[name] = await time(workload);
    rounds.push(round);
  }
  if (workload === workloads[0]) {
    console.log(Object.values(rounds[0]).slice(0, 2).map(({ engine }) => engine).join("; "));
  }
  const names = Object.keys(rounds[0]);
  const digits = workload.startsWith("mlp") ? 3 : 1;
  console.log(`\n${workload} (milliseconds a step, median; load ${load()})`);
  for (const name of names) {
    const wall = median(rounds.map((round) => round[name].medianMs)).toFixed(digits);
    const cpu = median(rounds.map((round) => round[name].cpuMinMs)).toFixed(digits);
    console.log(`  ${name.padEnd(26)} ${wall.padStart(8)}   processor time ${cpu.padStart(8)}`);
  }
  const best = (who: string, key: "medianMs" | "cpuMinMs") => (round: Record<string, Timing>) =>
    Math.min(
      ...names.filter((name) => name.startsWith(who) && !name.includes("Haswell"))
        .map((name) => round[name][key]),
    );
  const ratio = (key: "medianMs" | "cpuMinMs", over: string, under: string) =>
    median(rounds.map((round) => best(over, key)(round) / best(under, key)(round))).toFixed(2);
  console.log(`  ratio ${ratio("medianMs", "torch", "ours")} (best of each)`);
  if (!two) {
    console.log(`  ratio of processor time ${ratio("cpuMinMs", "torch", "ours")}`);
    if ("products alone" in rounds[0]) {
      console.log(`  ours above the products ${ratio("cpuMinMs", "ours", "products alone")}`);
    }
  }
}

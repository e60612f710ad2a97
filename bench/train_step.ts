/**
 * Times the training steps of a workload and prints one JSON line:
 * `deno task bench-step <workload> [steps] [native|wasm|cpu] [threads] [workers]`.
 *
 * @module
 */
import process from "node:process";
import { engine, type EngineKind } from "#lib/engine/mod.ts";
import { Replicas, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { WORKLOADS } from "./workloads.ts";

const [name, steps = "20", prefer, threads = "1", workers = "0"] = Deno.args;
if (!(name in WORKLOADS)) {
  throw new RangeError(
    `Cannot time ${name}: the workloads are ${Object.keys(WORKLOADS).join(", ")}`,
  );
}
const begin = performance.now();
const found = await engine({ prefer: prefer as EngineKind, threads: Number(threads) });
const startUp = performance.now() - begin;
const { model, batch, options, tokens } = WORKLOADS[name](found);

const module = import.meta.resolve("./workloads.ts");
const replicas = Number(workers) > 0
  ? await Replicas.start(model, { module, config: name, workers: Number(workers) })
  : undefined;
const total = Number(steps), warm = Math.ceil(total / 5) + 3;
// fast steps are timed in groups, so that reports cost nothing
const group = name.startsWith("mlp") ? 100 : 1;
const epoch = {
  *[Symbol.iterator]() {
    for (let i = 0; i < (total + warm) * group; i++) yield batch;
  },
};
const wall: number[] = [], cpu: number[] = [];
/** What is held, after a garbage collection where `--v8-flags=--expose-gc` allows one. */
function held(): Record<string, number> {
  (globalThis as { gc?: () => void }).gc?.();
  const heap = found.values(Object.values(model.parameters)[0]).buffer.byteLength;
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 18) / 4;
  return {
    tensors: found.tf.memory().numTensors,
    wasmMB: megabytes(heap),
    javaScriptMB: megabytes(process.memoryUsage().heapUsed),
  };
}

let [last, used, loss] = [performance.now(), process.cpuUsage(), NaN];
let heldAfterWarmUp = {};
for await (
  const report of train(model, () => epoch, {
    ...options,
    replicas,
    reportEvery: group,
    random: seeded(1),
  })
) {
  const { user, system } = process.cpuUsage(used);
  if (report.step > warm * group) {
    wall.push((performance.now() - last) / group);
    cpu.push((user + system) / 1000 / group);
  } else if (report.step === warm * group) heldAfterWarmUp = held();
  loss = report.loss;
  [last, used] = [performance.now(), process.cpuUsage()];
}
const heldAtEnd = held();
replicas?.dispose();
const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
const half = wall.length >> 1;
console.log(JSON.stringify({
  workload: name,
  engine: found.description,
  startUp: Math.round(startUp),
  medianMs: sorted(wall)[half],
  minMs: sorted(wall)[0],
  cpuMedianMs: sorted(cpu)[half],
  cpuMinMs: sorted(cpu)[0],
  tokensPerSecond: Math.round(1000 * tokens / sorted(wall)[half]),
  loss,
  heldAfterWarmUp,
  heldAtEnd,
  residentMB: Math.round(Deno.memoryUsage().rss / 2 ** 20),
}));

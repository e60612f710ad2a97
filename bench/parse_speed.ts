/**
 * Times a neural parser on EWT's test sentences, tags given, the model loaded before, and prints one
 * JSON line: `parse_speed.ts <native|wasm> [beam] [repetitions]`. It takes the trained network of row
 * `ewt-chen-manning` if it is there, else an untrained one of the same size.
 *
 * @module
 */
import { existsSync } from "node:fs";
import process from "node:process";
import { engine, type EngineKind } from "#lib/engine/mod.ts";
import {
  BeamParser,
  CHEN_MANNING_SHAPE,
  loadNetwork,
  NeuralParser,
  readEwtTreebank,
  TransitionNetwork,
  transitionTask,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { checkpointFile } from "#lib/tables/mod.ts";

const [prefer = "native", beam = "0", repetitions = "5"] = Deno.args;
const found = await engine({ prefer: prefer as EngineKind });
if (found.kind !== prefer) throw new Error(`No ${prefer} engine: ${found.description}`);
const { train, test } = await readEwtTreebank();
const file = checkpointFile("ewt-chen-manning-1"), isTrained = existsSync(file);
const network = isTrained
  ? (await loadNetwork(found, file)).network
  : new TransitionNetwork(found, {
    ...{ shape: CHEN_MANNING_SHAPE, task: transitionTask(train), random: seeded(1) },
  });
const width = Number(beam);
const parser = width > 0 ? new BeamParser(network, { width }) : new NeuralParser(network);
await parser.parse(test); // the compilers warm up
const wall: number[] = [], cpu: number[] = [];
for (let i = 0; i < Number(repetitions); i++) {
  const begun = performance.now(), used = process.cpuUsage();
  await parser.parse(test);
  const { user, system } = process.cpuUsage(used);
  wall.push((performance.now() - begun) / 1000);
  cpu.push((user + system) / 1e6);
}
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
const words = test.reduce((sum, sentence) => sum + sentence.words.length, 0);
console.log(JSON.stringify({
  ...{ engine: found.description, isTrained },
  sentencesPerSecond: test.length / median(wall),
  wordsPerSecond: words / median(wall),
  sentencesPerCpuSecond: test.length / median(cpu),
  wordsPerCpuSecond: words / median(cpu),
}));

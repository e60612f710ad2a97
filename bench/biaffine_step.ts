/**
 * Times training steps and parsing of the biaffine parser and prints one JSON line; bench/torch_biaffine.py
 * does the same: `biaffine_step.ts '<sizes as JSON>' <batch tokens> <steps> <threads>`.
 *
 * @module
 */
import process from "node:process";
import { engine } from "#lib/engine/mod.ts";
import { adam, train } from "#lib/nn/mod.ts";
import {
  type BiaffineBatch,
  BiaffineNetwork,
  BiaffineParser,
  type BiaffineSizes,
  type Sentence,
  SymbolTable,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const [sizesJson, tokens, steps, threads] = Deno.args;
const sizes: BiaffineSizes = JSON.parse(sizesJson);
const counts = { words: 10_000, tags: 50, affixes: 0, labels: 51 };
const random = seeded(1);
const found = await engine({ threads: Number(threads) });
const network = new BiaffineNetwork(found, { sizes, counts, random });

/** Sentences of 16 and 17 tokens (ROOT included), as batches by length have, as many as there is room for, chain trees. */
function lengthsOf(tokens: number): number[] {
  const lengths: number[] = [];
  let total = 0;
  for (let length = 16; total + length <= tokens; length = 16 + lengths.length % 2) {
    lengths.push(length);
    total += length;
  }
  return lengths;
}

const lengths = lengthsOf(Number(tokens));
const places = Int32Array.from(lengths.flatMap((length) => [...Array(length).keys()]));
const words = places.map(() => Math.floor(random() * counts.words));
const batch: BiaffineBatch = {
  lengths: Int32Array.from(lengths),
  ...{ words, tags: words.map((word) => word % counts.tags), affixes: new Int32Array(0) },
  heads: places.map((at) => at - 1),
  labels: places.map((at) => at === 0 ? -1 : at % counts.labels),
};

interface Timing {
  medianMs: number;
  cpuMinMs: number;
}

/** Times the steps a loop makes, but for the first three. */
async function timed(loop: AsyncIterable<unknown>): Promise<Timing> {
  const wall: number[] = [], cpu: number[] = [];
  let [last, used] = [performance.now(), process.cpuUsage()];
  for await (const _ of loop) {
    const { user, system } = process.cpuUsage(used);
    wall.push(performance.now() - last);
    cpu.push((user + system) / 1000);
    [last, used] = [performance.now(), process.cpuUsage()];
  }
  const [kept, cpuKept] = [wall.slice(3), cpu.slice(3)];
  kept.sort((a, b) => a - b);
  return { medianMs: kept[kept.length >> 1], cpuMinMs: Math.min(...cpuKept) };
}

const total = Number(steps) + 3;
const training = train(network, () => new Array<BiaffineBatch>(total).fill(batch), {
  optimizer: adam({ rate: 2e-3, beta1: 0.9, beta2: 0.9, epsilon: 1e-12 }),
  ...{ clipNorm: 5, random },
});

const names = (count: number, start: string) =>
  new SymbolTable(Array.from({ length: count }, (_, i) => `${start}${i}`));
const lexicon = {
  ...{ words: names(counts.words, "w"), tags: names(counts.tags, "t"), affixes: names(2, "a") },
  labels: names(counts.labels, "r"),
};
const parser = new BiaffineParser({ network, lexicon, rootLabel: "r0" });
const sentences: Sentence[] = lengths.map((length) => {
  const ids = Array.from({ length: length - 1 }, () => Math.floor(random() * counts.words));
  return { words: ids.map((id) => `w${id}`), tags: ids.map((id) => `t${id % counts.tags}`) };
});
async function* parsing(): AsyncGenerator<void, void, void> {
  for (let i = 0; i < total; i++) {
    await parser.parse(sentences);
    yield;
  }
}

console.log(JSON.stringify({
  engine: found.description,
  sentences: lengths.length,
  train: await timed(training),
  parse: await timed(parsing()),
}));

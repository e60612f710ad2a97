import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import {
  firstSeeds,
  type RecordedRun,
  type RecordedSeed,
  type ScoredSeed,
  seedSummary,
  structuredParser,
} from "#lib/tables/mod.ts";
import { seededRow } from "#lib/tables/_seeded_rows.ts";
import { isOfMoreSeeds } from "#lib/tables/recorded_seeds.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";
import { smallNetwork } from "../parser/neural/_small.ts";
import { SMALL_TREEBANK } from "../parser/_small_treebank.ts";
import { oneSentence, sentence } from "./_one_sentence.ts";

const options = { scale: "quick", data: {}, report: () => {} } as const;

/** A row whose parser of seed n has its first n − 1 words wrong, and took 10 n seconds. */
function rowOf(freed: number[]) {
  return seededRow(oneSentence, {
    ...{ id: "own", system: "Own", published: {}, spec: null },
    open: ({ seed }) => {
      const heads = sentence.tree.heads.map((head, i) => i < seed - 1 ? 3 : head);
      return Promise.resolve({
        parser: { parse: () => Promise.resolve([{ ...sentence.tree, heads }]) },
        log: { validations: [seed], seconds: 10 * seed, cpuSeconds: seed },
        more: () => ({ parameters: 7 }),
        dispose: () => freed.push(seed),
      });
    },
  });
}

Deno.test("a row is the mean over its seeds, and the range of their test scores", async () => {
  const freed: number[] = [], seeds: ScoredSeed[] = [];
  for (const seed of [1, 2, 3]) seeds.push(await rowOf(freed).score(options, seed));
  assertEquals(seeds.map(({ metrics }) => metrics.uas), [100, 75, 50]);
  const { metrics, validationCurve } = seedSummary(seeds);
  assertAlmostEquals(metrics.uas, (100 + 75 + 50) / 3);
  assertEquals([metrics.uasLeast, metrics.uasMost], [50, 100]);
  assertEquals([metrics.devUas, metrics.trainSeconds, metrics.parameters], [75, 20, 7]);
  assertEquals([metrics.seeds, validationCurve], [3, [1]]);
  assertEquals(freed, [1, 2, 3]);
});

Deno.test("a quick row, and single sentences, are scored by the first seed's parser", async () => {
  const freed: number[] = [];
  const [score] = await rowOf(freed).testScores!(options);
  assertEquals([score.uas, freed], [100, [1]]);
  const metrics = await rowOf(freed).measure(options);
  assertEquals([metrics.seeds, metrics.uas, metrics.uasLeast], [1, 100, undefined]);
});

Deno.test("a row takes the recorded seeds before one that is missing or of another run", () => {
  const run = (seed: number, spec: string) => ({ seed, spec }) as RecordedSeed;
  const taken = (...kept: (RecordedSeed | undefined)[]) =>
    firstSeeds(kept, "now").map(({ seed }) => seed);
  assertEquals(taken(run(1, "now"), run(2, "now"), run(3, "now")), [1, 2, 3]);
  assertEquals(taken(run(1, "now"), undefined, run(3, "now")), [1]);
  assertEquals(taken(run(1, "now"), run(2, "before"), run(3, "now")), [1]);
  assertEquals(taken(undefined, run(2, "now")), []);
});

Deno.test("a recorded row stays where it is of more seeds of the same run", () => {
  const row = (seeds: number, spec: string) => ({ metrics: { seeds }, spec });
  const stays = (recorded: ReturnType<typeof row> | undefined) =>
    isOfMoreSeeds(recorded as unknown as RecordedRun, row(1, "now") as unknown as ScoredSeed);
  assertEquals(
    [row(3, "now"), row(1, "now"), row(3, "before"), undefined].map(stays),
    [true, false, false, false],
  );
});

permittedTest("structured training is kept for the network it started from alone", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const found = await engine({ prefer: "wasm" }), { memory } = found.tf;
    const treebank = { train: SMALL_TREEBANK, dev: SMALL_TREEBANK, test: SMALL_TREEBANK };
    const train = async (kind: "perceptron" | "global", change = 0) => {
      const network = smallNetwork(found), told: string[] = [];
      found.values(network.parameters.b_1)[0] += change;
      const report = (message: string) => told.push(message);
      const shared = { ...options, scale: "full", report, treebank, engine: found } as const;
      try {
        const trained = await structuredParser(kind, {
          ...{ network, options: { ...shared, id: kind, seed: 1 } },
        });
        trained.dispose();
      } finally {
        network.dispose();
      }
      return told.length;
    };
    const before = memory().numTensors;
    for (const kind of ["perceptron", "global"] as const) {
      assertEquals([await train(kind), await train(kind)], [3, 0]);
      await assertRejects(() => train(kind, 0.1), SyntaxError, "expected the run");
    }
    assertEquals(memory().numTensors, before);
  }));

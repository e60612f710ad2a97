import { join } from "node:path";
import { tmpdir } from "node:os";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  type BiaffineParser,
  biaffineTraining,
  loadBiaffineParser,
  saveBiaffineParser,
  scoreTrees,
  trainBiaffineParser,
  treeProblem,
} from "#lib/parser/mod.ts";
import { biaffineLexicon } from "#lib/parser/biaffine/biaffine_lexicon.ts";
import { bucketedBatches } from "#lib/parser/biaffine/biaffine_batch.ts";
import { loadCheckpoint, type TrainingState } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { randomTreebank } from "../graph/_own_treebank.ts";

const SIZES = {
  ...{ wordWidth: 16, tagWidth: 8, layers: 1, units: 16, arcUnits: 16, labelUnits: 8, drop: 0 },
};
const TREEBANK = randomTreebank(20, seeded(1), { projective: false });

Deno.test("learns 20 sentences by heart, crossing arcs and labels too", async () => {
  const parser = await trainBiaffineParser(TREEBANK, {
    ...{ sizes: SIZES, epochs: 40, leastCount: 1, batchTokens: 40, rate: 0.01 },
  });
  const { uas, las } = scoreTrees(TREEBANK, await parser.parse(TREEBANK));
  assertEquals([uas, las], [100, 100]);
  parser.dispose();
});

Deno.test("affixes tell unknown words apart", async () => {
  const sentence = (first: string, isVerb: boolean) => ({
    ...{ words: [first, "it"], tags: ["X", "X"] },
    tree: isVerb
      ? { heads: [0, 1], labels: ["root", "obj"] }
      : { heads: [2, 0], labels: ["nsubj", "root"] },
  });
  const stems = ["walk", "talk", "jump", "turn", "look", "work", "play", "call", "plan", "rest"];
  const treebank = stems.flatMap((
    stem,
  ) => [sentence(`${stem}ing`, true), sentence(`${stem}er`, false)]);
  const parser = await trainBiaffineParser(treebank, {
    ...{ sizes: { ...SIZES, drop: 0.2 }, epochs: 40, batchTokens: 20, rate: 0.01, affixes: true },
  });
  const unseen = [sentence("dancing", true), sentence("dancer", false)];
  assertEquals(scoreTrees(unseen, await parser.parse(unseen)).las, 100);
  parser.dispose();
});

testEngines(
  "an untrained parser gives trees with one root, which alone is labelled root",
  async () => {
    let parser: BiaffineParser | undefined;
    for await (const report of biaffineTraining(TREEBANK, { sizes: SIZES })) {
      parser = report.parser;
      break;
    }
    const trees = await parser!.parse([{ words: [], tags: [] }, ...randomTreebank(40, seeded(2))]);
    assertEquals(trees[0], { heads: [], labels: [] });
    const untagged = { words: ["Dogs", "bark", "."], tags: ["NNS"] };
    assertThrows(
      () => parser!.parse([TREEBANK[0], untagged]),
      RangeError,
      '"Dogs bark .": expected a tag for each of 3 words, got 1',
    );
    for (const { heads, labels } of trees.slice(1)) {
      assertEquals(treeProblem(heads), undefined);
      heads.forEach((head, i) => assertEquals(labels[i] === "root", head === 0));
    }
    const scores = parser!.headScores(TREEBANK[0]);
    for (let word = 1; word <= scores.words; word++) {
      let sum = 0;
      for (let head = 0; head <= scores.words; head++) sum += Math.exp(scores.at(head, word));
      assert(Math.abs(sum - 1) < 1e-4, `${sum}`);
    }
    parser!.dispose();
  },
);

Deno.test("a file gives the parser back, and its training", async () => {
  const folder = mkdtempSync(join(tmpdir(), "biaffine-"));
  const path = join(folder, "parser.safetensors"), options = { sizes: SIZES, epochs: 3 };
  try {
    let saved: TrainingState | undefined;
    for await (
      const { step, parser, state } of biaffineTraining(TREEBANK, {
        ...options,
        batchTokens: 40,
        reportEvery: 1,
      })
    ) {
      if (step === 4) await saveBiaffineParser(parser, path, { training: saved = state() });
      if (step < 8) continue;
      parser.dispose();
      break;
    }
    const parser = await loadBiaffineParser(path);
    const { training } = await loadCheckpoint(path);
    assertEquals(training?.step, 4);
    assertEquals(training?.random, saved?.random);
    parser.dispose();
    const whole = await trainBiaffineParser(TREEBANK, { ...options, batchTokens: 40 });
    const resumed = await trainBiaffineParser(TREEBANK, {
      ...options,
      batchTokens: 40,
      resume: training,
    });
    assertEquals(await resumed.parse(TREEBANK), await whole.parse(TREEBANK));
    await saveBiaffineParser(whole, path);
    const read = await loadBiaffineParser(path);
    assertEquals(await read.parse(TREEBANK), await whole.parse(TREEBANK));
    for (const each of [whole, resumed, read]) each.dispose();
    writeFileSync(path, "no parser");
    await assertRejects(() => loadBiaffineParser(path), SyntaxError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("batches hold every sentence once, of nearly equal length, in a new order each epoch", () => {
  const lexicon = biaffineLexicon(TREEBANK),
    epoch = bucketedBatches(TREEBANK, lexicon, { tokens: 30 });
  const [one, other] = [1, 2].map((
    seed,
  ) => [...epoch(seeded(seed)) as Iterable<{ lengths: Int32Array }>]);
  for (const batches of [one, other]) {
    const lengths = batches.flatMap(({ lengths }) => [...lengths]);
    assertEquals(lengths.length, TREEBANK.length);
    assert(batches.every(({ lengths }) => lengths.reduce((a, b) => a + b) <= 30));
    assert(batches.every(({ lengths }) => Math.max(...lengths) - Math.min(...lengths) <= 1));
  }
  assert(JSON.stringify(one) !== JSON.stringify(other));
});

Deno.test("a treebank without a usable tree is refused", async () => {
  const none = [{ words: ["a"], tags: ["X"], tree: { heads: [1], labels: ["x"] } }];
  await assertRejects(() => trainBiaffineParser(none), RangeError, "Cannot train a parser");
});

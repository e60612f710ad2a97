import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { adagrad } from "#lib/nn/mod.ts";
import {
  CHEN_MANNING_RECIPE,
  CHEN_MANNING_SHAPE,
  isProjective,
  NeuralParser,
  neuralTraining,
  type NeuralTrainingReport,
  scoreTrees,
} from "#lib/parser/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { SMALL_TREEBANK } from "../_small_treebank.ts";

const TREES = SMALL_TREEBANK.filter(({ tree }) => isProjective(tree.heads));
const recipe = {
  ...CHEN_MANNING_RECIPE,
  ...{ epochs: 60, batch: 20, optimizer: adagrad({ rate: 0.05, epsilon: 1e-3 }) },
};

testEngines("Chen & Manning's network learns the small treebank by heart", async (engine) => {
  const shape = { ...CHEN_MANNING_SHAPE, widths: { w: 10, t: 10, l: 10, x: 0 }, hidden: [40] };
  let last: NeuralTrainingReport | undefined, first = NaN;
  for await (const report of neuralTraining(engine, TREES, { shape, recipe, cutoff: 1 })) {
    if (Number.isNaN(first)) first = report.loss;
    last = report;
  }
  const { network, examples, loss } = last!;
  assert(loss < 0.3 * first, `loss ${first} → ${loss}`);
  assertEquals(examples, 24);
  const parser = new NeuralParser(network);
  assertEquals(await parser.parse(TREES), TREES.map(({ tree }) => tree));
  parser.dispose();
  network.dispose();
});

testEngines("the epoch best on dev is kept", async (engine) => {
  const shape = { ...CHEN_MANNING_SHAPE, widths: { w: 3, t: 3, l: 3, x: 0 }, hidden: [5] };
  const options = { shape, recipe: { ...recipe, epochs: 4 }, cutoff: 1, dev: TREES };
  const scores: number[] = [];
  let last: NeuralTrainingReport | undefined;
  for await (const report of neuralTraining(engine, TREES, options)) {
    if (report.devUas !== undefined) scores.push(report.devUas);
    last = report;
  }
  assertEquals(scores.length, 4);
  const parser = new NeuralParser(last!.network);
  assertAlmostEquals(scoreTrees(TREES, await parser.parse(TREES)).uas, Math.max(...scores), 1e-9);
  parser.dispose();
  last!.network.dispose();
});

import { assert, assertEquals } from "@std/assert";
import { adam } from "#lib/nn/mod.ts";
import {
  BeamParser,
  globalTraining,
  isProjective,
  perceptronTraining,
  type PerceptronTrainingReport,
} from "#lib/parser/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { permittedTest } from "../../_support/permitted.ts";
import { SMALL_TREEBANK } from "../_small_treebank.ts";
import { SMALL_SHAPE, smallNetwork } from "./_small.ts";

const TREES = SMALL_TREEBANK.filter(({ tree }) => isProjective(tree.heads));
const SHAPE = { ...SMALL_SHAPE, hidden: [50, 20], activation: "tanh", outputBias: true } as const;
const GOLD = TREES.map(({ tree }) => tree);

permittedTest(
  "the perceptron learns the small treebank on an untrained network",
  ["read"],
  async () => {
    const network = smallNetwork(await engine({ prefer: "wasm" }), { shape: SHAPE });
    let last: PerceptronTrainingReport | undefined;
    const options = { width: 4, epochs: 40, batch: 2, dev: TREES };
    for await (const report of perceptronTraining(network, TREES, options)) last = report;
    const { perceptron, devUas } = last!;
    assert(devUas! > 90, `${devUas}`);
    const parser = new BeamParser(network, { width: 4, scores: perceptron });
    const trees = await parser.parse(TREES);
    assertEquals(trees.map(({ heads }) => heads), GOLD.map(({ heads }) => heads));
    for (const each of [parser, perceptron, network]) each.dispose();
  },
);

permittedTest("global training learns the small treebank by heart", ["read"], async () => {
  const network = smallNetwork(await engine({ prefer: "wasm" }), { shape: SHAPE });
  const options = { width: 4, epochs: 40, batch: 5, optimizer: adam({ rate: 0.02 }) };
  const losses: number[] = [];
  for await (const { loss } of globalTraining(network, TREES, options)) losses.push(loss);
  assert(losses.at(-1)! < 0.2 * losses[0], `${losses[0]} → ${losses.at(-1)}`);
  const parser = new BeamParser(network, { width: 4, scores: "network" });
  assertEquals(await parser.parse(TREES), GOLD);
  for (const each of [parser, network]) each.dispose();
});

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCheckpoint, parseWordVectors, saveCheckpoint } from "#lib/nn/mod.ts";
import {
  loadNetwork,
  loadPerceptron,
  neuralLexicon,
  NeuralParser,
  saveNetwork,
  savePerceptron,
  StructuredPerceptron,
  TransitionNetwork,
  transitionTask,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { SMALL_TREEBANK } from "../_small_treebank.ts";
import { SMALL_SHAPE, smallNetwork } from "./_small.ts";

testEngines("a saved network parses as before and brings its notes", async (engine) => {
  const folder = await Deno.makeTempDir(), path = join(folder, "network");
  const shape = { ...SMALL_SHAPE, widths: { ...SMALL_SHAPE.widths, x: 3 } };
  const network = smallNetwork(engine, { shape });
  await saveNetwork(network, path, { notes: { epochs: 3 } });
  const loaded = await loadNetwork(engine, path);
  const parsers = [network, loaded.network].map((each) => new NeuralParser(each));
  const [before, after] = await Promise.all(parsers.map((parser) => parser.parse(SMALL_TREEBANK)));
  assertEquals(after, before);
  assertEquals(loaded.notes, { epochs: 3 });
  writeFileSync(path, "nonsense");
  await assertRejects(() => loadNetwork(engine, path), SyntaxError);
  for (const each of [...parsers, network, loaded.network]) each.dispose();
  await Deno.remove(folder, { recursive: true });
});

testEngines("parameters of other sizes are refused, and nothing is left behind", async (engine) => {
  const folder = await Deno.makeTempDir(), path = join(folder, "network");
  const network = smallNetwork(engine), { vocabulary } = await saved(network, path);
  const wider = smallNetwork(engine, { shape: { ...SMALL_SHAPE, hidden: [8] } });
  const { config } = await saved(wider, path);
  await saveCheckpoint(path, { model: network, config, vocabulary });
  await assertRejects(() => loadNetwork(engine, path), SyntaxError, `Cannot load ${path}: `);
  const perceptron = new StructuredPerceptron(network);
  perceptron.weights[3] = 5;
  await savePerceptron(perceptron, path);
  const loaded = await loadPerceptron(network, path);
  assertEquals(loaded.perceptron.weights, perceptron.weights);
  await assertRejects(() => loadPerceptron(wider, path), SyntaxError, "weights on this network");
  for (const each of [network, wider, perceptron, loaded.perceptron]) each.dispose();
  await Deno.remove(folder, { recursive: true });
});

async function saved(network: TransitionNetwork, path: string) {
  await saveNetwork(network, path);
  return await loadCheckpoint(path);
}

testEngines(
  "words start with the vectors given, in any case",
  (engine) => {
    const vectors = parseWordVectors("has 1 2 3 4 5\nhe 6 7 8 9 10\nzebra 0 0 0 0 1\n");
    const task = transitionTask(SMALL_TREEBANK, { cutoff: 1 }), random = seeded(1);
    const network = new TransitionNetwork(engine, { shape: SMALL_SHAPE, task, vectors, random });
    const row = (word: string) => {
      const at = task.lexicon.words.id(word);
      return [...engine.values(network.parameters.E_w).subarray(5 * at, 5 * at + 5)];
    };
    assertEquals([row("has"), row("He")], [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]);
    network.dispose();
    const narrow = parseWordVectors("has 1\n");
    assertThrows(
      () => new TransitionNetwork(engine, { shape: SMALL_SHAPE, task, vectors: narrow, random }),
      RangeError,
      "expected 5 numbers each, got 1",
    );
  },
);

Deno.test("words below the cutoff are known by their vectors, in any case", () => {
  const { words } = neuralLexicon(SMALL_TREEBANK, { cutoff: 2, further: ["he", "has", "zebra"] });
  assertEquals(["he", "has"].every((word) => words.names.includes(word)), true);
  assertEquals(["He", "She", "zebra"].some((word) => words.names.includes(word)), false);
});

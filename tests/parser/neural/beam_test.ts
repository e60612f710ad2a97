import type { Scalar } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  beamLoss,
  BeamParser,
  Configuration,
  globalModel,
  isProjective,
  type Move,
  NeuralParser,
  searchBatch,
  searchSentence,
  searchWithGold,
  StructuredPerceptron,
  TabledNetwork,
  type TransitionNetwork,
} from "#lib/parser/mod.ts";
import { isWrong, updateOf } from "../../../lib/parser/neural/perceptron_training.ts";
import { numbered, plainRows, TokenRows } from "../../../lib/parser/neural/token_rows.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { SMALL_TREEBANK } from "../_small_treebank.ts";
import { SMALL_SHAPE, smallNetwork } from "./_small.ts";

const TREES = SMALL_TREEBANK.filter(({ tree }) => isProjective(tree.heads));
const DEEP = { ...SMALL_SHAPE, hidden: [6, 5], activation: "tanh", outputBias: true } as const;

function scoresOf(network: TransitionNetwork): (inputs: Int32Array) => Float32Array {
  const { tf, values } = network.engine;
  return (inputs) => {
    let scores: Float32Array = new Float32Array();
    tf.tidy(() => {
      scores = values(network.scores(network.hiddenLayers(inputs).at(-1)!)).slice();
    });
    return scores;
  };
}

function search(network: TransitionNetwork, width: number, trees = TREES) {
  const { task, shape, groups } = network;
  const sentences = trees.map((sentence) => searchSentence(sentence, task));
  const numbers = plainRows(groups), scores = scoresOf(network);
  return searchWithGold(sentences, { task, shape, numbers, width, scores });
}

testEngines("a beam of 1 is greedy, whatever is added up", async (engine) => {
  const network = smallNetwork(engine, { shape: DEEP });
  const greedy = new NeuralParser(network), expected = await greedy.parse(SMALL_TREEBANK);
  for (const scores of ["network", "log probabilities"] as const) {
    const parser = new BeamParser(network, { width: 1, scores, batch: 4 });
    assertEquals(await parser.parse(SMALL_TREEBANK), expected);
    parser.dispose();
  }
  assertThrows(() => new BeamParser(network, { width: 0 }), RangeError, "got 0");
  greedy.dispose();
  network.dispose();
});

testEngines("calls at the same time give the trees of each alone", async (engine) => {
  const network = smallNetwork(engine), reversed = SMALL_TREEBANK.toReversed();
  const parsers = [
    new NeuralParser(network, { tabled: 4, batch: 2 }),
    new BeamParser(network, { tabled: 4, batch: 4, width: 2 }),
  ];
  const { now } = performance;
  let time = 0;
  performance.now = () => time += 100; // the event loop gets a turn after every step
  try {
    for (const parser of parsers) {
      const alone = [await parser.parse(SMALL_TREEBANK), await parser.parse(reversed)];
      const together = [parser.parse(SMALL_TREEBANK), parser.parse(reversed)];
      assertEquals(await Promise.all(together), alone);
    }
  } finally {
    performance.now = now;
  }
  for (const each of [...parsers, network]) each.dispose();
});

testEngines("a stretch that fails does not stop the next", async (engine) => {
  const network = smallNetwork(engine), tabled = new TabledNetwork(network, { tabled: 8 });
  const all = TREES.map((sentence) => searchSentence(sentence, network.task).rows);
  const failing = tabled.inStretches(all, () => Promise.reject(new Error("stopped")));
  const ends: number[] = [];
  const next = tabled.inStretches(all, (_, end) => Promise.resolve(void ends.push(end)));
  await assertRejects(() => failing, Error, "stopped");
  await next;
  assertEquals(ends, [all.length]);
  for (const each of [tabled, network]) each.dispose();
});

testEngines("wider beams find ways of higher scores, and report them falling", async (engine) => {
  const network = smallNetwork(engine, { shape: DEEP });
  const best: number[][] = [];
  for (const width of [1, 4, 30]) {
    const parser = new BeamParser(network, { width, scores: "network" });
    const found = await Promise.all(TREES.map((sentence) => parser.parseToBeam(sentence)));
    for (const [i, items] of found.entries()) {
      assertEquals(items[0].tree, (await parser.parse([TREES[i]]))[0]);
      for (let k = 1; k < items.length; k++) assert(items[k - 1].score >= items[k].score);
    }
    best.push(found.map(([{ score }]) => score));
    parser.dispose();
  }
  for (const [i, score] of best[2].entries()) {
    assert(score >= best[1][i] - 1e-5 && score >= best[0][i] - 1e-5);
  }
  network.dispose();
});

/** log Σ exp over every way to parse a sentence, and the score of the right one. */
function enumerated(network: TransitionNetwork, sentence: (typeof TREES)[number]) {
  const { task, shape, groups } = network, { system, legal } = task;
  const numbers = plainRows(groups), tokens = new TokenRows(groups, shape.depths, numbers);
  const { rows, gold } = searchSentence(sentence, task), scores = scoresOf(network);
  const inputs = new Int32Array(tokens.size), all: number[] = [];
  let right = NaN;
  const visit = (c: Configuration, { step, score, isGold }: Record<"step" | "score", number> & {
    isGold: boolean;
  }): void => {
    if (system.isTerminal(c)) {
      all.push(score);
      if (isGold) right = score;
      return;
    }
    tokens.read(c, numbered(rows, numbers), inputs, 0);
    const found = scores(inputs);
    for (const t of legal.list(legal.code(c))) {
      const next = c.copy();
      system.apply(next, legal.inventory.moves[t] as Move, legal.inventory.labels[t]);
      const more = { step: step + 1, score: score + found[t], isGold: isGold && gold[step] === t };
      visit(next, more);
    }
  };
  visit(new Configuration(sentence.words.length), { step: 0, score: 0, isGold: true });
  const largest = Math.max(...all);
  const logZ = largest + Math.log(all.reduce((sum, s) => sum + Math.exp(s - largest), 0));
  return { loss: logZ - right, ways: all.length };
}

testEngines("a beam that holds every way gives the exact loss", (engine) => {
  const unlabelled = TREES.map((sentence) => ({
    ...sentence,
    tree: { ...sentence.tree, labels: sentence.words.map(() => "_") },
  }));
  const network = smallNetwork(engine, { shape: DEEP, treebank: unlabelled });
  const short = unlabelled.filter(({ words }) => words.length <= 3);
  for (const sentence of short) {
    const { loss, ways } = enumerated(network, sentence);
    const trace = search(network, 100, [sentence]);
    const found = beamLoss(trace, network.task.legal.inventory.size);
    assertAlmostEquals(found.loss, loss, 1e-4 * Math.max(1, loss));
    assertEquals(found.posteriors[0].length, ways);
    assertAlmostEquals(found.posteriors[0].reduce((sum, p) => sum + p, 0), 1, 1e-9);
  }
  assertEquals(short.length, 2);
  network.dispose();
});

for (const width of [2, 20]) {
  testEngines(`beam ${width}: slopes of the loss agree with finite differences`, (engine) => {
    const { tf, values } = engine;
    const network = smallNetwork(engine, { shape: DEEP });
    const sentences = TREES.slice(1, 4).map((each) => searchSentence(each, network.task));
    const batch = searchBatch(network, sentences, { width });
    const context = { training: true, random: seeded(1) };
    const J = () => globalModel(network).loss(batch, context) as Scalar;
    const { value, grads } = tf.variableGrads(J);
    for (const [name, variable] of Object.entries(network.parameters)) {
      const g = values(grads[variable.name]).slice(), start = values(variable).slice();
      const norm = Math.hypot(...g), h = 2e-3;
      const at = (h: number) => {
        values(variable).set(start.map((theta, i) => theta + h * g[i] / norm));
        return lossOf(network, sentences, width);
      };
      const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      values(variable).set(start);
      assertAlmostEquals(slope, norm, 0.02 * norm + 2e-3, name);
    }
    tf.dispose([value, grads]);
    network.dispose();
  });
}

function lossOf(
  network: TransitionNetwork,
  sentences: ReturnType<typeof searchSentence>[],
  width: number,
): number {
  return searchBatch(network, sentences, { width }).loss;
}

testEngines("sentences alone and together have the same loss and slopes", (engine) => {
  const network = smallNetwork(engine, { shape: DEEP });
  const gradientOf = (trees: typeof TREES) => {
    const { tf, values } = engine;
    const sentences = trees.map((each) => searchSentence(each, network.task));
    const batch = searchBatch(network, sentences, { width: 3 });
    const model = globalModel(network), context = { training: true, random: seeded(1) };
    const { value, grads } = tf.variableGrads(() => model.loss(batch, context));
    const g = values(grads[network.parameters.W_2.name]).map((v) => v * trees.length);
    tf.dispose([value, grads]);
    return g;
  };
  const together = gradientOf(TREES), alone = TREES.map((each) => gradientOf([each]));
  together.forEach((g, i) =>
    assertAlmostEquals(g, alone.reduce((sum, each) => sum + each[i], 0), 1e-4)
  );
  network.dispose();
});

testEngines(
  "perceptron: with v = 0 the gold way soon falls out; an update parts the two ways",
  (engine) => {
    const network = smallNetwork(engine, { shape: DEEP }), { task, shape } = network;
    const perceptron = new StructuredPerceptron(network);
    const tabled = new TabledNetwork(network, { tabled: 100 });
    const sentences = TREES.map((each) => searchSentence(each, task));
    const scores = (inputs: Int32Array, codes: Int32Array) =>
      perceptron.scores(tabled, { inputs, codes });
    const steps: Float32Array[] = [perceptron.weights.slice()];
    for (const sentence of sentences) {
      const options = { task, shape, numbers: tabled.numbers, width: 2, scores };
      const trace = searchWithGold([sentence], options), [end] = trace.ends;
      if (steps.length === 1) assert(!end.holdsGold && trace.codes.length <= 8, "no early update");
      if (!isWrong(end)) continue;
      const update = updateOf(trace, trace.ends);
      const difference = () => {
        const found = perceptron.scores(tabled, update), { size } = task.legal.inventory;
        return update.transitions.reduce(
          (sum, t, i) => sum + update.signs[i] * found[i * size + t],
          0,
        );
      };
      const before = difference();
      perceptron.update(tabled, update);
      const after = perceptron.weights.slice(), last = steps.at(-1)!;
      const squares = after.reduce((sum, v, i) => sum + (v - last[i]) ** 2, 0);
      assertAlmostEquals(difference() - before, squares, 1e-3 * squares + 1e-4); // ‖Δφ‖²
      steps.push(after);
    }
    assert(steps.length > 3);
    perceptron.putAverage();
    perceptron.weights.forEach((v, i) =>
      assertAlmostEquals(v, steps.reduce((sum, each) => sum + each[i], 0) / steps.length, 1e-4)
    );
    perceptron.takeAverage();
    assertEquals([...perceptron.weights], [...steps.at(-1)!]);
    for (const each of [perceptron, tabled, network]) each.dispose();
  },
);

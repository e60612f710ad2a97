/** What dropout is worth, exactly: all masks of small models, tried one by one. */
import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { type Examples, labelled } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import * as ff from "#lib/feedforward/mod.ts";
import { checkGradients, logSoftmax, momentum, softmax, train } from "#lib/nn/mod.ts";
import { normal, seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";

/**
 * The logits of one example under each mask of three inputs that the layer's own dropout draws, by
 * which of them were kept. (With all features 1 and the weights 1, 2, 4 the first logit tells which.)
 */
function logitsByMask(engine: Engine, x: number[], W: number[]): Map<number, number[]> {
  const { tf, values } = engine, random = seeded(1);
  const make = (weights: number[]) => {
    const model = new ff.MultilayerPerceptron(engine, {
      ...{ features: 3, hidden: [], classes: 2, inputDropout: 0.5, random },
    });
    values(model.parameters.U).set(weights);
    return model;
  };
  const model = make(W), spy = make([1, 0, 2, 0, 4, 0]);
  const found = new Map<number, number[]>();
  for (let seed = 0; found.size < 8 && seed < 1000; seed++) {
    tf.tidy(() => {
      const under = (
        m: ff.MultilayerPerceptron,
        row: number[],
      ) => [...m.logits(tf.tensor2d([row]), { training: true, random: seeded(seed) }).dataSync()];
      found.set(Math.round(under(spy, [1, 1, 1])[0] / 2), under(model, x)); // kept ones are doubled
    });
  }
  model.dispose();
  spy.dispose();
  return found;
}

testEngines("the mean over all masks is the output at test time", (engine) => {
  const x = [0.3, -1, 2], W = [1, 0.5, -0.2, 3, 0.7, -1]; // [3, 2]
  const all = logitsByMask(engine, x, W);
  assert(all.size === 8, `only ${all.size} masks were drawn`);
  for (const c of [0, 1]) {
    const mean = all.values().reduce((sum, logits) => sum + logits[c], 0) / 8;
    assertAlmostEquals(mean, x.reduce((sum, v, j) => sum + v * W[2 * j + c], 0), 1e-5);
  }
});

testEngines("before a softmax, it is the normalised geometric mean of the nets", (engine) => {
  const x = [0.3, -1, 2], W = [1, 0.5, -0.2, 3, 0.7, -1];
  const logMean = [0, 0];
  for (const logits of logitsByMask(engine, x, W).values()) {
    logSoftmax(logits).forEach((v, c) => logMean[c] += v / 8);
  }
  const test = softmax([0, 1].map((c) => x.reduce((sum, v, j) => sum + v * W[2 * j + c], 0)));
  softmax(logMean).forEach((p, c) => assertAlmostEquals(p, test[c], 1e-5));
});

/** Noisy points of five features. */
function noisy(count: number): Examples {
  const random = seeded(3);
  return labelled(Array.from({ length: count }, () => {
    const x = Array.from({ length: 5 }, () => normal(random));
    return { x, label: x[0] - 0.5 * x[1] + normal(random) > 0 ? 1 : 0 };
  }));
}

const weights = Float64Array.of(0.4, -0.3, 0.2, 0.1, -0.5);

Deno.test("expected loss and adaptive L2: gradients are those of finite differences", () => {
  const examples = noisy(7);
  for (const f of [ff.expectedDropoutLoss, ff.adaptiveL2Penalty]) {
    const w = weights.slice();
    checkGradients(() => {
      const { loss, gradient } = f(examples, { weights: w, rate: 0.3 });
      return { loss, gradients: { w: gradient } };
    }, { w });
  }
});

Deno.test("the expected loss is the mean over sampled masks, and no less than the loss", () => {
  const examples = noisy(4), rate = 0.4, random = seeded(5);
  const exact = ff.expectedDropoutLoss(examples, { weights, rate }).loss;
  const lossWith = (x: Float32Array) =>
    ff.expectedDropoutLoss({ ...examples, x }, { weights, rate: 0 }).loss;
  let sum = 0;
  const draws = 5_000;
  for (let i = 0; i < draws; i++) {
    sum += lossWith(examples.x.map((v) => random() < rate ? 0 : v / (1 - rate)));
  }
  assertAlmostEquals(sum / draws, exact, 0.01);
  assert(exact > lossWith(examples.x)); // Jensen: −log σ is convex
});

Deno.test("dropout adds the adaptive L2 term, up to terms of higher order", () => {
  const examples = noisy(200);
  const relative = (scale: number) => {
    const question = { weights: weights.map((w) => scale * w), rate: 0.5 };
    const added = ff.expectedDropoutLoss(examples, question).loss -
      ff.expectedDropoutLoss(examples, { ...question, rate: 0 }).loss;
    return ff.adaptiveL2Penalty(examples, question).loss / added - 1;
  };
  assert(Math.abs(relative(1)) < 0.1, `${relative(1)}`);
  assert(Math.abs(relative(0.1)) < 2e-3, `${relative(0.1)}`);
  // the error is of second order in the weights: half of them, a quarter of it
  assertAlmostEquals(relative(0.02) / relative(0.01), 4, 0.1);
});

/** The weights with the least expected loss at a rate. */
function minimiser(examples: Examples, rate: number): Float64Array {
  let parameters: Record<string, Float32Array | Float64Array> = {
    w: new Float64Array(examples.features),
  };
  // at 1 − rate → 0 a feature has an effect of 1 / (1 − rate): learn w / (1 − rate) instead
  const keep = 1 - rate, rule = momentum({ rate: 1 / keep });
  let state = rule.init(parameters);
  for (let step = 0; step < 3000; step++) {
    const scaled = Float64Array.from(parameters.w, (v) => v * keep);
    const { gradient } = ff.expectedDropoutLoss(examples, { weights: scaled, rate });
    const gradients = { w: gradient.map((g) => g * keep) };
    ({ parameters, state } = rule.update({ parameters, gradients, state }));
  }
  return Float64Array.from(parameters.w);
}

/** Documents of four words, twenty words a class; the first two always come together, as naive Bayes cannot know. */
const documents = labelled([
  ...Array(6).fill({ x: [1, 1, 0, 0], label: 1 }),
  ...Array(2).fill({ x: [1, 1, 1, 0], label: 0 }),
  ...Array(4).fill({ x: [0, 0, 1, 1], label: 0 }),
  ...Array(2).fill({ x: [0, 0, 1, 0], label: 1 }),
  ...Array(2).fill({ x: [0, 0, 0, 1], label: 1 }),
  ...Array(2).fill({ x: [0, 0, 1, 1], label: 1 }),
  ...Array(2).fill({ x: [0, 0, 1, 0], label: 0 }),
  ...Array(2).fill({ x: [1, 1, 0, 0], label: 0 }),
]);

Deno.test("in one layer dropout lies between logistic regression and naive Bayes", () => {
  const { weights } = ff.multinomialNaiveBayes(documents, { smoothing: 1e-9 });
  const bayes = [0, 1, 2, 3].map((j) => weights[2 * j + 1] - weights[2 * j]);
  const length = (v: ArrayLike<number>) => Math.hypot(...Array.from(v));
  const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, v, j) => sum + v * b[j], 0) / length(a) / length(b);
  const regression = minimiser(documents, 0);
  const at = [0, 0.25, 0.5, 0.75, 0.9, 0.999].map((rate) => minimiser(documents, rate));
  const toBayes = at.map((w) => cosine(w, bayes));
  const toRegression = at.map((w) => cosine(w, regression));
  for (let i = 1; i < at.length; i++) {
    assert(toBayes[i] > toBayes[i - 1], `${toBayes}`);
    assert(toRegression[i] < toRegression[i - 1], `${toRegression}`);
  }
  // each weight set as if it were alone: log of the ratio of counts
  at[5].forEach((w, j) => assertAlmostEquals(w, bayes[j], 0.01));
  assert(toBayes[0] < 0.98, `${toBayes}`);
});

testEngines(
  "logistic regression trained with dropout finds the expected loss's minimum",
  async (engine) => {
    const examples = noisy(40), rate = 0.3;
    const model = new ff.LogisticRegression(engine, { features: 5, inputDropout: rate });
    const averaged = new Float64Array(5);
    const options = { optimizer: momentum({ rate: 0.1 }), epochs: 2000, random: seeded(2) };
    const batches = ff.exampleBatches(examples, { size: 40 });
    let steps = 0;
    for await (const { step } of train(model, batches, options)) {
      engine.values(model.parameters.b)[0] = 0; // the expected loss has no bias
      if (step <= 200) continue;
      steps++;
      engine.values(model.parameters.W).forEach((w, j) => averaged[j] += w);
    }
    const best = minimiser(examples, rate).map((w) => w * (1 - rate));
    averaged.forEach((sum, j) => assertAlmostEquals(sum / steps, best[j], 0.05));
    model.dispose();
  },
);

Deno.test("dropout's effect is refused for what it is not defined for", () => {
  const three = labelled([{ x: [1], label: 2 }]);
  const one = Float64Array.of(1);
  assertThrows(() => ff.expectedDropoutLoss(three, { weights: one, rate: 0 }), RangeError, "got 3");
  const examples = noisy(2), wide = labelled([{ x: Array(17).fill(1), label: 1 }]);
  assertThrows(() => ff.adaptiveL2Penalty(examples, { weights, rate: 1 }), RangeError, "got 1");
  assertThrows(
    () => ff.adaptiveL2Penalty(examples, { weights: one, rate: 0 }),
    RangeError,
    "and 1",
  );
  assertThrows(
    () => ff.expectedDropoutLoss(wide, { weights: new Float64Array(17), rate: 0 }),
    RangeError,
    "16 features or less",
  );
});

/** What every output layer must satisfy. */
import type { Tensor } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import type { OutputLayer } from "#lib/rnn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { assertGradients } from "../../_support/gradients.ts";

/** Sizes of the layers tested: H = 5 units, V = 23 words, `<s>` = 1 never predicted. */
export const SIZES = { units: 5, words: 23, never: 1 } as const;

const TARGETS = [3, 0, 22, -1, 3, 7, 2, 15]; // −1: left out

/** Direct weights of hashed n-grams and the sums of their squares, which AdaGrad updates in place. */
const LEARN_BY_THEMSELVES = ["d", "G"];

/** How often each word occurs: falling, but not along the ids. */
export const COUNTS: readonly number[] = Array.from(
  { length: SIZES.words },
  (_, id) => id === SIZES.never ? 0 : Math.round(400 / (1 + (id * 7) % SIZES.words)),
);

/** States, shape [N, H]. */
export function exampleStates({ tf }: Engine, rows = TARGETS.length): Tensor {
  const random = seeded(3);
  const values = Float32Array.from({ length: rows * SIZES.units }, () => 2 * random() - 1);
  return tf.tensor(values, [rows, SIZES.units]);
}

/** Targets of those states. */
export function exampleTargets({ tf }: Engine): Tensor {
  return tf.tensor1d(TARGETS, "int32");
}

/** Registers the tests; `make` gives a layer of {@linkcode SIZES} with weights that are not small. */
export function outputLayerContract(name: string, make: (engine: Engine) => OutputLayer): void {
  testEngines(`${name}: probabilities sum to 1, and <s> has none`, (engine) => {
    const layer = make(engine);
    engine.tf.tidy(() => {
      const logP = layer.logProbabilities(exampleStates(engine));
      assertEquals(logP.shape, [TARGETS.length, SIZES.words]);
      for (const row of logP.arraySync()) {
        assertEquals(row[SIZES.never], -Infinity);
        assertAlmostEquals(row.reduce((sum, v) => sum + Math.exp(v), 0), 1, 1e-5);
      }
    });
    layer.dispose();
  });

  testEngines(`${name}: log P of targets is that of all words; the loss is its mean`, (engine) => {
    const layer = make(engine);
    engine.tf.tidy(() => {
      const states = exampleStates(engine), targets = exampleTargets(engine);
      const all = layer.logProbabilities(states).arraySync();
      const found = layer.targetLogProbabilities(states, targets).dataSync();
      const expected = TARGETS.map((target, i) => target < 0 ? 0 : all[i][target]);
      expected.forEach((logP, i) => assertAlmostEquals(found[i], logP, 2e-5, `place ${i}`));
      const mean = expected.reduce((sum, logP) => sum - logP, 0) / 7;
      const loss = layer.loss(states, targets, { training: false, random: seeded(1) });
      assertAlmostEquals(loss.dataSync()[0], mean, 2e-5);
    });
    layer.dispose();
  });

  testEngines(`${name}: targets that are no words are refused, and <s> by the loss`, (engine) => {
    const layer = make(engine), { tf } = engine;
    tf.tidy(() => {
      const states = exampleStates(engine);
      const targets = (id: number) => tf.tensor1d([3, ...TARGETS.slice(1).fill(id)], "int32");
      for (const id of [-2, SIZES.words, SIZES.never]) {
        for (const training of [false, true]) {
          const loss = () => layer.loss(states, targets(id), { training, random: seeded(1) });
          assertThrows(loss, RangeError, `from 0 to 22 other than 1, got ${id}`);
        }
        const logP = () => layer.targetLogProbabilities(states, targets(id)).dataSync()[1];
        if (id === SIZES.never) assertEquals(logP(), -Infinity);
        else assertThrows(logP, RangeError, `from 0 to 22, got ${id}`);
      }
    });
    layer.dispose();
  });

  for (const training of [false, true]) {
    const when = training ? "in training" : "outside training";
    testEngines(`${name}: gradients ${when}`, (engine) => {
      const layer = make(engine);
      checkSlopes(engine, layer, training);
      layer.dispose();
    });

    testEngines(`${name}: without targets, loss and gradients are 0 ${when}`, (engine) => {
      const layer = make(engine), { tf } = engine;
      tf.tidy(() => {
        const states = exampleStates(engine), targets = tf.fill([TARGETS.length], -1, "int32");
        const loss = () => layer.loss(states, targets, { training, random: seeded(8) });
        const { value, grads } = tf.variableGrads(loss, Object.values(layer.parameters));
        assertAlmostEquals(value.dataSync()[0], 0, 0); // or −0
        for (const gradient of Object.values(grads)) {
          assertEquals(gradient ? tf.norm(gradient).dataSync()[0] : 0, 0);
        }
      });
      layer.dispose();
    });
  }
}

/** Checks the gradients of the states and the parameters. */
function checkSlopes(engine: Engine, layer: OutputLayer, training: boolean): void {
  const { tf } = engine;
  tf.tidy(() => {
    const targets = exampleTargets(engine);
    const states = tf.variable(exampleStates(engine));
    const loss = () => layer.loss(states, targets, { training, random: seeded(8) });
    assertGradients(engine, loss, { states, ...layer.parameters }, {
      ...{ step: 0.005, tolerance: 0.01, without: LEARN_BY_THEMSELVES },
    });
    states.dispose();
  });
}

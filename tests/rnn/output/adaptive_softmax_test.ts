import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { uniform } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { AdaptiveSoftmax, FullSoftmax } from "#lib/rnn/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { COUNTS, exampleStates, exampleTargets, outputLayerContract, SIZES } from "./_contract.ts";

const options = () => ({
  ...SIZES,
  counts: COUNTS,
  cutoffs: [6, 13],
  random: seeded(5),
  initializer: uniform(0.9),
});

outputLayerContract("adaptive softmax", (engine) => new AdaptiveSoftmax(engine, options()));

outputLayerContract(
  "adaptive softmax with dropout in its tails, which is for training alone",
  (engine) => new AdaptiveSoftmax(engine, { ...options(), tailDropout: 0.5 }),
);

testEngines("adaptive softmax: dropout in its tails leaves the head's loss alone", (engine) => {
  const { tf } = engine;
  const layer = new AdaptiveSoftmax(engine, { ...options(), tailDropout: 0.5 });
  const inHead = COUNTS.indexOf(Math.max(...COUNTS)),
    inTail = COUNTS.indexOf(COUNTS.toSorted((a, b) => a - b)[1]);
  tf.tidy(() => {
    const losses = (target: number, training: boolean) =>
      [1, 2, 3].map((seed) => {
        const targets = tf.fill([8], target, "int32");
        return layer.loss(exampleStates(engine), targets, { training, random: seeded(seed) })
          .dataSync()[0];
      });
    assertEquals(losses(inHead, true), losses(inHead, false));
    assertEquals(new Set(losses(inTail, true)).size, 3);
    assertEquals(new Set(losses(inTail, false)).size, 1);
  });
  layer.dispose();
});

testEngines("adaptive softmax: parameters have the paper's shapes", (engine) => {
  const layer = new AdaptiveSoftmax(engine, { ...options(), units: 16 });
  const shapes = Object.fromEntries(
    Object.entries(layer.parameters).map(([name, { shape }]) => [name, shape]),
  );
  assertEquals(shapes, {
    ...{ U0: [16, 8], b0: [8], P1: [16, 4], U1: [4, 7], b1: [7] },
    ...{ P2: [16, 1], U2: [1, 9], b2: [9] },
  });
  layer.dispose();
});

testEngines("adaptive softmax without cut-offs is the plain softmax, bit for bit", (engine) => {
  const { tf } = engine, [units, words] = [5, 23];
  const counts = Array.from({ length: words }, (_, id) => 100 - id); // in the order of the ids
  const same = { units, words, initializer: uniform(0.9) };
  const adaptive = new AdaptiveSoftmax(engine, { ...same, counts, cutoffs: [], random: seeded(5) });
  const full = new FullSoftmax(engine, { ...same, random: seeded(5) });
  tf.tidy(() => {
    const states = exampleStates(engine), targets = exampleTargets(engine);
    const whole = { training: true, random: seeded(1) };
    const one = tf.variableGrads(() => adaptive.loss(states, targets, whole), [
      adaptive.parameters.U0,
    ]);
    const two = tf.variableGrads(() => full.loss(states, targets), [full.parameters.U]);
    assertEquals(one.value.dataSync(), two.value.dataSync());
    const [g, h] = [one.grads[adaptive.parameters.U0.name], two.grads[full.parameters.U.name]];
    assertEquals(g.dataSync(), h.dataSync());
  });
  adaptive.dispose();
  full.dispose();
});

testEngines("adaptive softmax: the order of words inside a cluster changes nothing", (engine) => {
  const { tf } = engine;
  const swapped = COUNTS.slice(); // two words of one tail change places, and their columns too
  const order = COUNTS.map((n, id) => [n, id]).filter(([, id]) => id !== 1)
    .sort(([a, i], [b, j]) => b - a || i - j).map(([, id]) => id);
  const [first, second] = [order[7], order[10]];
  [swapped[first], swapped[second]] = [COUNTS[second], COUNTS[first]];
  const one = new AdaptiveSoftmax(engine, options());
  const two = new AdaptiveSoftmax(engine, { ...options(), counts: swapped });
  tf.tidy(() => {
    const columns = [0, 4, 2, 3, 1, 5, 6]; // of tail 1, ranks 6 to 12
    for (const name of ["U1", "b1"]) {
      const axis = name === "U1" ? 1 : 0;
      two.parameters[name].assign(
        tf.gather(one.parameters[name], tf.tensor1d(columns, "int32"), axis),
      );
    }
    const states = exampleStates(engine);
    const [p, q] = [one, two].map((layer) => layer.logProbabilities(states).dataSync());
    p.forEach((v, i) => v === q[i] || assertAlmostEquals(v, q[i], 1e-6));
  });
  one.dispose();
  two.dispose();
});

testEngines("adaptive softmax refuses cut-offs that do not rise below V", (engine) => {
  for (const cutoffs of [[0], [5, 5], [22]]) {
    const make = () => new AdaptiveSoftmax(engine, { ...options(), cutoffs });
    assertThrows(make, RangeError, `[${cutoffs}]`);
  }
});

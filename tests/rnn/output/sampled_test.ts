import type { Rank, Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import { uniform } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  BlackOut,
  byFrequency,
  logUniformSampler,
  NoiseContrastive,
  type OutputLayer,
  powerSampler,
  type SampledBatch,
  SampledSoftmax,
} from "#lib/rnn/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { COUNTS, exampleStates, exampleTargets, outputLayerContract, SIZES } from "./_contract.ts";

const options = () => ({
  ...SIZES,
  counts: COUNTS,
  samples: 9,
  random: seeded(5),
  initializer: uniform(0.9),
});

outputLayerContract("sampled softmax", (engine) => new SampledSoftmax(engine, options()));
outputLayerContract("BlackOut", (engine) => new BlackOut(engine, options()));
outputLayerContract("NCE", (engine) => new NoiseContrastive(engine, options()));

/** The loss of the example and its gradient by U. */
function differentiate(
  engine: Engine,
  layer: OutputLayer,
  { training, seed = 1 }: { training: boolean; seed?: number },
): { loss: number; gradient: Float32Array } {
  const { tf } = engine;
  return tf.tidy(() => {
    const states = exampleStates(engine), targets = exampleTargets(engine);
    const f = () => layer.loss(states, targets, { training, random: seeded(seed) }) as Scalar;
    const { value, grads } = tf.variableGrads(f, [layer.parameters.U]);
    const gradient = grads[layer.parameters.U.name].dataSync() as Float32Array;
    return { loss: value.dataSync()[0], gradient: gradient.slice() };
  });
}

testEngines("sampled softmax with all words sampled is the full softmax", (engine) => {
  const layer = new SampledSoftmax(engine, { ...options(), samples: SIZES.words - 1 });
  const sampled = differentiate(engine, layer, { training: true });
  const full = differentiate(engine, layer, { training: false });
  assertAlmostEquals(sampled.loss, full.loss, 1e-5);
  sampled.gradient.forEach((g, i) => assertAlmostEquals(g, full.gradient[i], 1e-5));
  layer.dispose();
});

testEngines(
  "sampled softmax tied to E: the same loss and gradient, and E stays its owner's",
  (engine) => {
    const { tf } = engine;
    const untied = new SampledSoftmax(engine, options()), { U } = untied.parameters;
    const E = tf.variable(U);
    const tied = new SampledSoftmax(engine, { ...options(), tied: E });
    assertEquals(Object.keys(tied.parameters), ["b2"]);
    tf.tidy(() => {
      const [one, two] = [{ layer: untied, weights: U }, { layer: tied, weights: E }].map(
        ({ layer, weights }) => {
          const [states, targets] = [exampleStates(engine), exampleTargets(engine)];
          const loss = () => layer.loss(states, targets, { training: true, random: seeded(1) });
          const { value, grads } = tf.variableGrads(loss as () => Scalar, [weights]);
          return [...value.dataSync(), ...grads[weights.name].dataSync()];
        },
      );
      assertEquals(one, two);
    });
    untied.dispose();
    tied.dispose();
    assertEquals(E.isDisposed, false);
    E.dispose();
  },
);

testEngines("BlackOut with all other words once and α = 0: p̃ is the softmax", (engine) => {
  const { tf } = engine, words = 6, N = 4;
  const layer = new class extends BlackOut {
    /** J of logits given. */
    of(u: number[][], targets: number[]): number {
      return tf.tidy(() => {
        const target = tf.tensor1d(targets.map((y, i) => u[i][y]));
        const [states, rows] = [tf.eye(N), tf.transpose(tf.tensor2d(u))]; // whose products are u
        const [shift, copies] = [tf.zeros([words]) as Tensor1D, targets.map((y) => [y])];
        return this.criterion({ target, states, rows, shift, copies }).dataSync()[0];
      });
    }
  }(engine, { units: 2, words, counts: Array(words).fill(1), samples: words, random: seeded(1) });
  const random = seeded(2);
  const u = Array.from({ length: N }, () => Array.from({ length: words }, () => 3 * random()));
  const targets = [0, 5, 2, 2];
  let J = 0;
  u.forEach((row, i) => {
    const Z = row.reduce((sum, v) => sum + Math.exp(v), 0);
    row.forEach((v, w) => {
      const p = Math.exp(v) / Z;
      J -= Math.log(w === targets[i] ? p : 1 - p) / N;
    });
  });
  assertAlmostEquals(layer.of(u, targets), J, 1e-5);
  layer.dispose();
});

testEngines("BlackOut: the gradient is the paper's, duplicates counting twice", (engine) => {
  const { tf } = engine;
  const layer = new class extends BlackOut {
    /** ∂J/∂u of the target and of the samples, some of them its copies. */
    gradient(target: number, samples: number[], copies: number[]): number[] {
      return tf.tidy(() => {
        const [states, shift] = [tf.ones<Rank.R2>([1, 1]), tf.zeros([samples.length]) as Tensor1D];
        const f = tf.grads((target, rows) =>
          this.criterion({ states, target, rows, shift, copies: [copies] } as SampledBatch)
        );
        const [a, b] = f([tf.tensor1d([target]), tf.tensor2d(samples, [samples.length, 1])]);
        return [...a.dataSync(), ...b.dataSync()];
      });
    }
  }(engine, { units: 1, words: 4, counts: [1, 1, 1, 1], samples: 4, random: seeded(1) });
  const v = [0.4, -0.3, 0.8, 0.8]; // target, then three samples, two of them the same word
  const found = layer.gradient(v[0], v.slice(1).concat(0.4), [3]);
  const Z = v.reduce((sum, x) => sum + Math.exp(x), 0), p = v.map((x) => Math.exp(x) / Z);
  const n = 3, S = p.slice(1).reduce((sum, pj) => sum + 1 / (1 - pj), 0);
  // −∂J/∂u_i = 1 − p̃_i (1 + n − Z), −∂J/∂u_l = −p̃_l (1 + n − Z + 1 / (1 − p̃_l)), Z = Σ 1 / (1 − p̃_j)
  const expected = p.map((pk, k) =>
    k === 0 ? -(1 - pk * (1 + n - S)) : pk * (1 + n - S + 1 / (1 - pk))
  );
  [...expected, 0].forEach((g, k) => assertAlmostEquals(found[k], g, 1e-5, `place ${k}`));
  assertAlmostEquals(found.reduce((sum, g) => sum + g, 0), 0, 1e-5); // they sum to zero
  layer.dispose();
});

testEngines("BlackOut and NCE refuse targets that are never drawn", (engine) => {
  const { tf } = engine, counts = COUNTS.with(3, 0);
  for (const Layer of [BlackOut, NoiseContrastive]) {
    const layer = new Layer(engine, { ...options(), counts });
    tf.tidy(() => {
      const [states, targets] = [exampleStates(engine), exampleTargets(engine)];
      const loss = (training: boolean) =>
        layer.loss(states, targets, { training, random: seeded(1) }).dataSync()[0];
      assertThrows(
        () => loss(true),
        RangeError,
        "word 3 with samples: expected targets that occur in counts, got a count of 0",
      );
      assert(Number.isFinite(loss(false)));
    });
    layer.dispose();
  }
});

testEngines("NCE with many samples: Σ_w e^u ∇u_w − ∇u_i (Mnih and Teh 2012)", (engine) => {
  const { tf } = engine, layer = new NoiseContrastive(engine, { ...options(), samples: 40_000 });
  const { gradient } = differentiate(engine, layer, { training: true });
  const expected = tf.tidy(() => {
    const states = exampleStates(engine), targets = exampleTargets(engine);
    const { U, b2 } = layer.parameters;
    const own = tf.oneHot(targets, SIZES.words); // rows of zeros where there is no target
    const others = tf.mul(tf.sum(own, 1, true), Array.from(COUNTS, (n) => Number(n > 0)));
    const f = () => {
      const u = tf.add(tf.matMul(states as Tensor2D, U as Tensor2D, false, true), b2);
      return tf.div(tf.sum(tf.sub(tf.mul(others, tf.exp(u)), tf.mul(own, u))), tf.sum(own));
    };
    return tf.variableGrads(f as () => Scalar, [U]).grads[U.name].dataSync().slice();
  });
  const largest = Math.max(...expected.map(Math.abs));
  gradient.forEach((g, i) => assertAlmostEquals(g, expected[i], 0.03 * largest, `${i}`));
  layer.dispose();
});

testEngines("the mean of many sampled gradients points where the full one does", (engine) => {
  const layers: [string, OutputLayer][] = [
    ["sampled softmax", new SampledSoftmax(engine, options())],
    ["BlackOut", new BlackOut(engine, options())],
  ];
  for (const [name, layer] of layers) {
    const full = differentiate(engine, layer, { training: false }).gradient;
    const mean = new Float64Array(full.length);
    for (let seed = 0; seed < 60; seed++) {
      differentiate(engine, layer, { training: true, seed }).gradient
        .forEach((g, i) => mean[i] += g);
    }
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, v, i) => sum + v * b[i], 0);
    const cosine = dot(full, mean) / Math.sqrt(dot(full, full) * dot(mean, mean));
    assert(cosine > 0.95, `${name}: ${cosine}`);
    layer.dispose();
  }
});

Deno.test("powerSampler draws Q ∝ countᵅ (χ²), and says how often to expect a word", () => {
  const counts = [50, 0, 3, 20, 7], alpha = 0.5, samples = 10_000;
  const sampler = powerSampler(counts, { alpha, samples, never: 1 });
  const { ids, logExpected, logExpectedOf } = sampler(seeded(4));
  const total = counts.reduce((sum, n) => sum + Math.sqrt(n), 0);
  let chi = 0;
  counts.forEach((n, id) => {
    const expected = samples * Math.sqrt(n) / total, seen = ids.filter((x) => x === id).length;
    if (id === 1) return assertEquals(seen, 0);
    assertAlmostEquals(Math.exp(logExpectedOf(id)), expected, 1e-6 * expected);
    chi += (seen - expected) ** 2 / expected;
  });
  assert(chi < 16.3, `χ² = ${chi}`); // 3 degrees of freedom, p > 0.001
  assertAlmostEquals(logExpected[0], logExpectedOf(ids[0]), 1e-6);
});

Deno.test("logUniformSampler: different ids, as often as it says", () => {
  const order = byFrequency(COUNTS, SIZES.never), samples = 6, runs = 4000;
  const sampler = logUniformSampler(order, samples), random = seeded(2);
  const seen = new Float64Array(SIZES.words), expected = new Float64Array(SIZES.words);
  for (let run = 0; run < runs; run++) {
    const { ids, logExpectedOf } = sampler(random);
    assertEquals(new Set(ids).size, samples);
    for (const id of ids) seen[id]++;
    for (const id of order) expected[id] += Math.exp(logExpectedOf(id));
  }
  assertEquals(seen[SIZES.never], 0);
  for (const id of order) {
    const deviation = Math.sqrt(expected[id]) + 0.02 * runs; // draws stop early: a small bias
    assertAlmostEquals(seen[id], expected[id], 4 * deviation, `id ${id}`);
  }
  assertEquals(sampler(random).ids.length, samples);
});

Deno.test("samplers refuse what cannot be drawn", () => {
  assertThrows(() => logUniformSampler(Int32Array.of(0, 1), 3), RangeError, "got 3");
  const empty = { alpha: 1, samples: 1 };
  assertThrows(() => powerSampler([0, 0], empty), RangeError, "positive sum");
});

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { windowBatches, type WindowExamples, WindowNetwork } from "#lib/feedforward/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { type Activation, checkGradients, relu, tanh, Tape, train } from "#lib/nn/mod.ts";
import { sgd } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";

const [V, C, n, d, H] = [7, 5, 3, 4, 6];
const batch: WindowExamples = {
  windows: Int32Array.of(0, 1, 2, 1, 2, 5, 2, 5, 5, 1, 1, 1), // words 3, 4 and 6 do not occur
  targets: Int32Array.of(4, 0, 0, 2),
};
const kinds: Record<string, { f: Activation; hidden: number; direct: boolean; rank?: number }> = {
  relu: { f: relu, hidden: H, direct: false, rank: 2 },
  tanh: { f: tanh, hidden: H, direct: true },
  identity: { f: relu, hidden: 0, direct: true }, // the linear twin has no f
};

type Arrays = Record<string, Float64Array>;

/** The slide's formulas in float64: J and all gradients. */
function onTape(kind: keyof typeof kinds, theta: Arrays): { loss: number; gradients: Arrays } {
  const { f, hidden, direct, rank } = kinds[kind], tape = new Tape();
  const matrix = (name: string, rows: number) =>
    tape.matrix(name, { rows, columns: theta[name].length / rows, data: theta[name] });
  const inputs = hidden + (direct ? n * d : 0);
  const E = matrix("E", V), U = matrix("U", rank ?? inputs), b2 = matrix("b2", 1);
  const e = tape.reshape(tape.lookup(E, [...batch.windows]), 4);
  const nodes = {
    ...{ E, U, b2, ...(rank ? { P: matrix("P", inputs) } : {}) },
    ...(hidden ? { W: matrix("W", n * d), b1: matrix("b1", 1) } : {}),
  };
  const { W, b1, P } = nodes;
  const h = W && b1 ? tape.apply(f, tape.add(tape.multiply(e, W), b1)) : undefined;
  const whole = h ? (direct ? tape.concat([h, e]) : h) : e;
  const features = P ? tape.multiply(whole, P) : whole;
  const J = tape.crossEntropy(tape.add(tape.multiply(features, U), b2), [...batch.targets]);
  tape.backward(J);
  const entries = Object.entries(nodes).map(([name, node]) => [name, node!.gradient] as const);
  return { loss: J.data[0], gradients: Object.fromEntries(entries) };
}

function network(engine: Engine, kind: string): WindowNetwork {
  const { f: _, ...shape } = kinds[kind];
  return new WindowNetwork(engine, {
    ...{ words: V, classes: C, window: n, width: d, ...shape, random: seeded(3) },
    activation: kind as "relu",
  });
}

for (const kind of Object.keys(kinds)) {
  testEngines(`${kind}: loss and gradients are those of the slide's formulas`, (engine) => {
    const { tf, values } = engine, model = network(engine, kind);
    const theta: Arrays = Object.fromEntries(
      Object.entries(model.parameters).map(([name, v]) => [name, Float64Array.from(values(v))]),
    );
    const exact = onTape(kind, theta);
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() =>
        model.loss(batch, { training: false, random: seeded(1) })
      );
      assertAlmostEquals(values(value)[0], exact.loss, 1e-6);
      for (const [name, { name: key }] of Object.entries(model.parameters)) {
        values(grads[key]).forEach((g, i) =>
          assertAlmostEquals(g, exact.gradients[name][i], 1e-6, `${name}[${i}]`)
        );
      }
    });
    checkGradients(() => onTape(kind, theta), theta);
    const row = (word: number) => [...exact.gradients.E.subarray(word * d, (word + 1) * d)];
    for (const word of [3, 4, 6]) {
      assertEquals(row(word), [0, 0, 0, 0], `word ${word} is not there`);
    }
    for (const word of [0, 1, 2, 5]) assert(row(word).some((g) => g !== 0), `word ${word} is`);
    model.dispose();
  });
}

testEngines("sparse training leaves the vectors of absent words as they are", async (engine) => {
  const model = network(engine, "tanh");
  const row = (
    word: number,
  ) => [...engine.values(model.parameters.E).subarray(word * d, word * d + d)];
  const [before, absent] = [row(1), row(6)];
  const options = { optimizer: sgd({ rate: 0.5 }), epochs: 5, random: seeded(1), sparse: ["E"] };
  const losses = [];
  for await (const { loss } of train(model, windowBatches(batch, { size: 2 }), options)) {
    losses.push(loss);
  }
  assert(losses.at(-1)! < losses[0], losses.join(" "));
  assertEquals(row(6), absent);
  assert(row(1).some((v, i) => v !== before[i]));
  model.dispose();
});

testEngines("predictions sum to 1; a class put out of reach has none", (engine) => {
  const model = new WindowNetwork(engine, {
    ...{ words: V, classes: C, window: n, width: d, hidden: H, impossible: 1, random: seeded(3) },
    counts: [1, 0, 2, 3, 4],
  });
  model.predict(batch.windows, (from, logP) => {
    assertEquals([from, logP.length], [0, 4 * C]);
    for (let row = 0; row < 4; row++) {
      const p = Array.from(logP.subarray(row * C, (row + 1) * C), Math.exp);
      assertAlmostEquals(p.reduce((a, b) => a + b), 1, 1e-5);
      assertEquals(p[1], 0);
    }
  });
  model.dispose();
});

testEngines("a network with neither hidden units nor direct connections is refused", (engine) => {
  const sizes = { words: V, classes: C, window: n, width: d, hidden: 0, direct: false };
  assertThrows(
    () => new WindowNetwork(engine, { ...sizes, random: seeded(1) }),
    RangeError,
    "got 0",
  );
});

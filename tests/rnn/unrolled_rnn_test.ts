import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradients } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { buildLanguageModel, drawUnrolled, largestSingularValue, unrollRnn } from "#lib/rnn/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { testEngines } from "../_support/engines.ts";

const vocabulary = new Vocabulary(["the", "students", "opened", "their", "exams"]);
const sizes = { words: vocabulary.size, width: 3, units: 4 };
const arrays = drawUnrolled(sizes, { range: 0.8, random: seeded(3) });
const text = [1, ...vocabulary.encode("the students opened their exams the exams".split(" "))];

function lossAndGradients() {
  const { tape, parameters, J } = unrollRnn(arrays, { sizes, text });
  tape.backward(J);
  const gradients = Object.entries(parameters).map(([name, { gradient }]) => [name, gradient]);
  return { loss: J.data[0], gradients: Object.fromEntries(gradients) };
}

Deno.test("∂J/∂W_h is the sum over time steps, and that is what finite differences give", () => {
  const { tape, parameters: { W_h }, J } = unrollRnn(arrays, { sizes, text });
  tape.backward(J);
  assertEquals(W_h.contributions.length, text.length - 1);
  assertEquals(W_h.contributions[0].from, `W_h h${text.length - 2}`); // the last step comes first
  W_h.gradient.forEach((whole, i) => {
    const sum = W_h.contributions.reduce((sum, { gradient }) => sum + gradient[i], 0);
    assertAlmostEquals(sum, whole, 1e-14);
  });
  checkGradients(lossAndGradients, arrays, { tolerance: 1e-6 });
});

Deno.test("a step's loss has a part for each step up to its own, and none after it", () => {
  const { tape, parameters: { W_h }, losses } = unrollRnn(arrays, { sizes, text });
  tape.backward(losses[2]);
  const parts = W_h.contributions.map(({ gradient }) => Math.hypot(...gradient)).toReversed();
  assertEquals(parts.map((norm) => norm > 0), [false, true, true, false, false, false, false]);
  // the first is 0 as h⁽⁰⁾ = 0
});

testEngines("the engine's language model has the twin's loss and gradients", (engine) => {
  const { tf, values } = engine;
  const spec = { width: sizes.width, cell: "tanh", units: sizes.units } as const;
  const model = buildLanguageModel(engine, spec, { vocabulary, random: seeded(1) });
  const names = { E: "E", W_e: "W_e1", W_h: "W_h1", b1: "b_h1", U: "U", b2: "b2" } as const;
  const withoutStart = arrays.b2.slice(); // <s> is never predicted: give it no weight in the twin
  withoutStart[vocabulary.start] = -1e30;
  for (const [letter, name] of Object.entries(names)) {
    values(model.parameters[name]).set(arrays[letter as keyof typeof names]);
  }
  const masked = unrollRnn({ ...arrays, b2: withoutStart }, { sizes, text });
  masked.tape.backward(masked.J);
  const steps = text.length - 1;
  const batch = {
    ...{ steps, batchSize: 1, inputs: Int32Array.from(text.slice(0, -1)) },
    targets: Int32Array.from(text.slice(1)),
  };
  tf.tidy(() => {
    const loss = () => model.loss(batch, { training: false, random: seeded(1) });
    const { value, grads } = tf.variableGrads(loss, Object.values(model.parameters));
    assertAlmostEquals(values(value)[0], masked.J.data[0], 1e-6);
    for (const [letter, name] of Object.entries(names)) {
      const found = grads[model.parameters[name].name].dataSync();
      const expected = masked.parameters[letter as keyof typeof names].gradient;
      found.forEach((g, i) => assertAlmostEquals(g, expected[i], 2e-6, `${letter}[${i}]`));
    }
  });
  model.dispose();
});

Deno.test("the largest singular value of a matrix, and what is no matrix", () => {
  assertAlmostEquals(largestSingularValue([3, 0, 0, -5]), 5, 1e-9);
  assertAlmostEquals(largestSingularValue([1, 1, 0, 1]), (1 + Math.sqrt(5)) / 2, 1e-9);
  assertEquals(largestSingularValue([0]), 0);
  for (const [next, off] of [[1 - 1e-3, 1e-9], [1 - 1e-5, 1e-5], [1, 1e-9]]) {
    const found = largestSingularValue([1, 0, 0, 0, next, 0, 0, 0, 0.3]);
    assert(found <= 1 + 1e-15 && found >= 1 - off, `${found} beside ${next}`);
  }
  assertThrows(() => largestSingularValue([1, 2, 3]), RangeError, "expected n × n numbers, got 3");
});

Deno.test("no gradient reaches further back than the largest singular value allows", () => {
  const s = largestSingularValue(arrays.W_h);
  const { tape, states, losses } = unrollRnn(arrays, { sizes, text });
  tape.backward(losses.at(-1)!);
  const norms = states.map(({ gradient }) => Math.hypot(...gradient)), last = norms.length - 1;
  norms.forEach((norm, t) => {
    if (t > 0) assert(norm <= norms[last] * s ** (last - t) * (1 + 1e-9), `at ${t}`);
  });
});

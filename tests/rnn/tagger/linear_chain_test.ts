import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { seeded } from "#lib/random/mod.ts";
import { bestChain, chainMarginals, chainScore, ConditionalRandomField } from "#lib/rnn/mod.ts";
import type { ChainScores } from "#lib/rnn/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { drawn } from "../_stacks.ts";

/** Scores from (−2, 2), or larger ones. */
function drawnChain(n: number, tags: number, { seed = 1, size = 4 } = {}): ChainScores {
  const random = seeded(seed);
  const draw = (length: number) => Float64Array.from({ length }, () => size * (random() - 0.5));
  return { tags, emissions: draw(n * tags), transitions: draw((tags + 1) ** 2) };
}

/** All Cⁿ sequences of tags. */
function sequences(n: number, tags: number): Int32Array[] {
  return Array.from(
    { length: tags ** n },
    (_, code) => Int32Array.from({ length: n }, (_, t) => Math.floor(code / tags ** t) % tags),
  );
}

for (const [n, tags] of [[1, 3], [2, 2], [4, 3], [6, 2]]) {
  Deno.test(`a chain of ${n} places and ${tags} tags: all sequences, one by one`, () => {
    for (let seed = 1; seed <= 20; seed++) {
      const chain = drawnChain(n, tags, { seed }), all = sequences(n, tags);
      const scores = all.map((y) => chainScore(y, chain));
      const Z = scores.reduce((sum, s) => sum + Math.exp(s), 0);
      const { logZ, places, pairs } = chainMarginals(chain);
      assertAlmostEquals(logZ, Math.log(Z), 1e-12 * n * 10);
      const place = new Float64Array(n * tags), pair = new Float64Array((tags + 1) ** 2);
      all.forEach((y, k) => {
        const p = Math.exp(scores[k]) / Z;
        y.forEach((tag, t) => {
          place[t * tags + tag] += p;
          pair[(t === 0 ? tags : y[t - 1]) * (tags + 1) + tag] += p;
        });
        pair[y[n - 1] * (tags + 1) + tags] += p;
      });
      places.forEach((p, i) => assertAlmostEquals(p, place[i], 1e-12));
      pairs.forEach((count, i) => assertAlmostEquals(count, pair[i], 1e-11));
      const best = all[scores.indexOf(Math.max(...scores))];
      assertEquals([...bestChain(chain)], [...best]);
    }
  });
}

Deno.test("marginals are the derivatives of log Z by emissions and transitions", () => {
  const chain = drawnChain(4, 3), { places, pairs } = chainMarginals(chain), h = 1e-5;
  for (const name of ["emissions", "transitions"] as const) {
    const values = chain[name] as Float64Array;
    values.forEach((value, i) => {
      const [up, down] = [h, -h].map((by) => {
        values[i] = value + by;
        return chainMarginals(chain).logZ;
      });
      values[i] = value;
      const found = (name === "emissions" ? places : pairs)[i];
      assertAlmostEquals((up - down) / (2 * h), found, 1e-9);
    });
  }
});

Deno.test("scores of many thousands neither overflow nor underflow", () => {
  const chain = drawnChain(5, 3, { size: 1e5 });
  const { logZ, places } = chainMarginals(chain), best = bestChain(chain);
  assertAlmostEquals(logZ, chainScore(best, chain), 1e-6); // the rest of the sum is nothing
  best.forEach((tag, t) => assertAlmostEquals(places[t * 3 + tag], 1, 1e-6));
});

Deno.test("a tag that cannot be reached has no probability; where none can, Z is 0", () => {
  const transitions = new Float64Array(9).fill(-Infinity, 1, 2).fill(-Infinity, 4, 5);
  const chain = { tags: 2, emissions: [0, 0, 0, 0], transitions }; // 1 begins alone: 0 0 and 1 0
  const { logZ, places, pairs } = chainMarginals(chain);
  assertAlmostEquals(logZ, Math.LN2, 1e-12);
  [0.5, 0.5, 1, 0].forEach((p, i) => assertAlmostEquals(places[i], p, 1e-12));
  [0.5, 0, 1, 0.5, 0, 0, 0.5, 0.5, 0].forEach((n, i) => assertAlmostEquals(pairs[i], n, 1e-12));
  assertEquals(chainMarginals({ ...chain, emissions: [0, 0, -Infinity, 0] }).logZ, -Infinity);
});

/** Two sentences of 3 and 1 words. */
const sentences = { lengths: Int32Array.of(3, 1), tags: Int32Array.of(1, 0, 2, 2) };

testEngines("random field: with A = 0 it is softmax for each word", (engine) => {
  const { tf, values, operations } = engine;
  const field = new ConditionalRandomField(engine, { tags: 3 });
  tf.tidy(() => {
    const e = drawn(engine, [4, 3]) as never;
    const softmax = values(operations.crossEntropy(e, tf.tensor1d([1, 0, 2, 2], "int32")))[0];
    assertAlmostEquals(values(field.loss(e, sentences))[0], softmax, 1e-6);
  });
  field.dispose();
});

testEngines("random field: the loss's gradients are those of finite differences", (engine) => {
  const { tf, values } = engine;
  const field = new ConditionalRandomField(engine, { tags: 3 });
  values(field.parameters.A).set(drawnChain(1, 3).transitions as Float64Array);
  const e = tf.tidy(() => tf.variable(drawn(engine, [4, 3])));
  const loss = () => tf.tidy(() => values(field.loss(e as never, sentences))[0]);
  const both = { e, A: field.parameters.A };
  const { grads, value } = tf.variableGrads(
    () => tf.mul(field.loss(e as never, sentences), 2).asScalar(), // dy = 2
    Object.values(both),
  );
  assertAlmostEquals(values(value)[0], 2 * loss(), 1e-5);
  for (const [name, variable] of Object.entries(both)) {
    const gradient = values(grads[variable.name]).slice();
    assert(Math.hypot(...gradient) > 0.1, name);
    gradient.forEach((slope, i) => {
      const start = values(variable)[i], h = 0.02;
      const [up, down] = [h, -h].map((by) => {
        values(variable)[i] = start + by;
        return loss();
      });
      values(variable)[i] = start;
      assertAlmostEquals(2 * (up - down) / (2 * h), slope, 2e-4, `${name} ${i}`);
    });
  }
  tf.dispose([value, grads, e]);
  field.dispose();
});

testEngines("random field: a sentence without words changes no loss and no gradient", (engine) => {
  const { tf, values } = engine, field = new ConditionalRandomField(engine, { tags: 3 });
  values(field.parameters.A).set(drawnChain(1, 3).transitions as Float64Array);
  tf.tidy(() => {
    const [plain, more] = [sentences.lengths, Int32Array.of(0, 3, 0, 1)].map((lengths) => {
      const J = (e: Tensor) => field.loss(e as Tensor2D, { ...sentences, lengths });
      const { value, grad } = tf.valueAndGrad(J)(drawn(engine, [4, 3]));
      return [...values(value), ...values(grad)];
    });
    assertEquals(more, plain);
  });
  field.dispose();
});

testEngines("random field: sentences are tagged apart, each by its best sequence", (engine) => {
  const { tf } = engine;
  const field = new ConditionalRandomField(engine, { tags: 3 });
  const { emissions, transitions } = drawnChain(4, 3, { seed: 5 });
  engine.values(field.parameters.A).set(transitions as Float64Array);
  tf.tidy(() => {
    const e = tf.tensor2d(Float32Array.from(emissions), [4, 3]);
    const apart = [[0, 9], [9, 12]].map(([from, to]) =>
      bestChain({ tags: 3, emissions: Array.from(emissions).slice(from, to), transitions })
    );
    assertEquals([...field.decode(e, sentences.lengths)], apart.flatMap((tags) => [...tags]));
  });
  field.dispose();
});

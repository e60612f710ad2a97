import type { Variable } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { BiaffineNetwork } from "#lib/parser/mod.ts";
import { type BiaffineExample, joinSentences } from "#lib/parser/biaffine/biaffine_batch.ts";
import { SentenceLayout } from "#lib/rnn/mod.ts";
import { tokenDropout } from "#lib/parser/biaffine/_token_dropout.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { COUNTS, drawnBatch, drawnNetwork, drawnSentences, SMALL } from "./_networks.ts";

const TEST = { training: false, random: () => 0 };

/** The loss, the masks drawn anew from the same seed each time. */
function lossOf(network: BiaffineNetwork, batch = drawnBatch([4, 2, 3])): number {
  const { tf, values } = network.engine;
  return tf.tidy(() => {
    return values(network.loss(batch, { training: true, random: seeded(5) }))[0];
  });
}

for (const sizes of [{}, { drop: 0.3 }, { layers: 0 }]) {
  testEngines(
    `the loss's gradients are those of finite differences: ${JSON.stringify(sizes)}`,
    (engine) => {
      const { tf, values } = engine, network = drawnNetwork(engine, sizes);
      const variables = Object.values(network.parameters);
      const batch = drawnBatch([4, 2, 3]);
      const { grads, value } = tf.variableGrads(
        () => network.loss(batch, { training: true, random: seeded(5) }),
        variables,
      );
      for (const [name, variable] of Object.entries(network.parameters)) {
        const gradient = values(grads[variable.name]).slice();
        const length = Math.max(Math.hypot(...gradient), 1e-9);
        // b_arcHead adds (nearly) the same to the scores of all heads of a word
        assert(length > 1e-4 || name === "b_arcHead", `${name} has a gradient`);
        assertAlmostEquals(
          slopeAlong(network, variable, gradient),
          length,
          0.02 * length + 2e-4,
          name,
        );
      }
      tf.dispose([value, grads]);
      network.dispose();
    },
  );
}

/** The slope of the loss along a direction, by a central difference. */
function slopeAlong(network: BiaffineNetwork, variable: Variable, along: Float32Array): number {
  const { values } = network.engine, step = 0.01, length = Math.hypot(...along);
  const start = values(variable).slice();
  const [up, down] = [step, -step].map((by) => {
    values(variable).set(start.map((v, i) => v + by * along[i] / length));
    return lossOf(network);
  });
  values(variable).set(start);
  return (up - down) / (2 * step);
}

testEngines("arc and label scores are the loops of the paper's formulas", (engine) => {
  const { tf, values } = engine, network = drawnNetwork(engine);
  const batch = drawnBatch([4, 2]), layout = new SentenceLayout(batch.lengths);
  const { arcUnits, labelUnits } = SMALL, { labels } = COUNTS, T = layout.longest;
  tf.tidy(() => {
    const roles = network.roles(batch, TEST);
    const [d, h, dLabel, hLabel] = [roles.d, roles.h, roles.dLabel, roles.hLabel].map((t) =>
      values(t).slice()
    );
    const S = values(network.arcScores(roles, layout)).slice();
    const heads = layout.absolute(batch.heads);
    const L = values(network.labelScores(roles, heads)).slice();
    const [U, u, W, w, P, p] = [
      "W_arc",
      "b_arc",
      "W_label",
      "b_label",
      "W_labelPrior",
      "b_labelPrior",
    ]
      .map((name) => values(network.parameters[name]).slice());
    for (let b = 0; b < layout.batch; b++) {
      for (let i = 0; i < batch.lengths[b]; i++) {
        const token = layout.starts[b] + i;
        for (let j = 0; j < batch.lengths[b]; j++) { // Σ_kl [d_i ; 1]_k U_kl h_jl
          let score = 0;
          for (let l = 0; l < arcUnits; l++) {
            let dU = u[l];
            for (let k = 0; k < arcUnits; k++) dU += d[token * arcUnits + k] * U[k * arcUnits + l];
            score += dU * h[(layout.starts[b] + j) * arcUnits + l];
          }
          assertAlmostEquals(S[(b * T + i) * T + j], score, 1e-4);
        }
        for (let r = 0; r < labels; r++) {
          let score = p[r];
          for (let k = 0; k < labelUnits; k++) {
            score += dLabel[token * labelUnits + k] * P[k * labels + r];
          }
          for (let l = 0; l < labelUnits; l++) {
            let dU = w[l * labels + r];
            for (let k = 0; k < labelUnits; k++) {
              dU += dLabel[token * labelUnits + k] * W[(k * labelUnits + l) * labels + r];
            }
            score += dU * hLabel[heads[token] * labelUnits + l];
          }
          assertAlmostEquals(L[token * labels + r], score, 1e-4);
        }
      }
    }
  });
  network.dispose();
});

/** A sentence's arc scores, shape [length, length]. */
function arcScores(network: BiaffineNetwork, sentences: readonly BiaffineExample[], b: number) {
  const { tf, values } = network.engine, batch = joinSentences(sentences);
  const layout = new SentenceLayout(batch.lengths), T = layout.longest, n = batch.lengths[b];
  const S = tf.tidy(() => values(network.arcScores(network.roles(batch, TEST), layout)).slice());
  return Float32Array.from(
    { length: n * n },
    (_, i) => S[(b * T + Math.floor(i / n)) * T + i % n],
  );
}

testEngines("a sentence's scores are the same alone and beside longer ones", (engine) => {
  const network = drawnNetwork(engine), sentences = drawnSentences([3, 9, 1, 6]);
  for (const [b, sentence] of sentences.entries()) {
    const together = arcScores(network, sentences, b);
    arcScores(network, [sentence], 0).forEach((score, i) =>
      assertAlmostEquals(together[i], score, 1e-5)
    );
  }
  network.dispose();
});

testEngines("the order of a batch does not change its loss, nor does its division", (engine) => {
  const network = drawnNetwork(engine), sentences = drawnSentences([3, 9, 1, 6]);
  const all = lossOf(network, joinSentences(sentences));
  assertAlmostEquals(lossOf(network, joinSentences(sentences.toReversed())), all, 1e-5);
  const weighted = sentences.map((sentence) => {
    const batch = joinSentences([sentence]);
    return lossOf(network, batch) * network.tokens(batch);
  });
  assertAlmostEquals(weighted.reduce((a, b) => a + b) / (3 + 9 + 1 + 6), all, 1e-5);
  network.dispose();
});

testEngines("without LSTMs an arc's score depends on its two tokens alone", (engine) => {
  const network = drawnNetwork(engine, { layers: 0 });
  const [sentence] = drawnSentences([6]);
  sentence.words.set([4, 2], 1); // tokens 1 and 2, and again 5 and 6
  sentence.words.set([4, 2], 5);
  sentence.tags.set([1, 3], 1);
  sentence.tags.set([1, 3], 5);
  sentence.affixes.copyWithin(7 * 5, 7 * 1, 7 * 3);
  const S = arcScores(network, [sentence], 0);
  assertAlmostEquals(S[1 * 7 + 2], S[5 * 7 + 6], 1e-5);
  assertAlmostEquals(S[1 * 7 + 2], S[1 * 7 + 6], 1e-5);
  network.dispose();
});

Deno.test("dropped words and tags: shares as asked, survivors count twice, the mean stays", () => {
  const N = 100_000, { word, tag } = tokenDropout(N, { rate: 0.33, random: seeded(6) });
  const share = (values: Float32Array, of: number) => values.filter((v) => v === of).length / N;
  for (const values of [word, tag]) {
    assertAlmostEquals(share(values, 0), 0.33, 0.01);
    assertAlmostEquals(share(values, 1), 0.67 * 0.67, 0.01);
    assertAlmostEquals(share(values, 2), 0.67 * 0.33, 0.01);
  }
  for (let i = 0; i < N; i++) assert(word[i] + tag[i] === 2 || word[i] + tag[i] === 0);
});

Deno.test("a layout finds every token again: steps and rows undo each other", () => {
  const layout = new SentenceLayout(Int32Array.of(3, 5, 1));
  const steps = layout.steps(), rows = layout.rows();
  assertEquals([layout.tokens, layout.longest], [9, 5]);
  layout.places().forEach((place, token) => assertEquals(steps[place], token));
  assertEquals([...rows], [0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8]);
  assertEquals([...layout.sentences()], [0, 0, 0, 1, 1, 1, 1, 1, 2]);
});

/**
 * The cost model behind the cut-offs of adaptive softmax: measures it, finds the cheapest cut-offs
 * of a vocabulary with Zipf's frequencies, and compares what it predicts for a training step of
 * the output layer with what the step takes: `deno task bench-cutoffs`.
 *
 * @module
 */
import process from "node:process";
import { engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { AdaptiveSoftmax, bestCutoffs, measureClusterCost } from "#lib/rnn/mod.ts";
import { readOptions } from "../tools/options.ts";

const HELP = `Measures the cost model of adaptive softmax and its cheapest cut-offs.

deno task bench-cutoffs [--words 10000] [--units 200] [--rows 400]`;
const { values } = readOptions(HELP, {
  options: {
    words: { type: "string", default: "10000" },
    units: { type: "string", default: "200" },
    rows: { type: "string", default: "400" },
  },
});
const [words, units, rows] = [values.words, values.units, values.rows].map(Number);
const found = await engine(), { tf, updates } = found;
const counts = Array.from({ length: words }, (_, k) => Math.log((k + 2) / (k + 1)));
const { cost, coefficients } = measureClusterCost(found, { units, rows });
console.log(`${found.description}\ncluster: c, μ, λ of c + μ k + λ k n, in milliseconds`);
coefficients.forEach((all, i) => console.log(`  ${i}: ${all.map((v) => v.toPrecision(3))}`));

const random = seeded(1);
const ids = Int32Array.from({ length: rows }, () => Math.floor((words + 1) ** random()) - 1);

/** Milliseconds of processor time of loss, gradients and update of the layer: the least of twelve. */
function stepTime(cutoffs: number[]): number {
  const layer = new AdaptiveSoftmax(found, { units, words, counts, cutoffs, random: seeded(1) });
  const variables = Object.values(layer.parameters);
  const states = tf.variable(tf.ones([rows, units])), targets = tf.tensor1d(ids, "int32");
  const times = Array.from({ length: 12 }, () => {
    const begun = process.cpuUsage();
    tf.tidy(() => {
      const loss = () => layer.loss(states, targets, { training: true, random });
      const { grads } = tf.variableGrads(loss, [states, ...variables]);
      for (const theta of variables) {
        const gradient = grads[theta.name];
        if (!gradient) continue; // of a tail without words in the batch
        const scale = 1 / (1 + (updates?.sumOfSquares(gradient) ?? 0));
        updates?.sgd({ theta, gradient, slots: {} }, { rate: 0.01, scale });
      }
    });
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  });
  tf.dispose([states, targets]);
  layer.dispose();
  return Math.min(...times);
}

/** What the model says of the clusters, for the words of this batch. */
function predicted(cutoffs: number[]): number {
  const ends = [...cutoffs, words];
  return ends.reduce((sum, end, i) => {
    const from = ends[i - 1] ?? 0;
    if (i === 0) return sum + cost(0, end + cutoffs.length, rows);
    return sum + cost(i, end - from, ids.filter((id) => id >= from && id < end).length);
  }, 0);
}

console.log("\ncut-offs: predicted and measured milliseconds, their ratio");
const chosen = [1, 2, 3].map((maxTails) =>
  bestCutoffs(counts, { rows, cost, maxTails, grain: 100 }).cutoffs
);
for (const cutoffs of [[], [2000], ...chosen]) {
  const [model, measured] = [predicted(cutoffs), stepTime(cutoffs)];
  const name = cutoffs.length > 0 ? cutoffs.join(", ") : "none: full softmax";
  const ratio = (measured / model).toFixed(2);
  console.log(`  ${name.padEnd(24)} ${model.toFixed(2)}  ${measured.toFixed(2)}  ${ratio}`);
}

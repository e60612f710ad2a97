import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { bestCutoffs, type ClusterCost, fitCost, measureClusterCost } from "#lib/rnn/mod.ts";

/** Σ of the clusters' costs, written out. */
function costOf(counts: number[], cutoffs: number[], cost: ClusterCost, rows: number): number {
  const falling = counts.toSorted((a, b) => b - a), total = counts.reduce((a, b) => a + b);
  const ends = [...cutoffs, counts.length];
  let sum = cost(0, ends[0] + cutoffs.length, rows);
  for (let i = 1; i < ends.length; i++) {
    const mass = falling.slice(ends[i - 1], ends[i]).reduce((a, b) => a + b) / total;
    sum += cost(i, ends[i] - ends[i - 1], mass * rows);
  }
  return sum;
}

/** All rising sequences of at most `most` cut-offs below V. */
function* allCutoffs(V: number, most: number, from = 1): Generator<number[]> {
  yield [];
  if (most === 0) return;
  for (let c = from; c < V; c++) {
    for (const rest of allCutoffs(V, most - 1, c + 1)) yield [c, ...rest];
  }
}

Deno.test("bestCutoffs finds what an exhaustive search over 30 words finds", () => {
  const random = seeded(3), V = 30, rows = 50;
  for (let run = 0; run < 4; run++) {
    const counts = Array.from({ length: V }, (_, k) => Math.ceil(200 * random() / (1 + k)));
    const [c, mu, flat] = [3 * random(), random(), 200 * random()];
    const cost: ClusterCost = (i, k, n) => c + mu * k / (1 + i) + Math.max(flat, k * n) / 4 ** i;
    const found = bestCutoffs(counts, { rows, cost, maxTails: 3 });
    assertAlmostEquals(costOf(counts, found.cutoffs, cost, rows), found.cost, 1e-9);
    for (const cutoffs of allCutoffs(V, 3)) {
      assert(costOf(counts, cutoffs, cost, rows) >= found.cost - 1e-9, `[${cutoffs}] is cheaper`);
    }
  }
});

Deno.test("bestCutoffs keeps one softmax where tails cost too much", () => {
  const cost: ClusterCost = (i, k, n) => (i === 0 ? 0 : 1e6) + k * n;
  assertEquals(bestCutoffs([5, 4, 3, 2, 1], { rows: 10, cost }), { cutoffs: [], cost: 50 });
});

Deno.test("fitCost recovers c, μ and λ, and never has one below 0", () => {
  const points = [100, 1000, 4000].flatMap((k) => [10, 100, 700].map((n) => ({ k, n })));
  const exact = points.map(({ k, n }) => ({ k, n, time: 0.2 + 1e-4 * k + 3e-6 * k * n }));
  fitCost(exact).forEach((v, i) => assertAlmostEquals(v / [0.2, 1e-4, 3e-6][i], 1, 1e-6));
  const falling = points.map(({ k, n }) => ({ k, n, time: Math.max(1e-6 * k * n - 0.01, 1e-5) }));
  assert(fitCost(falling).every((v) => v >= 0));
});

Deno.test("measureClusterCost: positive costs that rise with words and places", async () => {
  const found = await engine();
  const before = found.tf.memory().numTensors;
  const { cost, coefficients } = measureClusterCost(found, {
    ...{ units: 16, rows: 64, words: 256, maxTails: 1 },
  });
  assertEquals(coefficients.length, 2);
  assert(cost(0, 10, 1) > 0 && cost(0, 100_000, 64) > cost(0, 100, 1));
  assertEquals(found.tf.memory().numTensors, before);
});

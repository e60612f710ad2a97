import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type BinaryExamples, crammerSinger, type CrammerSingerReport } from "#lib/parser/mod.ts";
import { type Random, seeded } from "#lib/random/mod.ts";

/** Random examples with 1 to 5 of 12 features, their class a noisy function of the features. */
function randomExamples(random: Random, { count = 80, classCount = 4 } = {}): BinaryExamples {
  const draw = (n: number) => Math.floor(random() * n);
  const rows = Array.from(
    { length: count },
    () => [...new Set(Array.from({ length: 1 + draw(5) }, () => draw(12)))],
  );
  return {
    features: Int32Array.from(rows.flat()),
    offsets: rows.reduce((at, row, i) => {
      at[i + 1] = at[i] + row.length;
      return at;
    }, new Int32Array(count + 1)),
    classes: Uint16Array.from(
      rows,
      (row) => random() < 0.2 ? draw(classCount) : Math.max(...row) % classCount,
    ),
    featureCount: 12,
    classCount,
  };
}

function last(reports: Iterable<CrammerSingerReport>): CrammerSingerReport {
  let found: CrammerSingerReport | undefined;
  for (const report of reports) found = report;
  return found!;
}

Deno.test("the dual objective falls with every pass, and the duality gap closes", () => {
  const random = seeded(1);
  for (const cost of [0.05, 0.5, 5]) {
    const examples = randomExamples(random);
    let before = 0; // α = 0
    for (const report of crammerSinger(examples, { cost, tolerance: 1e-4, random })) {
      assert(report.dualObjective() <= before + 1e-5);
      before = report.dualObjective();
      if (!report.isConverged) continue;
      const gap = report.primalObjective() + report.dualObjective();
      assert(gap > -1e-4 && gap < 0.01, `gap ${gap} at C = ${cost}`);
    }
  }
});

Deno.test("the weights of a feature sum to 0 over the classes, as Σ_m α_im = 0", () => {
  const random = seeded(2), examples = randomExamples(random);
  const { weights } = last(crammerSinger(examples, { random }));
  for (let feature = 0; feature < 12; feature++) {
    const sum = weights.subarray(feature * 4, feature * 4 + 4).reduce((a, b) => a + b, 0);
    assertAlmostEquals(sum, 0, 1e-5);
  }
});

Deno.test("no other weights have a lower primal objective", () => {
  const random = seeded(3), examples = randomExamples(random), cost = 0.3;
  const { weights, primalObjective } = last(
    crammerSinger(examples, { cost, tolerance: 1e-5, random }),
  );
  const found = primal(examples, weights, cost);
  assertAlmostEquals(primalObjective(), found, 1e-4);
  for (let n = 0; n < 300; n++) {
    const scale = 10 ** (-3 * random());
    const others = weights.map((weight) => weight + scale * (random() - 0.5));
    assert(primal(examples, others, cost) > found - 1e-4);
  }
});

/** ½Σ‖w_m‖² + C Σ_i max_m (w_m·x_i + 1[m ≠ y_i] − w_{y_i}·x_i), by the definition. */
function primal(examples: BinaryExamples, weights: Float32Array, cost: number): number {
  const { features, offsets, classes, classCount } = examples;
  let sum = 0;
  for (const weight of weights) sum += weight ** 2 / 2;
  for (const [i, y] of classes.entries()) {
    const score = (m: number) =>
      [...features.subarray(offsets[i], offsets[i + 1])]
        .reduce((total, feature) => total + weights[feature * classCount + m], 0);
    const slacks = Array.from(
      { length: classCount },
      (_, m) => score(m) + Number(m !== y) - score(y),
    );
    sum += cost * Math.max(...slacks);
  }
  return sum;
}

Deno.test("with two classes it is the binary support vector machine", () => {
  const random = seeded(4), examples = randomExamples(random, { classCount: 2 }), cost = 0.2;
  const { weights } = last(crammerSinger(examples, { cost, tolerance: 1e-6, random }));
  // u = w_1 − w_0 minimises ¼‖u‖² + C Σ max(0, 1 − y u·x): dual coordinate descent on
  // 0 ≤ a_i ≤ C with u = 2 Σ a_i y_i x_i
  const { features, offsets, classes } = examples;
  const u = new Float64Array(12), a = new Float64Array(classes.length);
  for (let pass = 0; pass < 3000; pass++) {
    for (const [i, c] of classes.entries()) {
      const row = features.subarray(offsets[i], offsets[i + 1]), sign = c === 1 ? 1 : -1;
      const margin = sign * row.reduce((sum, feature) => sum + u[feature], 0);
      const next = Math.min(Math.max(a[i] + (1 - margin) / (2 * row.length), 0), cost);
      for (const feature of row) u[feature] += 2 * (next - a[i]) * sign;
      a[i] = next;
    }
  }
  for (let feature = 0; feature < 12; feature++) {
    assertAlmostEquals(weights[2 * feature + 1] - weights[2 * feature], u[feature], 1e-3);
  }
});

Deno.test("one example: α has the closed form", () => {
  const examples = {
    features: Int32Array.of(0, 1),
    offsets: Int32Array.of(0, 2),
    classes: Uint16Array.of(0),
    featureCount: 2,
    classCount: 2,
  };
  // w_0 = −w_1 = α x; the margin 2αA = 1 is reached at α = 1 / (2A) = ¼ unless C is less
  for (const [cost, alpha] of [[1, 0.25], [0.125, 0.125]]) {
    const { weights } = last(crammerSinger(examples, { cost, random: seeded(1) }));
    assertEquals([...weights], [alpha, -alpha, alpha, -alpha]);
  }
});

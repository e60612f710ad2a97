/**
 * Our linear SVM, naive Bayes and logistic regression beside scikit-learn's on the same points:
 * the largest difference of decision values and probabilities over a grid of the plane.
 *
 *     deno task bench-classifiers     # needs scikit-learn: pip install scikit-learn
 *
 * @module
 */
import type { Examples, ProbabilisticClassifier } from "#lib/classify/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import * as ff from "#lib/feedforward/mod.ts";
import { momentum, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const COST = 2, SMOOTHING = 0.5, LAMBDA = 0.01, SIDE = 21;

const grid = Float32Array.from({ length: SIDE * SIDE * 2 }, (_, k) => {
  const i = Math.floor(k / 2);
  return 3 * ((k % 2 ? Math.floor(i / SIDE) : i % SIDE) / (SIDE - 1) - 0.5);
});

type Figures = Record<
  "svm" | "gaussianNaiveBayes" | "multinomialNaiveBayes" | "logisticRegression",
  ArrayLike<number>
>;

/** Every second number: what belongs to class 1. */
function ofClass1(values: Float32Array): Float32Array {
  return values.filter((_, k) => k % 2 === 1);
}

async function ours(points: Examples): Promise<Figures> {
  const n = grid.length / 2, count = points.y.length;
  const counts = { ...points, x: points.x.map((v) => Math.floor(Math.abs(v) * 10)) };
  const p = (model: ProbabilisticClassifier, x = grid, m = n) =>
    ofClass1(model.predictProbabilities(x, m));
  const multinomial = ff.multinomialNaiveBayes(counts, { smoothing: SMOOTHING });
  const regression = new ff.LogisticRegression(await engine({ prefer: "wasm" }), { features: 2 });
  const reports = train(regression, ff.exampleBatches(points, { size: count }), {
    optimizer: momentum({ rate: 1, momentum: 0.9 }),
    epochs: 4000,
    l2: { lambda: LAMBDA, only: ["W"] },
    random: seeded(1),
  });
  for await (const { loss } of reports) if (!Number.isFinite(loss)) throw new Error("diverged");
  return {
    svm: ofClass1(ff.linearSvm(points, { cost: COST, tolerance: 1e-8 }).decisionValues(grid, n)),
    gaussianNaiveBayes: p(ff.gaussianNaiveBayes(points)),
    multinomialNaiveBayes: p(multinomial, counts.x, count),
    logisticRegression: p(regression),
  };
}

async function theirs(points: Examples): Promise<Figures & { version: string }> {
  const script = new URL("sklearn_classifiers.py", import.meta.url).pathname;
  const python = new Deno.Command("python3", {
    args: [script],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const task = {
    ...{ x: [...points.x], y: [...points.y], features: 2, grid: [...grid] },
    ...{ cost: COST, smoothing: SMOOTHING, lambda: LAMBDA },
  };
  const writer = python.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(task)));
  await writer.close();
  const { stdout } = await python.output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

for (const [name, make] of Object.entries({ twoMoons: ff.twoMoons, xor: ff.xor, blobs })) {
  const points = make({ count: 200, random: seeded(1) });
  const [a, { version, ...b }] = [await ours(points), await theirs(points)];
  for (const [system, values] of Object.entries(b)) {
    const own = a[system as keyof Figures];
    const largest = Math.max(...Array.from(values, (v, i) => Math.abs(v - own[i])));
    console.log(`${name} ${system}: largest difference to scikit-learn ${version} ${largest}`);
  }
}

function blobs(options: ff.PlanarOptions): Examples {
  return ff.blobs({ ...options, noise: 0.4, classes: 2 });
}

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Examples, isProbabilistic, labelled } from "#lib/classify/mod.ts";
import * as ff from "#lib/feedforward/mod.ts";
import { normal, seeded } from "#lib/random/mod.ts";
import { classifierContract } from "../_support/classifier_contract.ts";

const POINTS = [[0, 1], [1, 3], [2, 1], [3, 3], [4, 2], [5, 0], [1, 2], [4, 1]];
/** Not separable: (1, 2) stands among the points of class 0. */
const overlapping = labelled(POINTS.map((x, i) => ({ x, label: i < 4 ? 0 : 1 })));
const questions = Float32Array.of(2, 2, 4, 0, 0, 5);

function odd(values: Float32Array): number[] {
  return [...values].filter((_, k) => k % 2 === 1);
}

function assertNear(actual: readonly number[], expected: readonly number[], tolerance = 1e-6) {
  assertEquals(actual.length, expected.length);
  actual.forEach((v, i) => assertAlmostEquals(v, expected[i], tolerance));
}

Deno.test("linear models keep the contract of classifiers; the SVM has no probabilities", () => {
  const clouds = ff.blobs({ count: 30, random: seeded(1) });
  const counts = { ...clouds, x: clouds.x.map((v) => Math.floor(5 * Math.abs(v))) };
  for (const examples of [overlapping, clouds]) {
    const svm = ff.linearSvm(examples);
    assert(!isProbabilistic(svm));
    classifierContract(svm, examples.x);
    classifierContract(ff.gaussianNaiveBayes(examples), examples.x);
  }
  classifierContract(ff.multinomialNaiveBayes(counts), counts.x);
});

Deno.test("SVM of two points: the plane halves the way between them, f is −1 and 1 at the points", () => {
  const svm = ff.linearSvm(labelled([{ x: [1, 2], label: 0 }, { x: [4, 6], label: 1 }]), {
    cost: 10,
  });
  // w = 2 (x₁ − x₀) / ‖x₁ − x₀‖², through the midpoint
  assertNear(odd(Float32Array.from(svm.weights)), [2 * 3 / 25, 2 * 4 / 25]);
  assertNear(odd(svm.decisionValues(Float32Array.of(1, 2, 4, 6, 2.5, 4), 3)), [-1, 1, 0]);
  assertEquals(svm.supportVectors, [0, 1]);
  const hard = ff.linearSvm(labelled([{ x: [1, 2], label: 0 }, { x: [4, 6], label: 1 }]), {
    cost: Infinity, // no violation at any price
  });
  assertEquals([hard.supportVectors, hard.weights], [svm.supportVectors, svm.weights]);
});

Deno.test("SVM: only support vectors hold the plane, and C is what a violation may cost", () => {
  const far = { x: [9, 9], label: 1 };
  const three = [{ x: [0, 0], label: 0 }, { x: [0, 2], label: 0 }, { x: [2, 1], label: 1 }];
  const [without, with_] = [three, [...three, far]].map((p) => ff.linearSvm(labelled(p)));
  assertNear([...with_.weights], [...without.weights]);
  assertEquals(with_.supportVectors, [0, 1, 2]);
  const norms = [0.001, 0.01, 1].map((cost) =>
    ff.linearSvm(overlapping, { cost }).weights.reduce((sum, w) => sum + w * w, 0)
  );
  assert(norms[0] < norms[1] && norms[1] < norms[2]); // a cheap violation, a wide margin
});

Deno.test("SVM: no plane near the optimum has a lower objective", () => {
  const examples = ff.twoMoons({ count: 60, noise: 0.2, random: seeded(1) }), cost = 3;
  const { weights, bias } = ff.linearSvm(examples, { cost, tolerance: 1e-7 });
  const { x, y } = examples;
  const objective = ([a, b, c]: number[]) =>
    (a * a + b * b) / 2 + cost * y.reduce((sum, label, i) => {
        const f = a * x[2 * i] + b * x[2 * i + 1] + c;
        return sum + Math.max(0, 1 - (label ? f : -f));
      }, 0);
  const optimum = [weights[1], weights[3], bias[1]], random = seeded(2);
  for (let trial = 0; trial < 2000; trial++) {
    const size = 10 ** (-4 * random());
    const other = optimum.map((v) => v + size * normal(random));
    assert(objective(other) >= objective(optimum) - 1e-6, `${other}`);
  }
});

Deno.test("SVM and naive Bayes give scikit-learn's figures", () => {
  // scikit-learn 1.9.1: SVC(kernel="linear", C=1), GaussianNB(), MultinomialNB(alpha=1)
  const svm = ff.linearSvm(overlapping, { tolerance: 1e-9 });
  assertNear(odd(svm.decisionValues(questions, 3)), [-0.25, 1.25, -2]);
  assertEquals(svm.supportVectors, [0, 1, 2, 3, 4, 6, 7]);
  const p = (model: ff.GaussianNaiveBayes) => odd(model.predictProbabilities(questions, 3));
  const normals = [2.85847614e-01, 9.60891971e-01, 4.72952975e-04];
  assertNear(p(ff.gaussianNaiveBayes(overlapping)), normals, 1e-7);
  const multinomial = ff.multinomialNaiveBayes(overlapping).predictProbabilities(questions, 3);
  assertNear(odd(multinomial), [0.40748188, 0.87662225, 0.03270441], 1e-7);
});

/** A point a distance from each centre, in each direction: exact means and variances. */
function crosses(centres: { at: [number, number]; reach: number }[]): Examples {
  return labelled(
    centres.flatMap(({ at: [a, b], reach: r }, label) =>
      [[a + r, b], [a - r, b], [a, b + r], [a, b - r]].map((x) => ({ x, label }))
    ),
  );
}

Deno.test("Gaussian naive Bayes: equal variances give the line halfway, others a circle", () => {
  const options = { smoothing: 0 };
  const line = ff.gaussianNaiveBayes(
    crosses([{ at: [-1, 0], reach: 1 }, { at: [3, 0], reach: 1 }]),
    options,
  );
  assertNear([...line.means], [-1, 0, 3, 0]);
  assertNear([...line.variances], [0.5, 0.5, 0.5, 0.5]);
  // log odds (μ₁ − μ₀)·(x − midpoint) / σ²: 0 where x₁ = 1
  const at = Float32Array.of(1, -7, 1, 5, 1.5, 0);
  const [a, b, c] = [0, 1, 2].map((i) => {
    const [f0, f1] = line.decisionValues(at, 3).subarray(2 * i);
    return f1 - f0;
  });
  assertNear([a, b, c], [0, 0, 4 * 0.5 / 0.5], 1e-5);
  const round = ff.gaussianNaiveBayes(
    crosses([{ at: [0, 0], reach: 1 }, { at: [0, 0], reach: 2 }]),
    options,
  );
  // ‖x‖² (1/σ₀² − 1/σ₁²) / 2 = log(σ₁² / σ₀²), with σ² of 0.5 and 2
  const radius = Math.sqrt(2 * Math.log(4) / 1.5);
  for (const angle of [0, 1, 2, 3]) {
    const x = Float32Array.of(radius * Math.cos(angle), radius * Math.sin(angle));
    assertNear([...round.predictProbabilities(x, 1)], [0.5, 0.5]);
  }
});

Deno.test("multinomial naive Bayes: weights are logs of smoothed shares, counted by hand", () => {
  const examples = labelled([
    { x: [2, 1, 0], label: 0 },
    { x: [1, 0, 0], label: 0 },
    { x: [0, 1, 3], label: 1 },
  ]);
  const { weights, bias } = ff.multinomialNaiveBayes(examples);
  assertNear([...weights], [4 / 7, 1 / 7, 2 / 7, 2 / 7, 1 / 7, 4 / 7].map(Math.log));
  assertNear([...bias], [2 / 3, 1 / 3].map(Math.log));
});

Deno.test("what cannot be learned from is refused", () => {
  const empty = labelled([{ x: [1], label: 0 }, { x: [2], label: 0 }], { classes: 2 });
  const same = labelled([{ x: [1], label: 0 }, { x: [1], label: 1 }]);
  const negative = labelled([{ x: [1], label: 0 }, { x: [-1], label: 1 }]);
  assertThrows(() => ff.linearSvm(empty), RangeError, "class 1 has no example");
  assertThrows(() => ff.linearSvm(negative, { cost: 0 }), RangeError, "C above 0, got 0");
  assertThrows(() => ff.gaussianNaiveBayes(empty), RangeError, "class 1 has no example");
  assertThrows(() => ff.gaussianNaiveBayes(same), RangeError, "never varies");
  assertThrows(() => ff.multinomialNaiveBayes(negative), RangeError, "got -1");
  const unseen = labelled([{ x: [1, 0], label: 0 }, { x: [1, 1], label: 1 }]);
  const bare = { smoothing: 0 };
  assertThrows(() => ff.multinomialNaiveBayes(unseen, bare), RangeError, "never occurs");
});

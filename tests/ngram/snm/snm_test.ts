import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { perplexity } from "#lib/lm/mod.ts";
import {
  Adjustment,
  type ContextShape,
  countFeatures,
  countNgrams,
  HeldOutBatch,
  maximumLikelihood,
  ngramShapes,
  placesOf,
  poissonLoss,
  skipGramShapes,
  SparseNonnegativeModel,
  trainHeldOut,
  trainLeaveOneOut,
} from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { after, languageModelContract } from "../../_support/language_model_contract.ts";
import { toySentences } from "../../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const shapes = [...ngramShapes(3), ...skipGramShapes({ words: 2, skipped: 2, tied: 4 })];
const counts = countFeatures(ids, { vocabulary, shapes });
const heldOut = vocabulary.encodeSentences([
  ["the", "students", "closed", "the", "door"],
  ["a", "cat", "saw", "the", "never-seen", "books"],
  ["the", "students", "opened", "their", "books"],
]);

/** An adjustment with weights that are not 0. */
function drawn(options?: { followers?: boolean }): Adjustment {
  const adjustment = new Adjustment(shapes.length, options), random = seeded(5);
  adjustment.theta.forEach((_, k, theta) => theta[k] = random() - 0.5);
  return adjustment;
}

languageModelContract("sparse non-negative matrix", () => ({
  model: new SparseNonnegativeModel(counts, drawn()),
  text: Int32Array.of(...ids.subarray(0, 60), ...heldOut),
  contexts: [["the", "students"], ["a", "cat", "saw"], ["nothing", "never-seen"], []],
}));

Deno.test("shapes: n-grams, skip-grams with r + a words, tied ones where the others end", () => {
  const known: ContextShape[] = [
    { remote: 1, skipped: [1, 1], adjacent: 0 },
    { remote: 1, skipped: [2, 3], adjacent: 0 },
    { remote: 1, skipped: [1, 1], adjacent: 1 },
    { remote: 1, skipped: [2, 3], adjacent: 1 },
    { remote: 2, skipped: [1, 1], adjacent: 0 },
  ];
  assertEquals(skipGramShapes({ words: 2, skipped: 1, tied: 3 }), known);
  assertEquals(ngramShapes(2).map(({ adjacent }) => adjacent), [0, 1]);
  assertEquals(skipGramShapes().length, 30); // 10 pairs (r, a), s = 1, 2, 3
});

Deno.test("a place may have more active features than there may be shapes", () => {
  const tied = (adjacent: number): ContextShape[] =>
    [[1, 2], [3, 4]].map(([least, most]) => ({ remote: 1, skipped: [least, most], adjacent }));
  const many = [...ngramShapes(1), ...Array.from({ length: 92 }, (_, a) => tied(a)).flat()];
  const words = Array.from({ length: 120 }, (_, i) => `w${i}`);
  const { vocabulary, ids } = indexSentences([words]);
  const { table, shapeOf } = countFeatures(ids, { vocabulary, shapes: many });
  let last: [id: number, shape: number][] = [];
  for (const { active } of placesOf(table, ids, { vocabulary })) {
    last = Array.from({ length: active.length }, (_, k) => [active.ids[k], active.shapes[k]]);
  }
  assertEquals([many.length, last.length, new Set(last.map(([id]) => id)).size], [185, 369, 369]);
  assert(last.every(([id, shape]) => shapeOf[id] === shape));
});

Deno.test("countFeatures counts what a loop over the text counts", () => {
  const remote: ContextShape = { remote: 1, skipped: [1, 2], adjacent: 1 };
  const found = countFeatures(ids, { vocabulary, shapes: [...ngramShapes(2), remote] });
  const expected = new Map<string, number>();
  for (const sentence of toySentences) {
    const words = ["<s>", ...sentence, "</s>"];
    for (let t = 1; t < words.length; t++) {
      const far = [words[t - 3], words[t - 4]].filter((word) => word !== undefined);
      const features = ["", words[t - 1], ...new Set(far.map((w) => `${w} _ ${words[t - 1]}`))];
      for (const feature of features) {
        const pair = `${feature} → ${words[t]}`;
        expected.set(pair, (expected.get(pair) ?? 0) + 1);
      }
    }
  }
  const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);
  assertEquals(sorted(found.counts), sorted(expected.values()));
  assertEquals(found.totals[0], ids.length);
  const pairs = found.totals.map((_, i) => {
    let sum = 0;
    for (let k = found.starts[i]; k < found.starts[i + 1]; k++) sum += found.counts[k];
    return sum;
  });
  assertEquals(pairs, found.totals);
});

Deno.test("A ≡ 0: the plain average of relative frequencies and 1/|V|; S_i = 1", () => {
  const plain = new SparseNonnegativeModel(counts, new Adjustment(shapes.length));
  for (const S of plain.rowSums) assertAlmostEquals(S, 1, 1e-12);
  const bigrams = countFeatures(ids, { vocabulary, shapes: ngramShapes(2) });
  const model = new SparseNonnegativeModel(bigrams, new Adjustment(2));
  const [mle, mle1] = [2, 1].map((order) =>
    maximumLikelihood(countNgrams(ids, { order, vocabulary }))
  );
  const [p, p2, p1] = [model, mle, mle1].map((m) => m.logProbabilities(after(m as never, ["the"])));
  const V = vocabulary.size - 1;
  p.forEach((logP, w) => {
    const expected = w === vocabulary.start ? 0 : (Math.exp(p2[w]) + Math.exp(p1[w]) + 1 / V) / 3;
    assertAlmostEquals(Math.exp(logP), expected, 1e-12);
  });
});

Deno.test("with the longest n-gram alone it is maximum likelihood", () => {
  const bigrams = countFeatures(ids, { vocabulary, shapes: ngramShapes(2) });
  const adjustment = new Adjustment(2);
  const half = (adjustment.theta.length - 1) / 2;
  adjustment.theta.fill(-60, 0, half); // the empty feature's
  adjustment.theta[adjustment.theta.length - 1] = -120; // the uniform row
  const model = new SparseNonnegativeModel(bigrams, adjustment);
  const mle = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));
  assertAlmostEquals(perplexity(model, ids), perplexity(mle, ids), 1e-9);
});

/** Compares a gradient with central differences at every weight that has a slope, and some others. */
function checkSlopes(
  adjustment: Adjustment,
  f: (adjustment: Adjustment) => { loss: number; gradient: Float64Array },
): void {
  const { gradient } = f(adjustment), { theta } = adjustment;
  let checked = 0;
  for (let k = 0; k < theta.length; k++) {
    if (gradient[k] === 0 && k % 97 > 0) continue;
    const before = theta[k];
    theta[k] = before + 1e-5;
    const up = f(adjustment).loss;
    theta[k] = before - 1e-5;
    const slope = (up - f(adjustment).loss) / 2e-5;
    theta[k] = before;
    assertAlmostEquals(gradient[k], slope, 1e-6 * Math.max(1, Math.abs(slope)), `θ[${k}]`);
    if (gradient[k] !== 0) checked++;
  }
  assert(checked > 50);
}

Deno.test("held-out training: the gradient of −Σ log P, by finite differences", () => {
  const batch = new HeldOutBatch(counts);
  for (const place of placesOf(counts.table, heldOut, { vocabulary })) batch.add(place);
  checkSlopes(drawn(), (adjustment) => {
    const gradient = new Float64Array(adjustment.theta.length);
    return { loss: batch.differentiate(adjustment, gradient), gradient };
  });
  const adjustment = drawn();
  const loss = batch.differentiate(adjustment, new Float64Array(adjustment.theta.length));
  const logP = new SparseNonnegativeModel(counts, adjustment).score(heldOut);
  assertAlmostEquals(loss, logP.reduce((sum, v) => sum - v, 0), 1e-9);
});

/** Σ over places of Σ_w y_w − log y_v, written out word by word. */
function naivePoisson(adjustment: Adjustment): number {
  const { starts, words, totals, shapeOf } = counts, V = vocabulary.size - 1;
  let loss = 0;
  for (const { active, word } of placesOf(counts.table, ids, { vocabulary })) {
    const y = new Float64Array(vocabulary.size).fill(Math.exp(adjustment.uniform) / V);
    y[vocabulary.start] = 0;
    for (const i of active.ids.subarray(0, active.length)) {
      if (totals[i] === 1) continue;
      adjustment.turnTo({ shape: shapeOf[i], total: totals[i] - 1, followers: 1 });
      for (let pair = starts[i]; pair < starts[i + 1]; pair++) {
        const n = counts.counts[pair] - (words[pair] === word ? 1 : 0);
        if (n > 0) y[words[pair]] += Math.exp(adjustment.of(n)) * n / (totals[i] - 1);
      }
    }
    loss += y.reduce((sum, v) => sum + v, 0) - Math.log(y[word]);
  }
  return loss;
}

Deno.test("leave-one-out: the spread-out Poisson loss is the naive one over the whole text, and so is its gradient", () => {
  checkSlopes(drawn({ followers: false }), (adjustment) => {
    const gradient = new Float64Array(adjustment.theta.length);
    for (const place of placesOf(counts.table, ids, { vocabulary })) {
      poissonLoss(counts, place, { adjustment, gradient });
    }
    return { loss: naivePoisson(adjustment), gradient };
  });
});

Deno.test("leave-one-out: a pair seen once contributes nothing to its own place", () => {
  const once = countFeatures(vocabulary.encodeSentences([["cat", "dog"], ["cat", "sat"]]), {
    ...{ vocabulary, shapes: ngramShapes(2) },
  });
  const gradient = new Float64Array(new Adjustment(2).theta.length);
  const adjustment = new Adjustment(2, { followers: false });
  const places = placesOf(once.table, vocabulary.encodeSentences([["cat", "dog"]]), { vocabulary });
  places.next();
  const loss = poissonLoss(once, places.next().value!, { adjustment, gradient });
  // dog after cat: C = 2, pair seen once. M⁻: 1 of empty (5/1 · 1/5) and 1 of cat (1/1 · 1/1)
  const V = vocabulary.size - 1;
  assertAlmostEquals(loss, 1 + 1 + 1 - Math.log(1 / V), 1e-12);
});

Deno.test("both trainings make their text likelier, and held-out text too", () => {
  const before = perplexity(
    new SparseNonnegativeModel(counts, new Adjustment(shapes.length)),
    heldOut,
  );
  const losses: number[] = [];
  const heldOutTrained = trainHeldOut(counts, heldOut, {
    ...{ epochs: 30, report: (_, loss) => losses.push(loss) },
  });
  assertAlmostEquals(Math.exp(losses[0]), before, 1e-6 * before);
  assert(losses.at(-1)! < losses[0]);
  const after = perplexity(new SparseNonnegativeModel(counts, heldOutTrained), heldOut);
  assert(after < 0.8 * before, `${after} after, ${before} before`);
  const poisson: number[] = [];
  trainLeaveOneOut(counts, ids, { epochs: 5, batchSize: 50, report: (_, l) => poisson.push(l) });
  assert(poisson.at(-1)! < poisson[0]);
});

Deno.test("empty texts and shapes without the empty feature are refused", () => {
  const empty = new Int32Array(0);
  assertThrows(() => trainHeldOut(counts, empty), RangeError, "empty");
  assertThrows(() => trainLeaveOneOut(counts, empty), RangeError, "empty");
  const without = { vocabulary, shapes: ngramShapes(2).slice(1) };
  assertThrows(() => countFeatures(ids, without), RangeError, "the empty one first");
});

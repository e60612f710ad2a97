import {
  BagOfWordsClassifier,
  bagsOfWords,
  classIds,
  classifyTexts,
  textAccuracy,
  type TextClassifier,
} from "#lib/classify/mod.ts";
import { multinomialNaiveBayes } from "#lib/feedforward/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";

const vocabulary = new Vocabulary(["good", "bad", "film"]);
const classes = ["negative", "positive"];
const texts = [
  { words: ["good", "good", "film"], label: "positive" },
  { words: ["bad", "film"], label: "negative" },
  { words: ["good", "actor"], label: "positive" },
];

Deno.test("a text's class is the likeliest, of equal ones the first", async () => {
  const classifier: TextClassifier = {
    classes: ["a", "b", "c"],
    logProbabilities: () => Promise.resolve(Float64Array.of(-3, -1, -2, -1, -2, -1)),
  };
  assertEquals(await classifyTexts(classifier, [["x"], ["y"]]), ["b", "a"]);
  const labelled = [{ words: ["x"], label: "b" }, { words: ["y"], label: "c" }];
  assertEquals(await textAccuracy(classifier, labelled), 0.5);
});

Deno.test("accuracy of no text, and labels of no class, are refused", async () => {
  const classifier = { classes, logProbabilities: () => Promise.resolve(new Float64Array(0)) };
  await assertRejects(() => textAccuracy(classifier, []), RangeError, "there is no text");
  assertThrows(() => classIds([{ words: [], label: "odd" }], classes), RangeError, '"odd"');
});

Deno.test("bags of words count each word, unknown ones together, whatever their order", () => {
  const { x, y, features } = bagsOfWords(texts, { vocabulary, classes });
  assertEquals(features, 6);
  assertEquals([...x], [0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0]);
  assertEquals([...y], [1, 0, 1]);
});

Deno.test("naive Bayes over bags of words is Bayes' rule by hand", async () => {
  const model = multinomialNaiveBayes(bagsOfWords(texts, { vocabulary, classes }));
  const classifier = new BagOfWordsClassifier(model, { vocabulary, classes });
  const [negative, positive] = await classifier.logProbabilities([["film", "good"]]);
  // P(film | -) P(good | -) P(-) = 2/8 · 1/8 · 1/3, P(film | +) P(good | +) P(+) = 2/11 · 4/11 · 2/3
  const [a, b] = [2 / 8 / 8 / 3, 2 / 11 * 4 / 11 * 2 / 3];
  assertAlmostEquals(Math.exp(negative), a / (a + b), 1e-6);
  assertAlmostEquals(Math.exp(positive), b / (a + b), 1e-6);
  // (P(good | -) / P(good | +))³⁰⁰ is too small for a probability, but not its logarithm
  const [unlikely] = await classifier.logProbabilities([new Array(300).fill("good")]);
  assertAlmostEquals(unlikely, 300 * Math.log(1 / 8 / (4 / 11)) + Math.log(1 / 2), 1e-3);
});

Deno.test("a classifier of other features or classes is refused", () => {
  const model = multinomialNaiveBayes(bagsOfWords(texts, { vocabulary, classes }));
  const other = new Vocabulary(["good"]);
  assertThrows(() => new BagOfWordsClassifier(model, { vocabulary: other, classes }), RangeError);
});

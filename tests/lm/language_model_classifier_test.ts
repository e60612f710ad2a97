import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { BagOfWordsClassifier, bagsOfWords, classifyTexts } from "#lib/classify/mod.ts";
import { multinomialNaiveBayes } from "#lib/feedforward/mod.ts";
import { LanguageModelClassifier, perplexity } from "#lib/lm/mod.ts";
import { addDelta, countNgrams } from "#lib/ngram/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";

const vocabulary = new Vocabulary(["we", "must", "act", "now", "rest"]);
const said = { Active: ["we must act now", "act now"], Lazy: ["we must rest", "rest now we must"] };
const sentences = (lines: readonly string[]) => lines.map((line) => line.split(" "));

/** A model of each one's lines. */
function languages(order: number) {
  return Object.entries(said).map(([name, lines]) => {
    const ids = vocabulary.encodeSentences(sentences(lines));
    return { name, model: addDelta(countNgrams(ids, { order, vocabulary }), 1), share: 0.5 };
  });
}

Deno.test("with equal shares the model with the lowest perplexity decides", async () => {
  const all = languages(2), classifier = new LanguageModelClassifier(all);
  const texts = [["we", "act", "</s>"], ["rest", "</s>", "rest", "</s>"], ["now"]];
  const found = await classifyTexts(classifier, texts);
  texts.forEach((words, i) => {
    const [active, lazy] = all.map(({ model }) => perplexity(model, vocabulary.encode(words)));
    assertEquals(found[i], active <= lazy ? "Active" : "Lazy");
  });
});

Deno.test("models of single words are naive Bayes, and shares are Bayes' prior", async () => {
  const shares = [0.25, 0.75], classes = Object.keys(said);
  const classifier = new LanguageModelClassifier(
    languages(1).map((language, c) => ({ ...language, share: shares[c] })),
  );
  const words = ["we", "act", "rest", "</s>"];
  const [logActive, logLazy] = await classifier.logProbabilities([words]);
  // a bag that never holds <s>: the same denominators as a language model's
  const texts = Object.entries(said).flatMap(([label, lines]) =>
    sentences(lines).map((words) => ({ words: [...words, "</s>"], label }))
  );
  const bayes = multinomialNaiveBayes(bagsOfWords(texts, { vocabulary, classes }), {
    smoothing: 1,
  });
  const odds = words.reduce((sum, word) => {
    const at = vocabulary.id(word) * 2;
    return sum + bayes.weights[at] - bayes.weights[at + 1];
  }, Math.log(shares[0] / shares[1]));
  const sizes = [8 + 8, 9 + 8]; // words and </s> of each, and one for every word and mark, <s> too
  const withoutStart = words.length *
    Math.log((sizes[0] / (sizes[0] - 1)) / (sizes[1] / (sizes[1] - 1)));
  assertAlmostEquals(logActive - logLazy, odds + withoutStart, 1e-9);
  assertAlmostEquals(Math.exp(logActive) + Math.exp(logLazy), 1, 1e-12);
  assertEquals(new BagOfWordsClassifier(bayes, { vocabulary, classes }).classes, classes);
});

Deno.test("texts without words and shares that do not sum to 1 are refused", async () => {
  const [one, two] = languages(1);
  assertThrows(() => new LanguageModelClassifier([]), RangeError, "sum to 1");
  assertThrows(() => new LanguageModelClassifier([one, { ...two, share: 0.6 }]), RangeError);
  assertThrows(
    () => new LanguageModelClassifier([{ ...one, share: 1.5 }, { ...two, share: -0.5 }]),
    RangeError,
  );
  const classifier = new LanguageModelClassifier([one, two]);
  const asked = classifier.logProbabilities([["we"], []]); // rejects, does not throw
  await assertRejects(() => asked, RangeError, "text 1");
});

import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  BagOfWordsClassifier,
  bagsOfWords,
  type LabelledText,
  textAccuracy,
} from "#lib/classify/mod.ts";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { multinomialNaiveBayes } from "#lib/feedforward/mod.ts";
import { saveCheckpoint } from "#lib/nn/mod.ts";
import { seeded, shuffled } from "#lib/random/mod.ts";
import {
  classifierBatches,
  classifierTraining,
  type ClassifierTrainingOptions,
  type EncoderSizes,
  encodeSentences,
  loadSentenceClassifier,
  type Pooling,
  saveSentenceClassifier,
  SentenceClassifier,
} from "#lib/rnn/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { permittedTest } from "../../_support/permitted.ts";

const SMALL: EncoderSizes = {
  ...{ wordWidth: 4, layers: 2, units: 3, bidirectional: true, pooling: "max" },
  ...{ drop: 0, wordDrop: 0 },
};
const WAYS: readonly Pooling[] = ["final", "max", "mean"];
const vocabulary = new Vocabulary(["a", "fine", "poor", "film", "not"]);
const classes = ["negative", "positive", "neither"];
const sentences = [["a", "fine", "film"], ["poor"], ["not", "a", "poor", "film", "not"], ["fine"]];
const texts = sentences.map((words, i) => ({ words, label: classes[i % 3] }));

function make(engine: Engine, sizes: Partial<EncoderSizes> = {}): SentenceClassifier {
  return new SentenceClassifier(engine, {
    ...{ vocabulary, classes, sizes: { ...SMALL, ...sizes }, random: seeded(6) },
  });
}

/** A batch of all texts. */
function whole(): { lengths: Int32Array; words: Int32Array; classes: Int32Array } {
  return { ...encodeSentences(sentences, vocabulary), classes: Int32Array.of(0, 1, 2, 0) };
}

for (const pooling of WAYS) {
  testEngines(`${pooling}: the loss's gradients are those of finite differences`, (engine) => {
    const { tf, values } = engine, model = make(engine, { pooling });
    for (const variable of Object.values(model.parameters)) { // states far enough apart: no step of
      const weights = values(variable); // the differences below changes which of them is largest
      weights.set(weights.map((v) => 3 * v));
    }
    const loss = () => model.loss(whole(), { training: true, random: seeded(5) });
    const { grads, value } = tf.variableGrads(loss, Object.values(model.parameters));
    for (const [name, variable] of Object.entries(model.parameters)) {
      const gradient = values(grads[variable.name]).slice(), start = values(variable).slice();
      const length = Math.hypot(...gradient), h = 0.005;
      assert(length > 1e-5, `${name} has a gradient`);
      const at = (by: number) => {
        values(variable).set(start.map((v, i) => v + by * gradient[i] / length));
        const J = tf.tidy(() => values(loss())[0]);
        values(variable).set(start);
        return J;
      };
      const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      assertAlmostEquals(slope, length, 0.01 * length + 1e-4, name);
    }
    tf.dispose([value, grads]);
    model.dispose();
  });

  testEngines(`${pooling}: neither padding nor order changes a probability`, async (engine) => {
    const model = make(engine, { pooling }), C = classes.length;
    const together = await model.logProbabilities(sentences);
    const back = await model.logProbabilities(sentences.toReversed());
    for (const [i, words] of sentences.entries()) {
      const alone = await model.logProbabilities([words]);
      for (let c = 0; c < C; c++) {
        assertAlmostEquals(together[i * C + c], alone[c], 1e-5);
        assertAlmostEquals(back[(sentences.length - 1 - i) * C + c], alone[c], 1e-5);
      }
      assertAlmostEquals(alone.reduce((sum, logP) => sum + Math.exp(logP), 0), 1, 1e-5);
    }
    model.dispose();
  });

  permittedTest(`${pooling}: twenty sentences are learned by heart`, ["read"], async () => {
    const random = seeded(9);
    const twenty = Array.from({ length: 20 }, (_, i): LabelledText => ({
      words: Array.from({ length: 3 + i % 5 }, () => vocabulary.word(3 + Math.floor(random() * 5))),
      label: classes[i % 3],
    }));
    const { classifier } = await trained(twenty, {
      sizes: { pooling },
      epochs: 60,
      batchWords: 40,
      rate: 0.03,
    });
    assertEquals(await textAccuracy(classifier, twenty), 1);
    classifier.dispose();
  });
}

testEngines("the loss is the mean of −log P that logProbabilities() gives", async (engine) => {
  const { tf, values } = engine,
    model = make(engine),
    logP = await model.logProbabilities(sentences);
  const J = tf.tidy(() => values(model.loss(whole(), { training: false, random: seeded(1) }))[0]);
  const mean = [0, 1, 2, 0].reduce((sum, c, i) => sum - logP[i * 3 + c] / 4, 0);
  assertAlmostEquals(J, mean, 1e-5);
  model.dispose();
});

testEngines("word vectors are where their words begin, of mean length 1", (engine) => {
  const vectors = {
    words: ["fine", "odd"],
    width: 4,
    vectors: Float32Array.of(3, 0, 0, 4, 0, 0, 5, 0),
  };
  const options = { vocabulary, classes, sizes: SMALL, vectors, random: seeded(6) };
  const model = new SentenceClassifier(engine, options), plain = make(engine);
  const row = (of: SentenceClassifier, word: string) => {
    const at = vocabulary.id(word) * 4;
    return [...engine.values(of.parameters.E).slice(at, at + 4)];
  };
  assertEquals(row(model, "fine").map((v) => Math.round(10 * v) / 10), [0.6, 0, 0, 0.8]);
  assertEquals(row(model, "poor"), row(plain, "poor"));
  const wrong = { ...vectors, width: 2 };
  assertThrows(
    () => new SentenceClassifier(engine, { ...options, vectors: wrong }),
    RangeError,
    "expected width 4, got 2",
  );
  model.dispose();
  plain.dispose();
});

testEngines("vectors of words that are not known do not count, and zeros stay zeros", (engine) => {
  const fine = (words: string[], first: number) => {
    const vectors = { words, width: 4, vectors: Float32Array.of(first, 0, 0, 0, 99, 0, 0, 0) };
    const options = { vocabulary, classes, sizes: SMALL, vectors, random: seeded(6) };
    const model = new SentenceClassifier(engine, options), at = vocabulary.id("fine") * 4;
    const found = [...engine.values(model.parameters.E).slice(at, at + 4)];
    model.dispose();
    return found;
  };
  assertEquals(fine(["fine", "unheard"], 3), [1, 0, 0, 0]);
  assertEquals(fine(["fine", "unheard"], 0), [0, 0, 0, 0]);
  fine(["unseen", "unheard"], 1); // no word is known: nothing to put
});

Deno.test("each epoch has every sentence once, in batches of few words", () => {
  const random = seeded(3);
  const make = classifierBatches(texts, { vocabulary, classes, words: 5 });
  for (let epoch = 0; epoch < 3; epoch++) {
    const batches = [...make(random) as Iterable<ReturnType<typeof whole>>];
    assert(batches.every(({ words, lengths }) => words.length <= 5 || lengths.length === 1));
    const found = batches.flatMap(({ lengths, words, classes }) => {
      let at = 0;
      return [...lengths].map((n, b) => `${words.slice(at, at += n)} ${classes[b]}`);
    });
    const expected = texts.map(({ words, label }) =>
      `${vocabulary.encode(words)} ${classes.indexOf(label)}`
    );
    assertEquals(found.sort(), expected.sort());
  }
});

Deno.test("sentences without words and unknown classes are refused", async () => {
  assertThrows(() => encodeSentences([["a"], []], vocabulary), RangeError, "sentence 1");
  const none = { words: [], label: "x" };
  await assertRejects(() => classifierTraining([]).next(), RangeError, "there is no sentence");
  if (Deno.permissions.querySync({ name: "read" }).state !== "granted") return;
  const { tf } = await engine(), before = tf.memory().numTensors;
  const says = "sentence 0 to learn from has no words";
  await assertRejects(() => classifierTraining([none]).next(), RangeError, says);
  const devs: [LabelledText[], string][] = [
    [[{ words: ["a"], label: "other" }], '"other"'],
    [[], "no sentence in dev"],
    [[...texts, { ...none, label: classes[0] }], "sentence 4 in dev has no words"],
  ];
  for (const [dev, says] of devs) {
    await assertRejects(() => classifierTraining(texts, { dev }).next(), RangeError, says);
  }
  const pooling = "average" as Pooling;
  await assertRejects(() => classifierTraining(texts, { sizes: { pooling } }).next(), TypeError);
  for (const sizes of [{ wordDrop: 7 }, { drop: 1 }, { wordDrop: NaN }]) {
    const training = classifierTraining(texts, { sizes });
    await assertRejects(() => training.next(), RangeError, "in [0, 1), got");
  }
  const model = make(await engine());
  const asked = model.logProbabilities([["fine"], ["poor"], []]);
  await assertRejects(() => asked, RangeError, "sentence 2: it has no words");
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

permittedTest("a training without a report leaves nothing", ["read"], async () => {
  const { tf } = await engine(), before = tf.memory().numTensors;
  const run = (options: ClassifierTrainingOptions) =>
    Array.fromAsync(classifierTraining(texts, { sizes: SMALL, ...options }));
  assertEquals(await run({ epochs: 0 }), []);
  const refused: [ClassifierTrainingOptions, string][] = [
    [{ rate: -1 }, "expected a rate of 0 or more"],
    [{ epochs: 1.5 }, "expected epochs in a whole number"],
    [{ sizes: { ...SMALL, layers: 0 } }, "expected whole layers"],
  ];
  for (const [options, says] of refused) await assertRejects(() => run(options), RangeError, says);
  assertEquals(tf.memory().numTensors, before);
});

permittedTest("training stopped and resumed gives the same weights", ["read"], async () => {
  const options = {
    ...{ sizes: { ...SMALL, drop: 0.3, wordDrop: 0.2 }, epochs: 3, reportEvery: 1 },
    ...{ batchWords: 4, leastCount: 1 },
  };
  const whole = await trained(texts, options);
  let resume;
  for await (const report of classifierTraining(texts, options)) {
    if (report.step < 4) continue;
    resume = report.state();
    report.classifier.dispose();
    break;
  }
  const resumed = await trained(texts, { ...options, resume });
  const [a, b] = [whole, resumed].map(({ classifier }) => classifier.logProbabilities(sentences));
  assertEquals(await a, await b);
  for (const { classifier } of [whole, resumed]) classifier.dispose();
});

permittedTest("a classifier read from its file decides as before", ["read", "write"], async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/classifier`;
  try {
    const model = make(await engine());
    await saveSentenceClassifier(model, path, { notes: { seed: 1 } });
    const loaded = await loadSentenceClassifier(path);
    assertEquals(loaded.classes, classes);
    assertEquals(await loaded.logProbabilities(sentences), await model.logProbabilities(sentences));
    loaded.dispose();
    await saveCheckpoint(path, { model, config: { format: "other" } });
    await assertRejects(() => loadSentenceClassifier(path), SyntaxError, "sentence-classifier-1");
    model.dispose();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

permittedTest("order decides: the encoder learns what bags of words cannot", ["read"], async () => {
  const train = whoChases(150, 1), test = whoChases(50, 2);
  const names = ["object", "subject"];
  const words = new Vocabulary(new Set(train.flatMap(({ words }) => words)));
  const bag = { vocabulary: words, classes: names };
  const bayes = new BagOfWordsClassifier(multinomialNaiveBayes(bagsOfWords(train, bag)), bag);
  const { classifier } = await trained(train, { epochs: 20, batchWords: 110, rate: 0.03 });
  assertEquals(await textAccuracy(bayes, test), 0.5); // each pair of sentences is one bag
  const accuracy = await textAccuracy(classifier, test);
  assert(accuracy >= 0.95, `accuracy ${accuracy}`);
  classifier.dispose();
});

/** "the cat chases the dog , who is the cat ?" and the same with the animals swapped. */
function whoChases(pairs: number, seed: number): LabelledText[] {
  const random = seeded(seed), animals = ["cat", "dog", "fox", "hen", "rat", "cow"];
  return Array.from({ length: pairs }, () => {
    const [a, b] = shuffled(animals, random);
    const sentence = (subject: string, object: string) => ({
      words: `the ${subject} chases the ${object} , what is the ${a} ?`.split(" "),
      label: subject === a ? "subject" : "object",
    });
    return [sentence(a, b), sentence(b, a)];
  }).flat();
}

/** Trains without dropout unless asked. */
async function trained(
  texts: readonly LabelledText[],
  options: ClassifierTrainingOptions,
): Promise<{ classifier: SentenceClassifier }> {
  let classifier: SentenceClassifier | undefined;
  const small = { ...SMALL, layers: 1, units: 12, wordWidth: 8, ...options.sizes };
  for await (
    const report of classifierTraining(texts, { ...options, leastCount: 1, sizes: small })
  ) classifier = report.classifier;
  return { classifier: classifier! };
}

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { fit, perplexity } from "#lib/lm/mod.ts";
import { adam, Embedding, sgd, train, type TrainingState } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  buildLanguageModel,
  FullSoftmax,
  type LanguageModelSpec,
  RecurrentLanguageModel,
  RecurrentStack,
  sentenceBatches,
  type TextBatch,
} from "#lib/rnn/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { languageModelContract } from "../_support/language_model_contract.ts";
import { mayRead } from "../_support/permission.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids, counts } = indexSentences(toySentences);
const testing = { training: false, random: seeded(1) };

/** Weights large enough that the words so far matter. */
function make(engine: Engine, spec: Partial<LanguageModelSpec> = {}): RecurrentLanguageModel {
  const sizes = { width: 6, cell: "lstm", units: 6, range: 0.8 } as const;
  return buildLanguageModel(engine, { ...sizes, ...spec }, { vocabulary, random: seeded(3) });
}

const specs: Record<string, Partial<LanguageModelSpec>> = {
  "LSTM over two layers": { layers: 2 },
  "LSTM, each sentence anew": { crossesSentences: false },
  "vanilla network": { cell: "tanh" },
  "GRU with tied embeddings": { cell: "gru", output: { kind: "full", tied: true } },
  "projected LSTM": { projection: 5, layers: 2, crossesSentences: false },
};

if (mayRead) {
  const found = await engine({ prefer: "wasm" });
  for (const [name, spec] of Object.entries(specs)) {
    const model = make(found, spec);
    languageModelContract(name, () => ({
      model,
      text: ids.subarray(0, 70), // the last sentence is cut off
      contexts: [["the", "students"], ["no", "such"], [], ["fell", "</s>", "the"]],
      tolerance: 2e-5,
    }));
  }
}

for (const [name, spec] of Object.entries(specs)) {
  testEngines(`${name}: the training loss is the mean of −log P that score() gives`, (engine) => {
    const { tf, values } = engine, model = make(engine, spec);
    let nats = 0, words = 0;
    for (
      const batch of model.batches(ids, { batchSize: 1, steps: 7 })(seeded(1)) as Iterable<
        TextBatch
      >
    ) {
      const n = model.tokens(batch);
      tf.tidy(() => nats += n * values(model.loss(batch, testing))[0]);
      words += n;
    }
    assertEquals(words, ids.length);
    assertAlmostEquals(nats / words, fit(model, ids).crossEntropy, 1e-5);
    model.dispose();
  });
}

testEngines("states carried from batch to batch equal one long unroll, lane by lane", (engine) => {
  const { tf, values } = engine, model = make(engine);
  const lanes = 3, length = Math.floor(ids.length / lanes);
  let nats = 0, words = 0;
  const batches = model.batches(ids, { batchSize: lanes, steps: 8 })(seeded(1));
  for (const batch of batches as Iterable<TextBatch>) {
    tf.tidy(() => nats += model.tokens(batch) * values(model.loss(batch, testing))[0]);
    words += model.tokens(batch);
  }
  const whole = model.batches(ids, { batchSize: lanes, steps: length })(seeded(1));
  const [unrolled] = [...whole as Iterable<TextBatch>];
  const expected = tf.tidy(() => values(model.loss(unrolled, testing))[0]);
  assertAlmostEquals(nats / words, expected, 1e-5);
  model.dispose();
});

testEngines(
  "perplexity from both sides: exp of the mean loss, and the product of 1/P",
  (engine) => {
    const model = make(engine, { layers: 2 });
    const J = fit(model, ids).crossEntropy;
    // (Π 1/P)^(1/T) in doubles, with the exponent apart so that nothing overflows
    let mantissa = 1, exponent = 0;
    for (const logP of model.score(ids)) {
      mantissa /= Math.exp(logP);
      const power = Math.floor(Math.log2(mantissa));
      mantissa /= 2 ** power;
      exponent += power;
    }
    const geometric = mantissa ** (1 / ids.length) * 2 ** (exponent / ids.length);
    assertAlmostEquals(Math.exp(J) / geometric, 1, 1e-9);
    assertAlmostEquals(perplexity(model, ids) / geometric, 1, 1e-9);
    model.dispose();
  },
);

for (const crossesSentences of [true, false]) {
  testEngines(
    `a model learns a text by heart (state crosses sentences: ${crossesSentences})`,
    async (engine) => {
      const few = ids.subarray(0, 25);
      const model = make(engine, { units: 12, range: 0.2, crossesSentences });
      const before = perplexity(model, few);
      const options = { optimizer: adam({ rate: 0.03 }), epochs: 60, random: seeded(1) };
      const epoch = model.batches(few, { batchSize: 1, steps: 13 });
      for await (const { loss } of train(model, epoch, options)) assert(Number.isFinite(loss));
      const after = perplexity(model, few);
      assert(before > 20 && after < 2, `from ${before} to ${after}`);
      model.dispose();
    },
  );
}

const goingOn: Record<string, Partial<LanguageModelSpec>> = {
  "LSTM with dropout": { layers: 2, dropout: { rate: 0.3 } },
  "GRU and n-grams": { cell: "gru", output: { kind: "classes", ngrams: { order: 3, size: 50 } } },
};
for (const [name, spec] of Object.entries(goingOn)) {
  testEngines(
    `${name}: stopped inside an epoch and resumed it ends with the same bits`,
    async (engine) => {
      const sizes = { width: 6, cell: "lstm", units: 6, range: 0.8, ...spec } as const;
      const text = ids.subarray(0, 90);
      const run = async (resume?: TrainingState) => {
        const model = buildLanguageModel(engine, sizes, { vocabulary, counts, random: seeded(3) });
        const options = { optimizer: sgd({ rate: 0.5 }), epochs: 2, random: seeded(5), resume };
        const states: TrainingState[] = [];
        for await (
          const at of train(model, model.batches(text, { batchSize: 2, steps: 7 }), options)
        ) {
          states.push(at.state());
        }
        const weights = Object.values(model.parameters).map((each) => [...each.dataSync()]);
        model.dispose();
        return { states, weights };
      };
      const whole = await run();
      for (const at of [0, 3, whole.states.length - 2]) {
        const resumed = await run(structuredClone(whole.states[at]));
        assertEquals(resumed.weights, whole.weights, `resumed from report ${at}`);
        assertEquals(resumed.states[0], whole.states[at + 1]);
      }
    },
  );
}

testEngines("a tied model has one matrix less, and its gradient is that of both uses", (engine) => {
  const { tf, values } = engine;
  const model = make(engine, { output: { kind: "full", tied: true } });
  assertEquals("U" in model.parameters, false);
  const [batch] = [
    ...model.batches(ids, { batchSize: 2, steps: 5 })(seeded(1)) as Iterable<TextBatch>,
  ];
  tf.tidy(() => {
    const { E } = model.parameters;
    const loss = () => model.loss({ ...batch, carried: {} }, testing);
    const gradient = tf.variableGrads(loss, [E]).grads[E.name].dataSync();
    const start = values(E).slice(), length = Math.hypot(...gradient);
    const at = (distance: number) => {
      values(E).set(start.map((v, i) => v + distance * gradient[i] / length));
      return values(loss())[0];
    };
    assertAlmostEquals((at(0.02) - at(-0.02)) / 0.04, length, 5e-3 * length);
  });
  model.dispose();
});

testEngines("without a state across sentences, what came before does not matter", (engine) => {
  const model = make(engine, { crossesSentences: false });
  const sentence = vocabulary.encodeSentences([["the", "cat", "sat"]]);
  const other = vocabulary.encodeSentences([["dogs", "fell"], ["the", "cat", "sat"]]);
  const [alone, later] = [model.score(sentence), model.score(other).subarray(-4)];
  alone.forEach((logP, t) => assertAlmostEquals(later[t], logP, 1e-5));
  model.dispose();
});

testEngines(
  "batches of no words are refused, with or without a state across sentences",
  (engine) => {
    for (const crossesSentences of [true, false]) {
      const model = make(engine, { crossesSentences });
      const batches = (batchSize: number, steps: number) => () =>
        model.batches(ids, { batchSize, steps });
      assertThrows(batches(0, 3), RangeError, "expected whole batchSize of at least 1, got 0");
      assertThrows(batches(2, NaN), RangeError, "expected whole steps of at least 1, got NaN");
      model.dispose();
    }
  },
);

Deno.test("sentences of similar length share a batch, padded at the end", () => {
  const { start, end } = vocabulary;
  const text = Int32Array.of(5, 6, 7, end, 8, end, 9, 4, end, 3);
  const batches = sentenceBatches(text, { words: 6, start, end });
  assertEquals(batches.map(({ lengths, from }) => [lengths, from]), [
    [[1, 2], [9, 4]],
    [[3], [6]],
    [[4], [0]],
  ]);
  const [first, second] = batches;
  assertEquals([...first.inputs], [start, start, start, 8]);
  assertEquals([...first.targets], [3, 8, -1, end]);
  assertEquals([...second.inputs], [start, 9, 4]);
  assertEquals([...second.targets], [9, 4, end]);
});

testEngines("a spec that cannot be built is refused, and leaves no tensors", (engine) => {
  const ngrams = { order: 2, size: 1000 }, counts = new Float32Array(vocabulary.size).fill(1);
  const cases: [Partial<LanguageModelSpec> | Record<string, unknown>, string][] = [
    [{ units: 8, output: { kind: "full", tied: true } }, "Cannot tie the weights"],
    [{ output: { kind: "classes", ngrams: { ...ngrams, order: 0 } } }, "Cannot hash n-grams"],
    [{ output: { kind: "classes", ngrams: { ...ngrams, order: 2.5 } } }, "got 2.5 and 1000"],
    [{ output: { kind: "classes", ngrams: { ...ngrams, rate: -1 } } }, "0 or more, got -1"],
    [{ output: { kind: "adaptive", cutoffs: [9, 5] } }, "Cannot cut the vocabulary"],
    [{ output: { kind: "adaptive", cutoffs: [2.5] } }, "whole, rising cut-offs below"],
    [{ output: { kind: "adaptive", cutoffs: [2], tailDropout: 2 } }, "expected tailDropout in"],
    [{ dropout: { rate: 1.5 } }, "expected rate in [0, 1), got 1.5"],
    [{ input: { kind: "characters", filters: [] } }, "got [] filters and 1 highways"],
    [{ input: { kind: "characters", highways: -1 } }, "filters and -1 highways"],
    [{ output: { kind: "softmax" } }, "expected one of full, sampled, blackout, nce, classes"],
    [{ input: { kind: "letters" } }, 'expected "words" or "characters", got {"kind":"letters"}'],
    [{ cell: "rnn" }, 'expected one of tanh, logistic, gru, lstm, got "rnn"'],
    [{ layers: 0 }, "expected whole layers of 1 or more, got 0"],
    [{ layers: 1.5 }, "expected whole layers of 1 or more, got 1.5"],
    [{ units: 0 }, "expected whole units of 1 or more, got 0"],
    [{ width: 0 }, "expected whole inputs of 1 or more, got 0"],
    [{ projection: 0 }, "expected whole projection of 1 or more, got 0"],
  ];
  for (const [wrong, message] of cases) {
    const spec = { width: 6, cell: "lstm", units: 6, ...wrong } as LanguageModelSpec;
    const options = { vocabulary, counts, random: seeded(1) };
    assertThrows(() => buildLanguageModel(engine, spec, options), Error, message);
  }
  const spec = { width: 6, cell: "lstm", units: 6, output: { kind: "nce", samples: 3 } } as const;
  assertThrows(() => make(engine, spec), TypeError, "expected counts, got none");
});

testEngines("two parts with a parameter of one name are refused", (engine) => {
  const random = seeded(1);
  const stack = new RecurrentStack(engine, { cell: "tanh", inputs: 4, units: 4, random });
  const output = new FullSoftmax(engine, { units: 4, words: vocabulary.size, random });
  const input = { parameters: { b2: output.parameters.b2 }, lookup: () => output.parameters.b2 };
  assertThrows(
    () =>
      new RecurrentLanguageModel(engine, {
        ...{ vocabulary, input: { ...input, dispose: () => {} }, stack, output },
      }),
    RangeError,
    "two parts have a parameter b2",
  );
  stack.dispose();
  output.dispose();
});

testEngines(
  "a stack that reads from the end is refused: it would see what it predicts",
  (engine) => {
    const random = seeded(1), words = vocabulary.size;
    const sizes = { cell: "tanh", inputs: 4, units: 4, random } as const;
    const stack = new RecurrentStack(engine, { ...sizes, bidirectional: true });
    const output = new FullSoftmax(engine, { units: stack.width, words, random });
    const input = new Embedding(engine, { words, width: 4, random });
    assertThrows(
      () => new RecurrentLanguageModel(engine, { vocabulary, input, stack, output }),
      RangeError,
      "expected a stack that reads forward",
    );
    for (const part of [stack, output, input]) part.dispose();
  },
);

testEngines(
  "training leaves nothing behind but the model, and any length of input will do",
  async (engine) => {
    const model = make(engine);
    const options = { optimizer: sgd({ rate: 1 }), clipNorm: 1, random: seeded(1) };
    const epoch = model.batches(ids, { batchSize: 3, steps: 9 });
    for await (const report of train(model, epoch, options)) assert(report.tokensPerSecond > 0);
    const scored = [1, 10, 100].map((n) => model.score(ids.subarray(0, n)));
    scored.forEach((scores) => assertAlmostEquals(scores[0], scored[0][0], 1e-6));
    model.dispose();
  },
);

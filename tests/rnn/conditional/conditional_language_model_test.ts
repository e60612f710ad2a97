import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { complete } from "#lib/lm/mod.ts";
import { adam, checkGradients, Embedding, heldRate, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  Attention,
  beamSearch,
  buildConditionalModel,
  ClassFactoredSoftmax,
  type ConditionalBatch,
  ConditionalLanguageModel,
  type ConditionalPair,
  type ConditionalSpec,
  FullSoftmax,
  RecurrentStack,
  VectorEncoder,
} from "#lib/rnn/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { languageModelContract } from "../../_support/language_model_contract.ts";
import { mayRead } from "../../_support/permission.ts";

const vocabulary = new Vocabulary("ab"), source = new Vocabulary("xyz");
const sizes = { cell: "lstm", width: 3, units: 4, range: 0.9 } as const;
const specs: Record<string, ConditionalSpec> = {
  "given a vector": { ...sizes, x: { kind: "vector", inputs: 3, width: 5 }, layers: 2 },
  "given a sequence": { ...sizes, x: { kind: "sequence", width: 3 }, cell: "gru" },
  "attending to a sequence": { ...sizes, x: { kind: "sequence", width: 3 }, attention: true },
};
const xs = [[3, 4, 5], [5, 3, 4, 4, 5], [4]];

function make(engine: Engine, spec: ConditionalSpec): ConditionalLanguageModel {
  return buildConditionalModel(engine, spec, { vocabulary, source, random: seeded(2) });
}

/** x that suits the spec. */
function conditions({ x }: ConditionalSpec): number[][] {
  return x.kind === "vector" ? [[0.1, 0.5, -1], [1, 0, 0], [0, -1, 2]] : xs;
}

/** All outputs of up to so many symbols. */
function allOutputs(maxLength: number): number[][] {
  const outputs: number[][] = [[]];
  for (let i = 0; outputs[i].length < maxLength; i++) {
    for (const id of [0, 3, 4]) outputs.push([...outputs[i], id]);
  }
  return outputs;
}

if (mayRead) {
  const found = await engine({ prefer: "wasm" });
  for (const [name, spec] of Object.entries(specs)) {
    Deno.test(`${name}: gradients are those of finite differences`, () => {
      const { tf, values } = found, model = make(found, spec), given = conditions(spec);
      const pairs = given.map((x, i) => ({ x, y: [3, 4, 4].slice(i) }));
      const [batch] = model.batches(pairs, { symbols: 100 })(seeded(1)) as ConditionalBatch[];
      const named = Object.entries(model.parameters);
      const parameters = Object.fromEntries(named.map(([key, each]) => [key, values(each)]));
      const context = { training: false, random: seeded(1) };
      let gradients: Record<string, Float32Array> | undefined; // at the point, computed once
      checkGradients(
        () => {
          const before = gradients;
          const loss = tf.tidy(() => {
            if (before) return values(model.loss(batch, context))[0];
            const { value, grads } = tf.variableGrads(() => model.loss(batch, context));
            gradients = Object.fromEntries(
              named.map(([key, { name }]) => [key, values(grads[name]).slice()]),
            );
            return values(value)[0];
          });
          return { loss, gradients: gradients! };
        },
        parameters,
        { step: 1e-2, tolerance: 2e-2, floor: 2e-2 },
      );
      model.dispose();
    });

    const model = make(found, spec).given(conditions(spec)[0]);
    languageModelContract(`language model ${name}`, () => ({
      model,
      text: Int32Array.of(3, 4, 2, 4, 4, 3, 2, 3),
      contexts: [["a"], [], ["a", "b", "b"], ["c", "</s>", "b"]],
      tolerance: 2e-5,
    }));
  }
}

for (const [name, spec] of Object.entries(specs)) {
  testEngines(`${name}: P of all outputs sums to 1 with what is left to longer ones`, (engine) => {
    const model = make(engine, spec), x = conditions(spec)[1];
    const outputs = allOutputs(4);
    const scores = model.score(outputs.map((y) => ({ x, y })));
    const sum = (list: Float32Array) => list.reduce((total, logP) => total + logP, 0);
    const ended = scores.reduce((total, each) => total + Math.exp(sum(each)), 0);
    const longer = scores.filter((_, i) => outputs[i].length === 4) // P(4 symbols, then no </s>)
      .reduce((total, each) => {
        const symbols = Math.exp(sum(each.subarray(0, 4)));
        return total + symbols * (1 - Math.exp(each[4]));
      }, 0);
    assertAlmostEquals(ended + longer, 1, 1e-4);
    assert(ended > 0.2 && longer > 1e-3, `${ended}, ${longer}`);
    model.dispose();
  });

  testEngines(`${name}: batches, padding and steps change no score and no loss`, (engine) => {
    const { tf, values } = engine, model = make(engine, spec), given = conditions(spec);
    const pairs: ConditionalPair[] = [
      { x: given[0], y: [3, 4, 4, 3] },
      { x: given[1], y: [] },
      { x: given[2], y: [4] },
    ];
    const scores = model.score(pairs);
    pairs.forEach(({ x, y }, i) => {
      const alone = model.given(x).score(Int32Array.of(...Array.from(y), 2));
      alone.forEach((logP, t) => assertAlmostEquals(scores[i][t], logP, 1e-5));
    });
    const all = scores.flatMap((each) => [...each]);
    const expected = -all.reduce((total, logP) => total + logP) / all.length;
    const [batch] = model.batches(pairs, { symbols: 100 })(seeded(1)) as ConditionalBatch[];
    assertEquals([batch.batchSize, model.tokens(batch)], [3, 8]);
    const found = tf.tidy(() =>
      values(model.loss(batch, { training: false, random: seeded(1) }))[0]
    );
    assertAlmostEquals(found, expected, 1e-5);
    model.dispose();
  });

  testEngines(`${name}: beam search finds what complete() finds, 1 is greedy`, (engine) => {
    const model = make(engine, spec), given = conditions(spec);
    for (const beam of [1, 2, 5]) {
      const found = beamSearch(model, given, { beam, maxLength: 6 });
      given.forEach((x, i) => {
        const slow = complete(model.given(x), [], { beam, count: beam, words: 6 });
        const words = slow.map(({ words }) => words.filter((word) => word !== "</s>"));
        assertEquals(found[i].map(({ y }) => vocabulary.decode(y)), words);
        slow.forEach(({ logProbability }, k) =>
          assertAlmostEquals(found[i][k].logProbability, logProbability, 1e-4)
        );
      });
    }
    let state = model.given(given[0]).initialState();
    const greedy: number[] = [], one = model.given(given[0]);
    while (greedy.length < 6) {
      const logP = [...one.logProbabilities(state)].map((p, id) => id === 0 ? -Infinity : p);
      const best = logP.indexOf(Math.max(...logP));
      if (best === vocabulary.end) break;
      greedy.push(best);
      state = one.advance(state, best);
    }
    assertEquals(beamSearch(model, [given[0]], { beam: 1, maxLength: 6 })[0][0].y, greedy);
    model.dispose();
  });

  testEngines(`${name}: a wide beam finds the likeliest of all outputs`, (engine) => {
    const model = make(engine, spec);
    const outputs = allOutputs(4).filter((y) => !y.includes(0));
    for (const [i, x] of conditions(spec).entries()) {
      const scores = model.score(outputs.map((y) => ({ x, y })))
        .map((each) => each.reduce((total, logP) => total + logP, 0));
      const best = outputs[scores.indexOf(Math.max(...scores))];
      const found = beamSearch(model, conditions(spec), { beam: 200, maxLength: 5 })[i]
        .find(({ y }) => y.length <= 4)!;
      assertEquals(found.y, best);
      assertAlmostEquals(found.logProbability, Math.max(...scores), 1e-4);
    }
    model.dispose();
  });
}

testEngines("what does not fit is refused", (engine) => {
  const vector = make(engine, specs["given a vector"]);
  assertThrows(() => vector.given([1, 2]), RangeError, "expected 3 numbers, got 2");
  const sequence = make(engine, specs["attending to a sequence"]);
  assertThrows(() => sequence.given([]), RangeError, "at least one symbol");
  assertThrows(() => sequence.given([6]), RangeError, "expected ids from 0 to 5, got 6");
  assertThrows(() => sequence.score([{ x: [3], y: [2] }]), RangeError, "no marks, got 2");
  assertThrows(() => sequence.batches([], { symbols: NaN }), RangeError, "symbols of at least 1");
  assertThrows(() => beamSearch(sequence, xs, { beam: 0 }), RangeError, "beam of 1 or more");
  assertThrows(() => beamSearch(sequence, xs, { beam: 1.5 }), RangeError, "a whole beam");
  vector.dispose();
  sequence.dispose();
});

testEngines("a spec that cannot be built is refused, and leaves no tensors", (engine) => {
  const vector = { kind: "vector", inputs: 3, width: 5 }, sequence = { kind: "sequence", width: 3 };
  const cases: [Record<string, unknown>, string][] = [
    [{ x: vector, attention: true }, "Cannot attend to a vector"],
    [{ x: { kind: "image" } }, 'expected "vector" or "sequence", got {"kind":"image"}'],
    [{ x: sequence, cell: "rnn" }, 'got "rnn"'],
    [{ x: vector, layers: 0 }, "expected whole layers of 1 or more, got 0"],
    [{ x: { ...vector, width: 0 } }, "expected whole width of 1 or more, got 0"],
    [{ x: { ...vector, inputs: 2.5 } }, "expected whole inputs of 1 or more, got 2.5"],
    [{ x: { ...sequence, width: 2.5 } }, "expected whole inputs of 1 or more, got 2.5"],
  ];
  for (const [wrong, message] of cases) {
    const spec = { ...sizes, ...wrong } as unknown as ConditionalSpec;
    assertThrows(() => make(engine, spec), Error, message);
  }
});

testEngines("parts that do not belong together are refused", (engine) => {
  const random = seeded(1), words = vocabulary.size, counts = Array<number>(words).fill(1);
  const sizes = { cell: "gru", inputs: 3, units: 4, random } as const;
  const parts = {
    encoder: new VectorEncoder(engine, { inputs: 2, width: 3, random }),
    input: new Embedding(engine, { words, width: 3, random }),
    stack: new RecurrentStack(engine, sizes),
    output: new FullSoftmax(engine, { units: 4, words, random }),
  };
  const { b2 } = parts.output.parameters, ngrams = { order: 3, size: 100 };
  const others = {
    stack: new RecurrentStack(engine, { ...sizes, bidirectional: true }),
    output: new ClassFactoredSoftmax(engine, { units: 4, words, counts, ngrams, random }),
    attention: new Attention(engine, { units: 4, memoryWidth: 3, random }),
    input: { parameters: { b2 }, lookup: () => b2, dispose: () => {} },
  };
  const cases: [Partial<typeof others>, string][] = [
    [{ stack: others.stack }, "expected a decoder that reads forward"],
    [{ output: others.output }, "expected an output that looks at no words before, got one that"],
    [{ attention: others.attention }, "expected an encoder with states to attend to"],
    [{ input: others.input }, "two parts have a parameter b2"],
  ];
  for (const [wrong, message] of cases) {
    const all = { ...parts, ...wrong, vocabulary, random };
    assertThrows(() => new ConditionalLanguageModel(engine, all), RangeError, message);
  }
  for (const part of [...Object.values(parts), ...Object.values(others)]) part.dispose();
});

Deno.test({
  name: "given a sequence of up to 8 letters, the model learns to write it backwards",
  ignore: !mayRead,
  fn: async () => {
    const letters = new Vocabulary("abcdef"), random = seeded(3);
    const draw = (count: number): ConditionalPair[] =>
      Array.from({ length: count }, () => {
        const length = 1 + Math.floor(8 * random());
        const x = Array.from({ length }, () => 3 + Math.floor(6 * random()));
        return { x, y: x.toReversed() };
      });
    const x = { kind: "sequence", width: 16 } as const;
    const spec: ConditionalSpec = { x, attention: true, cell: "lstm", width: 16, units: 48 };
    const model = buildConditionalModel(await engine({ prefer: "wasm" }), spec, {
      ...{ vocabulary: letters, source: letters, random: seeded(1) },
    });
    const pairs = draw(4000), test = draw(300);
    const options = {
      ...{ optimizer: adam({ rate: 0.01 }), schedule: heldRate(0.01, { hold: 5, decay: 0.5 }) },
      ...{ clipNorm: 1, random: seeded(2), epochs: 9 },
    };
    for await (const _ of train(model, model.batches(pairs, { symbols: 300 }), options));
    const found = beamSearch(model, test.map(({ x }) => x), { beam: 1, maxLength: 10 });
    const right = test.filter(({ y }, i) => String(found[i][0].y) === String(y)).length;
    assert(right >= 297, `${right} of 300 are right`);
    model.dispose();
  },
});

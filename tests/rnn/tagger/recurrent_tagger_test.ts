import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { loadCheckpoint } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  AFFIXES,
  affixesOf,
  byLength,
  loadRecurrentTagger,
  PLAIN_TAGGER,
  type RecurrentTagger,
  type RecurrentTaggerOptions,
  saveRecurrentTagger,
  type TaggerBatch,
  TaggerNetwork,
  type TaggerSizes,
  taggerTraining,
} from "#lib/rnn/mod.ts";
import { tagAccuracy } from "#lib/tagging/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { permittedTest } from "../../_support/permitted.ts";

const SMALL: TaggerSizes = {
  ...{ wordWidth: 4, affixWidth: 3, layers: 2, units: 4, residual: true, attention: true },
  ...{ chain: false, drop: 0, wordDrop: 0 },
};
const COUNTS = { words: 6, affixes: 9, tags: 3 };
const TEST = { training: false, random: () => 0 };

function drawnNetwork(engine: Engine, sizes: Partial<TaggerSizes> = {}): TaggerNetwork {
  return new TaggerNetwork(engine, {
    ...{ sizes: { ...SMALL, ...sizes }, counts: COUNTS, random: seeded(4) },
  });
}

function drawnBatch(lengths: readonly number[], seed = 2): TaggerBatch {
  const random = seeded(seed), N = lengths.reduce((sum, n) => sum + n, 0);
  const draw = (length: number, below: number) =>
    Int32Array.from({ length }, () => Math.floor(random() * below));
  return {
    lengths: Int32Array.from(lengths),
    words: draw(N, COUNTS.words),
    affixes: draw(N * AFFIXES, COUNTS.affixes),
    tags: draw(N, COUNTS.tags),
  };
}

for (
  const sizes of [{}, { chain: true }, { residual: false, attention: false }, {
    ...{ drop: 0.3, wordDrop: 0.3 },
  }]
) {
  const name = JSON.stringify(sizes);
  testEngines(`the loss's gradients are those of finite differences: ${name}`, (engine) => {
    const { tf, values } = engine, network = drawnNetwork(engine, sizes);
    const batch = drawnBatch([4, 2, 3]);
    const loss = () => network.loss(batch, { training: true, random: seeded(5) });
    const { grads, value } = tf.variableGrads(loss, Object.values(network.parameters));
    for (const [name, variable] of Object.entries(network.parameters)) {
      const gradient = values(grads[variable.name]).slice(), start = values(variable).slice();
      const length = Math.hypot(...gradient), h = 0.02;
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
    network.dispose();
  });
}

testEngines("neither padding nor the order of sentences changes a score", (engine) => {
  const { tf, values } = engine, network = drawnNetwork(engine);
  const parts = [4, 1, 3].map((n, s) => drawnBatch([n], s + 1));
  const scores = (batches: readonly TaggerBatch[]) => {
    const join = (name: "lengths" | "words" | "affixes" | "tags") =>
      Int32Array.from(batches.flatMap((batch) => [...batch[name]]));
    const batch = {
      ...{ lengths: join("lengths"), words: join("words") },
      ...{ affixes: join("affixes"), tags: join("tags") },
    };
    return tf.tidy(() => [...values(network.scores(batch, TEST).scores)]);
  };
  const [a, b, c] = parts.map((part) => scores([part]));
  const close = (found: number[], expected: number[]) => {
    assertEquals(found.length, expected.length);
    found.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
  };
  close(scores(parts), [...a, ...b, ...c]);
  close(scores([parts[2], parts[0], parts[1]]), [...c, ...a, ...b]);
  network.dispose();
});

testEngines("a word's tag may depend on any other word of its sentence", (engine) => {
  const { tf, values } = engine, network = drawnNetwork(engine, { layers: 1, attention: false });
  const batch = drawnBatch([5]);
  const scores = (words: Int32Array) =>
    tf.tidy(() => values(network.scores({ ...batch, words }, TEST).scores).slice());
  const before = scores(batch.words);
  for (const changed of [0, 4]) {
    const words = batch.words.map((id, t) => t === changed ? (id + 1) % COUNTS.words : id);
    const after = scores(words);
    for (let t = 0; t < 5; t++) assert(after[t * 3] !== before[t * 3], `${changed} reaches ${t}`);
  }
  network.dispose();
});

Deno.test("affixes are letters of the ends and beginnings, umlauts and emojis whole", () => {
  assertEquals(affixesOf("Zoë🙂"), ["-🙂", "-ë🙂", "-oë🙂", "-Zoë🙂", "Z-", "Zo-", "Zoë-"]);
  assertEquals(affixesOf("a").length, AFFIXES);
});

/** The tag of "x" is that of the first word, far away: no window would do. */
const sentences = Array.from({ length: 40 }, (_, i) => {
  const first = ["left", "right"][(i >> 2) % 2];
  const words = [first, ...Array.from({ length: 2 + i % 4 }, () => "and"), "x"];
  return { words, tags: words.map((word) => word === "x" ? `B-${first}` : "O") };
});
const LEARNING: RecurrentTaggerOptions = {
  sizes: { wordWidth: 8, affixWidth: 4, units: 8, drop: 0, wordDrop: 0 },
  ...{ epochs: 16, batchWords: 40, rate: 0.02 },
};

async function trained(options: RecurrentTaggerOptions): Promise<RecurrentTagger> {
  let tagger: RecurrentTagger | undefined;
  for await (const report of taggerTraining(sentences, options)) tagger = report.tagger;
  return tagger!;
}

for (const sizes of [{}, { chain: true }, { layers: 2, residual: true, attention: true }]) {
  Deno.test(`a tagger learns from words far away: ${JSON.stringify(sizes)}`, async () => {
    const { tf } = await engine(), before = tf.memory().numTensors;
    const tagger = await trained({ ...LEARNING, sizes: { ...LEARNING.sizes, ...sizes } });
    const words = sentences.map(({ words }) => words);
    assertEquals(tagAccuracy(sentences, await tagger.tag(words)), 1);
    assertEquals(await tagger.tag([[], ["left", "and", "x"], []]), [[], ["O", "O", "B-left"], []]);
    if (sizes.attention) {
      const weights = tagger.attention(["left", "and", "x"]);
      for (const row of weights) assertAlmostEquals(row.reduce((a, b) => a + b), 1, 1e-5);
    } else assertThrows(() => tagger.attention(["x"]), TypeError, "has none");
    tagger.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("the pass with the best F1 on dev is kept, and validation is 1 less F1", async () => {
  const validations: number[] = [];
  let tagger: RecurrentTagger | undefined;
  const options = { ...LEARNING, dev: sentences, criterion: "phrases", epochs: 4 } as const;
  for await (const report of taggerTraining(sentences, options)) {
    tagger = report.tagger;
    if (report.validation !== undefined) validations.push(report.validation);
  }
  assertEquals(validations.length, 4);
  assert(validations.every((v) => v >= 0 && v <= 1));
  tagger!.dispose();
});

permittedTest(
  "a saved tagger tags the same; training goes on from a file as if never stopped",
  ["read", "write"],
  async () => {
    const path = await Deno.makeTempFile({ suffix: ".safetensors" });
    const options = { ...LEARNING, sizes: { ...LEARNING.sizes, chain: true, drop: 0.2 } };
    const straight = await trained({ ...options, epochs: 3 });
    for await (const report of taggerTraining(sentences, { ...options, epochs: 3 })) {
      if (report.step < 12) continue;
      await saveRecurrentTagger(report.tagger, path, { training: report.state() });
      report.tagger.dispose();
      break;
    }
    const resume = (await loadCheckpoint(path)).training;
    const resumed = await trained({ ...options, epochs: 3, resume });
    const weights = ({ parts: { network } }: RecurrentTagger) =>
      Object.entries(network.parameters).map(([name, v]) => [name, [...v.dataSync()]]);
    assertEquals(weights(resumed), weights(straight));
    await saveRecurrentTagger(resumed, path);
    const loaded = await loadRecurrentTagger(path);
    assertEquals(weights(loaded), weights(resumed));
    assertEquals(
      await loaded.tag([["right", "and", "Unseen", "x"]]),
      await resumed.tag([["right", "and", "Unseen", "x"]]),
    );
    for (const tagger of [straight, resumed, loaded]) tagger.dispose();
    await Deno.remove(path);
  },
);

Deno.test("what cannot be learned is refused", async () => {
  await assertRejects(() => taggerTraining([]).next(), RangeError, "got 0 sentences");
  const { tf } = await engine(), before = tf.memory().numTensors;
  const uneven = [{ words: ["a", "b"], tags: ["X", "Y"] }, { words: ["c", "d"], tags: ["X"] }];
  await assertRejects(
    () => taggerTraining(uneven).next(),
    RangeError,
    'expected a tag for each word to learn from, got 1 tags of "c d"',
  );
  const sizes = { units: 2 }, criterion = "F1" as "phrases";
  await assertRejects(
    () => taggerTraining(sentences, { sizes, dev: sentences, criterion }).next(),
    TypeError,
    'expected the criterion "accuracy" or "phrases", got "F1"',
  );
  for (
    const [dev, says] of [[[], "words in dev"], [uneven, "a tag for each word in dev"]] as const
  ) {
    await assertRejects(() => taggerTraining(sentences, { sizes, dev }).next(), RangeError, says);
  }
  for (const sizes of [{ wordDrop: -0.5 }, { drop: 1 }]) {
    const training = taggerTraining(sentences, { sizes });
    await assertRejects(() => training.next(), RangeError, "in [0, 1), got");
  }
  assertEquals(tf.memory().numTensors, before);
  assertThrows(() => byLength([], NaN), RangeError, "whole words of at least 1, got NaN");
  await assertRejects(
    () => taggerTraining([{ words: [], tags: [] }]).next(),
    RangeError,
    "expected words",
  );
  assertEquals(PLAIN_TAGGER.layers, 1);
});

Deno.test("a training without a report leaves nothing", async () => {
  const { tf } = await engine(), before = tf.memory().numTensors;
  const run = (options: RecurrentTaggerOptions) =>
    Array.fromAsync(taggerTraining(sentences, { sizes: SMALL, ...options }));
  assertEquals(await run({ epochs: 0 }), []);
  const refused: [RecurrentTaggerOptions, string][] = [
    [{ rate: -1 }, "expected a rate of 0 or more"],
    [{ epochs: 1.5 }, "expected epochs in a whole number"],
    [{ sizes: { ...SMALL, layers: 0 } }, "expected whole layers"],
  ];
  for (const [options, says] of refused) await assertRejects(() => run(options), RangeError, says);
  assertEquals(tf.memory().numTensors, before);
});

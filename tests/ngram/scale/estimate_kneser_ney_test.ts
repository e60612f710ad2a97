import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { readdirSync } from "node:fs";
import { crc32 } from "node:zlib";
import { perplexity } from "#lib/lm/mod.ts";
import { kneserNey, kneserNeyDiscounts, readArpa } from "#lib/ngram/mod.ts";
import { HEAD } from "#lib/ngram/scale/_trie_layout.ts";
import { countCorpus, estimateKneserNey, openModel, ScaleError } from "#lib/ngram/scale/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { countedInMemory } from "../../_support/counted.ts";
import { duckdbTest } from "../../_support/duckdb.ts";

/** A text of words by Zipf's law, each sentence with words that often follow each other. */
function drawnText(sentences: number, words = 60): string {
  const random = seeded(5);
  const word = (before: number) =>
    Math.floor(words ** random()) + (random() < 0.5 ? before % 7 : 0);
  return Array.from({ length: sentences }, () => {
    const ids = [word(0)];
    while (random() < 0.85) ids.push(word(ids[ids.length - 1]));
    return ids.map((id) => `w${id}`).join(" ");
  }).join("\n");
}

for (const prune of [[0], [0, 0, 1], [0, 1, 2, 2]]) {
  duckdbTest(`estimateKneserNey() gives kneserNey()'s model, prune ${prune}`, async (folder) => {
    const file = `${folder}/text`;
    await Deno.writeTextFile(file, drawnText(3000));
    for (const order of [1, 2, 4]) {
      const options = { onBadDiscount: "fallback", prune: prune.slice(0, order) } as const;
      const counts = await countCorpus([file], { order, folder: `${folder}/counts-${order}` });
      const inMemory = await countedInMemory([file], counts),
        expected = kneserNey(inMemory, options);
      const files = { model: `${folder}/model`, arpa: `${folder}/arpa` };
      const made = await estimateKneserNey(counts, { ...options, ...files, precision: "exact" });
      assertEquals(made.discounts, kneserNeyDiscounts(inMemory, options));
      using model = openModel(files.model);
      assertEquals(model.ngrams, made.ngrams);
      assertEquals(model.ngrams, model.ngrams.map((_, i) => expected.trie.size(i + 1)));
      const ids = counts.vocabulary.encodeSentences(
        drawnText(400).split("\n").map((line, i) => `${line} new${i % 9} w3`.split(" ")),
      );
      const scores = model.score(ids), expectedScores = expected.score(ids);
      scores.forEach((logP, t) => assertAlmostEquals(logP, expectedScores[t], 1e-12));

      const arpa = await readArpa(files.arpa);
      assertEquals(arpa.vocabulary.words, counts.vocabulary.words);
      arpa.score(ids).forEach((logP, t) => assertAlmostEquals(logP, expectedScores[t], 2e-6));
    }
  });
}

duckdbTest(
  "a quantized model with a cache of 16 blocks scores nearly as exactly",
  async (folder) => {
    const file = `${folder}/text`;
    await Deno.writeTextFile(file, drawnText(8000, 20_000));
    const counts = await countCorpus([file], { order: 3, folder: `${folder}/counts` });
    await estimateKneserNey(counts, { model: `${folder}/model` });
    const expected = kneserNey(await countedInMemory([file], counts));
    using model = openModel(`${folder}/model`, { cacheBytes: 1 });
    const text = drawnText(500, 20_000).split("\n").map((line) => line.split(" "));
    const ids = counts.vocabulary.encodeSentences(text);
    const scores = model.score(ids), expectedScores = expected.score(ids);
    scores.forEach((logP, t) => assertAlmostEquals(logP, expectedScores[t], 1e-3));
    assertAlmostEquals(perplexity(model, ids) / perplexity(expected, ids), 1, 1e-5);
    assert(model.byteLength > 16 * (1 << 14), `${model.byteLength} bytes`);
    assert(model.blocksRead > 16, `${model.blocksRead} blocks`);

    let state = model.initialState(), inMemory = expected.initialState();
    for (const id of ids.subarray(0, 60)) {
      const logP = model.logProbabilities(state), wanted = expected.logProbabilities(inMemory);
      assertAlmostEquals(logP.reduce((sum, each) => sum + Math.exp(each), 0), 1, 1e-3);
      logP.forEach((each, word) => word !== 1 && assertAlmostEquals(each, wanted[word], 1e-3));
      state = model.advance(state, id);
      inMemory = expected.advance(inMemory, id);
    }
  },
);

duckdbTest("what is no model, or is damaged, is refused", async (folder) => {
  await Deno.writeTextFile(`${folder}/text`, drawnText(3000));
  const counts = await countCorpus([`${folder}/text`], { order: 2, folder: `${folder}/counts` });
  await estimateKneserNey(counts, { model: `${folder}/model`, onBadDiscount: "fallback" });
  const bytes = await Deno.readFile(`${folder}/model`);
  const refused = async (name: string, damaged: Uint8Array, part: string) => {
    await Deno.writeFile(`${folder}/${name}`, damaged);
    assertThrows(() => openModel(`${folder}/${name}`), ScaleError, part);
  };
  await refused("text", new TextEncoder().encode("no model"), "the mark of a model file");
  await refused("cut", bytes.subarray(0, -1), "is the file cut off?");
  await refused("head", bytes.with(20, bytes[20] ^ 1), "the checksum of its head");
  await refused("words", bytes.with(HEAD + 4, bytes[HEAD + 4] ^ 1), "the checksum of its words");
  await refused("older", ofVersion(bytes, 1), "expected version 2, got 1 (write it again)");
  assertThrows(() => openModel(`${folder}/none`), ScaleError, "expected a file, got none");
});

duckdbTest("a bit flipped anywhere after the head is noticed when it is read", async (folder) => {
  await Deno.writeTextFile(`${folder}/text`, "a rose is a rose\na thorn is\n");
  for (const precision of ["quantized", "exact"] as const) {
    const out = `${folder}/${precision}`, model = `${folder}/model`;
    const counts = await countCorpus([`${folder}/text`], { order: 3, folder: out });
    await estimateKneserNey(counts, { model, precision, onBadDiscount: "fallback" });
    const ids = counts.vocabulary.encodeSentences([["a", "rose", "is"], ["a", "thorn"]]);
    const file = await Deno.open(model, { read: true, write: true });
    const put = (at: number, byte: number) => {
      file.seekSync(at, Deno.SeekMode.Start);
      file.writeSync(Uint8Array.of(byte));
    };
    const bytes = await Deno.readFile(model), random = seeded(6);
    for (let at = HEAD; at < bytes.length; at++) {
      put(at, bytes[at] ^ (1 << Math.floor(8 * random())));
      assertThrows(() => scores(model, ids), ScaleError, "the file is damaged");
      put(at, bytes[at]);
    }
    file.close();
    assertEquals(scores(model, ids).length, ids.length);
  }
});

duckdbTest(
  "a damaged block is refused each time it is asked for, others are not",
  async (folder) => {
    await Deno.writeTextFile(`${folder}/text`, drawnText(8000, 20_000));
    const counts = await countCorpus([`${folder}/text`], { order: 3, folder: `${folder}/counts` });
    await estimateKneserNey(counts, { model: `${folder}/model` });
    const bytes = await Deno.readFile(`${folder}/model`), last = bytes.length - 5;
    await Deno.writeFile(`${folder}/model`, bytes.with(last, bytes[last] ^ 1)); // the last trigrams
    using model = openModel(`${folder}/model`);
    const { vocabulary } = counts, text = drawnText(8000, 20_000).split("\n");
    const refused = text.filter((line) => {
      try {
        model.score(vocabulary.encodeSentences([line.split(" ")]));
        return false;
      } catch (error) {
        assert(
          error instanceof ScaleError && error.message.includes(`${folder}/model`),
          `${error}`,
        );
        return true;
      }
    });
    assert(refused.length > 0 && refused.length < text.length / 2, `${refused.length} lines`);
    for (const line of refused) {
      const ids = vocabulary.encodeSentences([line.split(" ")]);
      assertThrows(() => model.score(ids), ScaleError, "the checksum of their block");
    }
  },
);

/** log P by a model that is opened anew. */
function scores(path: string, ids: Int32Array): Float64Array {
  using model = openModel(path);
  return model.score(ids);
}

/** The model file with another version in its head. */
function ofVersion(bytes: Uint8Array, version: number): Uint8Array {
  const out = bytes.slice(), view = new DataView(out.buffer);
  const json = out.subarray(16, 16 + view.getUint32(8, true));
  const text = new TextDecoder().decode(json).replace(/"version":\d/, `"version":${version}`);
  json.set(new TextEncoder().encode(text));
  view.setUint32(12, crc32(json), true);
  return out;
}

duckdbTest("texts too small for discounts are refused and leave nothing", async (folder) => {
  await Deno.writeTextFile(`${folder}/text`, "a rose\na rose is\n");
  const counts = await countCorpus([`${folder}/text`], { order: 2, folder: `${folder}/counts` });
  await assertRejects(
    () => estimateKneserNey(counts, { model: `${folder}/model` }),
    RangeError,
    "the text is too small",
  );
  assertEquals(readdirSync(folder).sort(), ["counts", "text"]);
});

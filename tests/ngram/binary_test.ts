import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import {
  addDelta,
  BackoffModel,
  countNgrams,
  formatArpa,
  formatBinary,
  kneserNey,
  parseBinary,
  readBinary,
  stupidBackoff,
  writeBinary,
} from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { languageModelContract } from "../_support/language_model_contract.ts";
import { isGranted } from "../_support/permission.ts";
import { damaged, damages, kneserNeyModels } from "../_support/random_models.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const toyModel = kneserNey(countNgrams(ids, { order: 3, vocabulary }), {
  onBadDiscount: "fallback",
});
const { trie, logBackoff } = toyModel;
const toyParts = { vocabulary, trie, logBackoff };
const toyBytes = bytesOf(toyModel);

function bytesOf(model: BackoffModel): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...formatBinary(model)].flatMap((piece) => [...piece]));
}

/** With the checksum of its bytes, as somebody might forge it. */
function withChecksum(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice();
  if (out.length < 4) return out;
  new DataView(out.buffer).setUint32(out.length - 4, crc32(out.subarray(0, -4)), true);
  return out;
}

function assertEqualModels(actual: BackoffModel, expected: BackoffModel): void {
  assertEquals(actual.vocabulary.words, expected.vocabulary.words);
  assertEquals(actual.trie, expected.trie);
  assertEquals(actual.logProbability, expected.logProbability);
  assertEquals(actual.logBackoff, expected.logBackoff);
}

languageModelContract("a model read from its binary form", () => ({
  model: parseBinary(toyBytes),
  text: ids,
  contexts: [["the", "students"], ["they", "saw"], ["never-seen", "the"], ["never-seen"], []],
}));

Deno.test("parseBinary() gives back exactly the model that formatBinary() wrote", () => {
  fc.assert(fc.property(kneserNeyModels, fc.integer({ min: 0, max: 8 }), (model, offset) => {
    const bytes = bytesOf(model), inside = new Uint8Array(bytes.length + offset);
    inside.set(bytes, offset); // a view that need not begin at a multiple of 8
    assertEqualModels(parseBinary(inside.subarray(offset)), model);
  }));
});

Deno.test("a stupid back-off model read back draws the words that it drew before", () => {
  const model = stupidBackoff(countNgrams(ids, { order: 3, vocabulary }));
  const again = parseBinary(bytesOf(model));
  const [one, other] = [seeded(2), seeded(2)];
  for (const state of [0, model.initialState(), 5]) {
    for (let i = 0; i < 100; i++) {
      assertEquals(again.sample(state, other), model.sample(state, one));
    }
  }
});

Deno.test("parseBinary() refuses foreign, cut off, damaged and later files", () => {
  const changed = (at: number, value: number) => toyBytes.with(at, value);
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(), 'the mark of a binary model, got a file that begins with ""'],
    [new TextEncoder().encode("\\data\\\nngram 1=3\n"), 'begins with "\\\\data\\\\\\nn"'],
    [toyBytes.subarray(0, 10), "a whole head, got 10 bytes"],
    [toyBytes.subarray(0, 22), "a whole head, got 22 bytes"],
    [changed(8, 1), "version 2, got 1 (write it again)"],
    [changed(12, 0), "an order from 1 to 255, got 0"],
    [changed(13, 1), "an order from 1 to 255, got 259"],
    [toyBytes.subarray(0, -1), `${toyBytes.length} bytes, got ${toyBytes.length - 1}`],
    [Uint8Array.of(...toyBytes, 0), `${toyBytes.length} bytes, got ${toyBytes.length + 1}`],
    [changed(600, toyBytes[600] ^ 1), "the file is damaged"],
    [changed(27, 255), "(is the file cut off?)"], // four thousand million unigrams
  ];
  for (const [bytes, message] of cases) {
    assertThrows(() => parseBinary(bytes), SyntaxError, message);
  }
});

Deno.test("every single bit flipped is noticed", () => {
  const model = kneserNey(countNgrams(ids.subarray(0, 6), { order: 2, vocabulary }), {
    onBadDiscount: "fallback",
  });
  const bytes = bytesOf(model);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const flipped = bytes.with(bit >> 3, bytes[bit >> 3] ^ (1 << (bit & 7)));
    assertThrows(() => parseBinary(flipped), SyntaxError);
  }
});

Deno.test("parseBinary() reads or refuses forged files: no hang, no NaN in the model", () => {
  const { vocabulary, ids } = indexSentences([["a", "b", "a"], ["b"]]);
  const small = kneserNey(countNgrams(ids, { order: 3, vocabulary }), {
    onBadDiscount: "fallback",
  });
  const bytes = bytesOf(small), random = seeded(5);
  let read = 0;
  const oneByte = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.constant(1),
    inserted: fc.uint8Array({ minLength: 1, maxLength: 1 }),
  }).map((damage) => [damage]);
  fc.assert(
    fc.property(fc.oneof(oneByte, damages), (places) => {
      const forged = withChecksum(damaged(bytes, places));
      let model: BackoffModel;
      try {
        model = parseBinary(forged);
      } catch (error) {
        assert(error instanceof SyntaxError, String(error));
        return;
      }
      read++;
      assert(!model.logProbability.subarray(1).some(Number.isNaN));
      let state = model.initialState();
      for (let word = 0; word < model.vocabulary.size; word++) {
        assert(!model.logProbabilities(state).some(Number.isNaN));
        try {
          model.sample(state, random);
        } catch (error) {
          assert(error instanceof RangeError, String(error)); // all of log 0
        }
        state = model.advance(state, word);
      }
    }),
    { numRuns: 3000 },
  );
  assert(read > 0 && read < 3000, `${read} of 3000 were read`);
});

Deno.test("formatBinary() refuses a model that is not sound, but not for rounding", () => {
  const withFifth = (logP: number) =>
    new BackoffModel({ ...toyParts, logProbability: toyModel.logProbability.with(5, logP) });
  for (const logP of [NaN, 0.1, Infinity]) {
    const message = `got a log probability of ${logP}`;
    assertThrows(() => [...formatBinary(withFifth(logP))], RangeError, message);
  }
  const rounded = withFifth(Number.EPSILON);
  assertEqualModels(parseBinary(bytesOf(rounded)), rounded);
});

Deno.test({
  name: "writeBinary() writes whole files or nothing (needs read and write permission)",
  ignore: !isGranted({ name: "read" }, { name: "write" }, { name: "env" }, { name: "sys" }),
  fn: async () => {
    const folder = await mkdtemp(join(tmpdir(), "binary-"));
    try {
      const path = join(folder, "toy.bin");
      await writeBinary(path, toyModel);
      assertEqualModels(await readBinary(path), toyModel);
      await assertRejects(() => writeBinary(join(folder, "none", "toy.bin"), toyModel));
      assertEquals(await readdir(folder), ["toy.bin"]);
      await writeFile(path, toyBytes.subarray(0, 1000));
      await assertRejects(() => readBinary(path), SyntaxError, "is the file cut off?");
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});

Deno.test("parseBinary() reads a piece of a Buffer, wherever it begins", () => {
  const inside = Buffer.concat([Buffer.alloc(3), toyBytes]);
  assertEqualModels(parseBinary(inside.subarray(3)), toyModel);
});

Deno.test("models that are no back-off models are not written", () => {
  const other = addDelta(countNgrams(ids, { order: 2, vocabulary }), 1) as unknown as BackoffModel;
  assertThrows(() => [...formatBinary(other)], TypeError, "got AddDeltaModel");
  assertThrows(() => [...formatArpa(other)], TypeError, "got AddDeltaModel");
});

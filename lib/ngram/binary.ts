import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { writeWhole } from "#lib/files/mod.ts";
import { END, START, UNKNOWN, Vocabulary } from "#lib/text/mod.ts";
import { binaryLayout, FIXED_HEAD, MAGIC, VERSION } from "./_binary_layout.ts";
import { checkIsBackoff } from "./_check_is_backoff.ts";
import { findFault } from "./_check_model.ts";
import { BackoffModel } from "./backoff_model.ts";
import { NgramTrie } from "./ngram_trie.ts";

/**
 * Writes a model as bytes that {@linkcode parseBinary} takes as they are: a head, the model's arrays
 * as they lie in memory, the words, a checksum. Nothing is rounded.
 *
 * @returns the bytes in pieces; most are views of the model's own arrays
 * @throws {RangeError} if a number of the model is NaN or no log probability
 * @throws {TypeError} if the model is no back-off model
 *
 * @example
 * ```ts
 * import { countNgrams, formatBinary, kneserNey, parseBinary } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["a", "thorn"]]);
 * const model = kneserNey(countNgrams(ids, { order: 2, vocabulary }), { onBadDiscount: "fallback" });
 * const bytes = new Uint8Array(await new Blob([...formatBinary(model)]).arrayBuffer());
 * assertEquals(parseBinary(bytes).score(ids), model.score(ids));
 * ```
 */
export function* formatBinary(model: BackoffModel): Generator<Uint8Array<ArrayBuffer>> {
  checkIsBackoff(model);
  const fault = findFault(model);
  if (fault) {
    throw new RangeError(`Cannot write a binary model: expected a sound one, got ${fault}`);
  }
  const { trie, order, vocabulary, logProbability, logBackoff, isNormalized } = model;
  const words = new TextEncoder().encode(JSON.stringify(vocabulary.words));
  const sizes = Array.from({ length: order }, (_, i) => trie.size(i + 1));
  const head = new DataView(new ArrayBuffer(binaryLayout(sizes, words.length).logProbability));
  MAGIC.forEach((byte, i) => head.setUint8(i, byte));
  [VERSION, order, words.length, Number(isNormalized), ...sizes].forEach((number, i) =>
    head.setUint32(MAGIC.length + 4 * i, number, true)
  );
  let checksum = 0;
  const arrays = [logProbability, logBackoff, trie.lastWord, trie.firstChild, trie.suffix, words];
  for (const { buffer, byteOffset, byteLength } of [head, ...arrays]) {
    const piece = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    checksum = crc32(piece, checksum);
    yield piece;
  }
  const foot = new DataView(new ArrayBuffer(4));
  foot.setUint32(0, checksum, true);
  yield new Uint8Array(foot.buffer);
}

/**
 * Reads a model from the bytes that {@linkcode formatBinary} gave. Its arrays are views of these
 * bytes, so the bytes must not change afterwards.
 *
 * @throws {SyntaxError} if the bytes are no binary model of this version, are cut off or damaged
 */
export function parseBinary(bytes: Uint8Array): BackoffModel {
  const sizes = readHead(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = binaryLayout(sizes, view.getUint32(MAGIC.length + 8, true));
  if (bytes.length !== layout.length) {
    throw refusal(`${layout.length} bytes`, `${bytes.length} (is the file cut off?)`);
  }
  const checksum = crc32(bytes.subarray(0, layout.checksum));
  if (checksum !== view.getUint32(layout.checksum, true)) {
    throw refusal("the checksum of its bytes", "another (the file is damaged: write it again)");
  }
  const isAligned = bytes.byteOffset % 8 === 0;
  const { buffer, byteOffset: from } = isAligned ? bytes : new Uint8Array(bytes);
  const { nodes, contexts, levels } = layout;
  const model = new BackoffModel({
    vocabulary: readWords(bytes.subarray(layout.words, layout.checksum), sizes[0]),
    trie: new NgramTrie({
      lastWord: new Int32Array(buffer, from + layout.lastWord, nodes),
      firstChild: new Uint32Array(buffer, from + layout.firstChild, contexts + 1),
      suffix: new Uint32Array(buffer, from + layout.suffix, nodes),
      levels,
    }),
    logProbability: new Float64Array(buffer, from + layout.logProbability, nodes),
    logBackoff: new Float64Array(buffer, from + layout.logBackoff, contexts),
    isNormalized: view.getUint32(MAGIC.length + 12, true) === 1,
  });
  const fault = findFault(model);
  if (fault) throw refusal("a sound model", fault);
  return model;
}

/**
 * Reads a binary model from a file into memory, in one piece; see {@linkcode parseBinary}.
 *
 * @throws {SyntaxError} if the file is none
 */
export async function readBinary(path: string): Promise<BackoffModel> {
  return parseBinary(await readFile(path));
}

/**
 * Writes a binary model; see {@linkcode formatBinary}. The file appears when it is complete; what
 * stood there before stays until then.
 */
export async function writeBinary(path: string, model: BackoffModel): Promise<void> {
  await writeWhole(path, formatBinary(model));
}

/** The number of n-grams of each order. */
function readHead(bytes: Uint8Array): number[] {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    const start = JSON.stringify(String.fromCharCode(...bytes.subarray(0, MAGIC.length)));
    throw refusal("the mark of a binary model", `a file that begins with ${start}`);
  }
  const cutOff = () => refusal("a whole head", `${bytes.length} bytes (is the file cut off?)`);
  if (bytes.length < FIXED_HEAD) throw cutOff();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(MAGIC.length, true),
    order = view.getUint32(MAGIC.length + 4, true);
  if (version !== VERSION) throw refusal(`version ${VERSION}`, `${version} (write it again)`);
  if (order < 1 || order > 255) throw refusal("an order from 1 to 255", `${order}`);
  if (bytes.length < FIXED_HEAD + 4 * order) throw cutOff();
  return Array.from({ length: order }, (_, i) => view.getUint32(FIXED_HEAD + 4 * i, true));
}

function readWords(json: Uint8Array, size: number): Vocabulary {
  try {
    const words: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
    const isGood = Array.isArray(words) && words.length === size &&
      words.every((word) => typeof word === "string") &&
      words[0] === UNKNOWN && words[1] === START && words[2] === END;
    if (isGood) return new Vocabulary(words.slice(3));
  } catch (cause) {
    throw refusal(`a vocabulary of ${size} words`, String(cause));
  }
  throw refusal(`a vocabulary of ${size} words`, "another");
}

function refusal(expected: string, found: string): SyntaxError {
  return new SyntaxError(`Cannot read a binary model: expected ${expected}, got ${found}`);
}

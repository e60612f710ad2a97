/**
 * The corpora tests read where a mirror is at hand (`LECTURE_MIRROR`, a folder); without one, or
 * without the permission to look, tests on them are ignored.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { join } from "node:path";

function mirrored(file: string): string | undefined {
  try {
    const mirror = Deno.env.get("LECTURE_MIRROR");
    const path = mirror && join(mirror, file);
    return path && existsSync(path) ? path : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** Paths of UD English-EWT, `undefined` where absent. */
export const ewt = {
  train: mirrored("ud-english-ewt/en_ewt-ud-train.conllu"),
  dev: mirrored("ud-english-ewt/en_ewt-ud-dev.conllu"),
  test: mirrored("ud-english-ewt/en_ewt-ud-test.conllu"),
};
/** Path of NLTK's sample of the Penn Treebank as dependencies, `undefined` where absent. */
export const nltkDependencies = mirrored("nltk/dependency_treebank.zip");
/** Path of the same sample as phrase-structure trees, `undefined` where absent. */
export const nltkPhrases = mirrored("nltk/treebank.zip");

/** The files of a zip archive whose names end so, by name. */
export function unzip(path: string, suffix: string): Map<string, string> {
  const bytes = readFileSync(path);
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf("PK\x05\x06");
  let at = bytes.readUInt32LE(end + 16); // the central directory
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((o) => bytes.readUInt16LE(at + o));
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    if (name.endsWith(suffix)) files.set(name, entry(bytes, at));
    at += 46 + nameLength + extra + comment;
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function entry(bytes: ReturnType<typeof readFileSync> & Uint8Array, at: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [method, size, local] = [
    view.getUint16(at + 10, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ];
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const data = bytes.subarray(start, start + size);
  return new TextDecoder("latin1").decode(method === 0 ? data : inflateRawSync(data));
}

import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { ScaleError } from "./scale_error.ts";

const LINE_BREAK = 10;

/** Bytes of a line, at most; other files are no text of one sentence a line. */
const LONGEST_LINE = 1 << 24;

/**
 * The bytes of a text file in pieces of whole lines. Files whose name ends in `.gz` are unpacked as
 * they are read.
 *
 * @throws {ScaleError} if the file is not there, its gzip data is damaged or cut off, or a line is
 * longer than 16 MiB
 */
export async function* readLines(path: string): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  try {
    for await (const bytes of open(path)) {
      const end = bytes.lastIndexOf(LINE_BREAK) + 1;
      if (end > 0) yield joined(rest, bytes.subarray(0, end));
      rest = joined(end > 0 ? new Uint8Array(0) : rest, bytes.subarray(end));
      if (rest.length > LONGEST_LINE) throw new Error(`a line of more than ${LONGEST_LINE} bytes`);
    }
  } catch (error) {
    throw refusal(path, error as Error & { code?: string });
  }
  yield rest;
}

/** Number of lines that end in the bytes. */
export function lineBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) count++;
  return count;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function open(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  if (!path.endsWith(".gz")) return file;
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  file.on("error", (error) => unpacked.destroy(error));
  return file.pipe(unpacked);
}

function refusal(path: string, cause: Error & { code?: string }): ScaleError {
  const isMissing = cause.code === "ENOENT";
  const expected = isMissing
    ? "a file"
    : path.endsWith(".gz")
    ? "whole gzip data"
    : "lines of text";
  const found = isMissing ? "none" : cause.message;
  const code = isMissing ? "missing file" : "damaged file";
  return new ScaleError(code, `Cannot read ${path}: expected ${expected}, got ${found}`, { cause });
}

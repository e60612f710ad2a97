import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { ScaleError } from "./scale_error.ts";

/** Characters of a line, at most; other files are no text of one sentence a line. */
const LONGEST_LINE = 1 << 24;

/**
 * The sentences of a text file, one a line, in batches; empty lines are left out. Files whose name
 * ends in `.gz` are unpacked as they are read.
 *
 * @throws {ScaleError} if the file is not there, its gzip data is damaged or cut off, or it is no
 * UTF-8 text
 */
export async function* readSentences(path: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for await (const bytes of open(path)) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop()!;
      if (rest.length > LONGEST_LINE) {
        throw new TypeError(`a line of more than ${LONGEST_LINE} characters`);
      }
      yield sentencesOf(lines);
    }
    rest += decoder.decode();
  } catch (error) {
    throw refusal(path, error as Error & { code?: string });
  }
  yield sentencesOf([rest]);
}

function sentencesOf(lines: string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function open(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  if (!path.endsWith(".gz")) return file;
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  file.on("error", (error) => unpacked.destroy(error));
  return file.pipe(unpacked);
}

function refusal(path: string, cause: Error & { code?: string }): ScaleError {
  if (cause.code === "ENOENT") {
    return new ScaleError("missing file", `Cannot read ${path}: expected a file, got none`, {
      cause,
    });
  }
  const expected = path.endsWith(".gz") ? "whole gzip data of UTF-8 text" : "UTF-8 text";
  return new ScaleError(
    "damaged file",
    `Cannot read ${path}: expected ${expected}, got ${cause.message}`,
    { cause },
  );
}

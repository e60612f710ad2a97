import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeWholeSync } from "#lib/files/mod.ts";

/** The kinds of arrays a model file holds. */
type NumberArray = Int32Array | Uint16Array | Float32Array;
const KINDS = { Int32Array, Uint16Array, Float32Array } as const;

/** What a model file holds: settings fit for JSON, and arrays by name. */
export interface ModelFile<Header, Arrays> {
  readonly header: Header;
  readonly arrays: Arrays;
}

/** First line of the file; the arrays follow in this order, each at a multiple of 4 bytes. */
interface FirstLine<Header> {
  format: string;
  header: Header;
  arrays: { name: string; kind: keyof typeof KINDS; length: number }[];
}

/**
 * Writes a model, compressed; the file appears whole or not at all.
 *
 * @param format says what the file is and in which version, such as "malt-parser-2"
 */
export function writeModelFile<Header, Arrays extends object>(
  path: string,
  format: string,
  { header, arrays }: ModelFile<Header, Arrays>,
): void {
  const entries = Object.entries(arrays) as [string, NumberArray][];
  const kinds = entries.map(([name, array]) => ({
    ...{ name, kind: array.constructor.name as keyof typeof KINDS, length: array.length },
  }));
  const firstLine: FirstLine<Header> = { format, header, arrays: kinds };
  const parts = [
    new TextEncoder().encode(JSON.stringify(firstLine) + "\n"),
    ...entries.flatMap(([, array]) => [
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
      new Uint8Array(-array.byteLength & 3),
    ]),
  ];
  writeWholeSync(path, gzipSync(new Uint8Array(Buffer.concat(parts))));
}

/**
 * Reads a model that {@linkcode writeModelFile} wrote.
 *
 * @throws {SyntaxError} if the file is of another format, or damaged
 */
export function readModelFile<Header, Arrays>(
  path: string,
  format: string,
): ModelFile<Header, Arrays> {
  const fail = (found: string): never => {
    throw new SyntaxError(
      `Cannot read ${path}: expected a file of the format ${format}, got ${found}` +
        ` (delete it and train the model anew)`,
    );
  };
  const file = readFileSync(path);
  let bytes = new Uint8Array();
  let firstLine: Partial<FirstLine<Header>> = {};
  try {
    bytes = new Uint8Array(gunzipSync(file)); // verifies length and CRC-32
    firstLine = JSON.parse(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0x0a))));
  } catch (error) {
    fail(`damaged or foreign data: ${(error as Error).message}`);
  }
  if (firstLine?.format !== format) fail(`the format ${JSON.stringify(firstLine?.format)}`);
  const { header, arrays } = firstLine as FirstLine<Header>;
  const buffer = bytes.slice(bytes.indexOf(0x0a) + 1).buffer;
  let at = 0;
  const found = arrays.map(({ name, kind, length }): [string, NumberArray] => {
    const array = new KINDS[kind](buffer, at, length);
    at += array.byteLength + (-array.byteLength & 3);
    return [name, array];
  });
  return { header, arrays: Object.fromEntries(found) as Arrays };
}

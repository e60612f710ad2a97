import { readFileSync } from "node:fs";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { writeWholeSync } from "#lib/files/mod.ts";

/** What a file of weights says of them in its first line, as JSON. */
export interface WeightsHeader {
  /** Kind and version. */
  format: string;
  /** Number of weights, those of 0 counted. */
  size: number;
  /** Number of weights other than 0. */
  kept: number;
}

/**
 * Writes a header and the weights other than 0: places, then values, in the machine's byte order,
 * compressed. The file appears whole or not at all.
 */
export function writeWeights<Header extends { format: string }>(
  path: string,
  header: Header,
  weights: Float32Array,
): void {
  let kept = 0;
  for (const weight of weights) kept += Number(weight !== 0);
  const places = new Uint32Array(kept), values = new Float32Array(kept);
  let at = 0;
  for (const [place, weight] of weights.entries()) {
    if (weight === 0) continue;
    places[at] = place;
    values[at++] = weight;
  }
  const whole: WeightsHeader = { ...header, size: weights.length, kept };
  const bytes = [
    new TextEncoder().encode(JSON.stringify(whole) + "\n"),
    ...[places, values].map(({ buffer }) => new Uint8Array(buffer)),
  ];
  const joined = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  bytes.reduce((start, part) => (joined.set(part, start), start + part.length), 0);
  writeWholeSync(path, gzipSync(joined, { level: constants.Z_BEST_SPEED }));
}

/**
 * Reads what {@linkcode writeWeights} wrote.
 *
 * @throws {SyntaxError} if the file is not of this format, or damaged
 */
export function readWeights<Header>(
  path: string,
  format: string,
): { header: Header & WeightsHeader; weights: Float32Array } {
  const file = readFileSync(path);
  let bytes: Uint8Array<ArrayBuffer>, header: Header & WeightsHeader;
  try {
    bytes = new Uint8Array(gunzipSync(file)); // verifies length and CRC-32
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0x0a))));
  } catch (error) {
    throw refusal(path, format, `damaged or foreign data: ${(error as Error).message}`);
  }
  if (header.format !== format) throw refusal(path, format, JSON.stringify(header.format));
  const body = bytes.slice(bytes.indexOf(0x0a) + 1).buffer, { size, kept } = header;
  if (body.byteLength !== 8 * kept) {
    throw refusal(path, format, `${body.byteLength} bytes for ${kept} weights`);
  }
  const places = new Uint32Array(body, 0, kept), values = new Float32Array(body, 4 * kept);
  const weights = new Float32Array(size);
  for (let i = 0; i < kept; i++) weights[places[i]] = values[i];
  return { header, weights };
}

function refusal(path: string, format: string, found: string): SyntaxError {
  return new SyntaxError(
    `Cannot read a parser from ${path}: expected the format "${format}", got ${found}` +
      ` (train it anew)`,
  );
}

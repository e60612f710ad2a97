/**
 * A dataset of the tests' own: bytes that a small generator makes, in a folder that goes away.
 *
 * @module
 */
import type { Dataset, DatasetFile } from "#lib/data/mod.ts";
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import type { Permission } from "../_support/permitted.ts";

/** What a test needs that writes files and talks to a server on this machine. */
export const TRANSFER: readonly Permission[] = ["read", "write", "env", "net"];

/** Bytes without a pattern that a shifted copy could match. */
export function sampleBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    return state >>> 24;
  });
}

/** A dataset with these files, published at an address. */
export function sampleDataset(files: Record<string, Uint8Array>, address: string): Dataset {
  const describe = ([name, bytes]: [string, Uint8Array]): DatasetFile => ({
    name,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    url: `${address}/source/${name}`,
  });
  return {
    id: "sample",
    title: "A sample",
    description: "Made by the tests.",
    licence: "Free for all.",
    homepage: address,
    files: Object.entries(files).map(describe),
  };
}

/** A folder that is removed at the end of its block. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Names of the files in the cache's folder of the sample dataset. */
export async function cachedNames(cache: string): Promise<string[]> {
  return (await readdir(`${cache}/sample`)).sort();
}

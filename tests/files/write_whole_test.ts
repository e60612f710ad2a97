import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole, writeWholeSync } from "#lib/files/mod.ts";

function inFolder(test: (folder: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const folder = Deno.makeTempDirSync();
    try {
      await test(folder);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  };
}

const MANY = 64;

Deno.test(
  "writeWhole: many at the same time leave one of their contents, and nothing else",
  inFolder(async (folder) => {
    const file = join(folder, "model");
    const contents = Array.from({ length: MANY }, (_, k) => new Uint8Array(50_000 + k).fill(k));
    await Promise.all(
      contents.map((bytes) => writeWhole(file, [bytes.slice(0, 9), bytes.slice(9)])),
    );
    const found = new Uint8Array(readFileSync(file));
    assert(contents.some((bytes) => found.length === bytes.length && found[0] === bytes[0]));
    assert(found.every((byte) => byte === found[0]));
    assertEquals(readdirSync(folder), ["model"]);
  }),
);

Deno.test(
  "writeWhole: contents that fail on the way leave the old file, and nothing else",
  inFolder(async (folder) => {
    const file = join(folder, "model");
    function* failing() {
      yield "new";
      throw new TypeError("no more");
    }
    writeWholeSync(file, "old");
    assertThrows(() => writeWholeSync(file, failing()), TypeError, "no more");
    await assertRejects(() => writeWhole(file, failing()), TypeError, "no more");
    assertEquals(readFileSync(file, "utf8"), "old");
    assertEquals(readdirSync(folder), ["model"]);
    await writeWhole(file, "new");
    assertEquals(readFileSync(file, "utf8"), "new");
  }),
);

import { assert, assertEquals, assertThrows } from "@std/assert";
import { loadMaltParser, saveMaltParser, trainMaltParser } from "#lib/parser/mod.ts";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { permittedTest } from "../_support/permitted.ts";
import { SMALL_TREEBANK } from "./_small_treebank.ts";

function inFolder(run: (folder: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "malt-"));
    try {
      await run(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

permittedTest(
  "a parser comes back from its file and parses the same",
  ["read", "write"],
  inFolder(async (folder) => {
    const path = join(folder, "parser.malt");
    for (const algorithm of ["stackproj", "nivreeager"] as const) {
      const parser = trainMaltParser(SMALL_TREEBANK, { algorithm });
      saveMaltParser(parser, path);
      assertEquals(readdirSync(folder), ["parser.malt"]);
      const again = loadMaltParser(path);
      assertEquals(await again.parse(SMALL_TREEBANK), await parser.parse(SMALL_TREEBANK));
      assertEquals(again.labels, parser.labels);
    }
  }),
);

permittedTest(
  "a damaged, cut or foreign file is refused",
  ["read", "write"],
  inFolder((folder) => {
    const path = join(folder, "parser.malt");
    saveMaltParser(trainMaltParser(SMALL_TREEBANK), path);
    const bytes = readFileSync(path);
    for (let at = 10; at < bytes.length; at += 97) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] ^= 0x10;
      writeFileSync(path, damaged);
      assertThrows(() => loadMaltParser(path), SyntaxError, `Cannot read ${path}`);
    }
    const refused = [bytes.subarray(0, -9), "", "text", gzipSync("text"), gzipSync("{}\n")];
    for (const content of refused) {
      writeFileSync(path, content);
      const error = assertThrows(() => loadMaltParser(path), SyntaxError);
      assert(error.message.includes(path));
    }
  }),
);

permittedTest(
  "what cannot be written leaves nothing behind",
  ["read", "write"],
  inFolder((folder) => {
    const parser = trainMaltParser(SMALL_TREEBANK);
    assertThrows(() => saveMaltParser(parser, join(folder, "no", "such", "folder")));
    assertEquals(readdirSync(folder), []);
  }),
);

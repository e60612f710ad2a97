import { join } from "node:path";
import { assertEquals, assertRejects } from "@std/assert";
import { cacheFolder } from "#lib/data/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import { agreedText, splitHyphens, TRI_TRAINING } from "#lib/tables/_agreed_text.ts";
import { keepFile } from "#lib/tables/_kept_file.ts";
import { withPlainQuotes } from "#lib/tables/_raw_text.ts";
import { CHEN_MANNING_VECTORS } from "#lib/tables/_transition_runs.ts";
import { OPTIONS, vectorsFile, wordVectors } from "#lib/tables/_word_vectors.ts";
import { type SeedOptions, specOf } from "#lib/tables/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";

Deno.test("raw text is split and quoted as English-EWT is", () => {
  assertEquals(splitHyphens(["long-term", "-", "--", "up-to-date", "pre-"]), [
    ...["long", "-", "term", "-", "--", "up", "-", "to", "-", "date", "pre-"],
  ]);
  assertEquals(withPlainQuotes(["``", "No", "''", "he", "'s"]), ['"', "No", '"', "he", "'s"]);
});

const keep = (file: string, run: JsonValue, text: string) =>
  keepFile(file, { run }, (path) => Deno.writeTextFileSync(path, text));

permittedTest("agreed text and word vectors kept of another run are refused", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const options = { scale: "full", data: {}, report: () => {} } as unknown as SeedOptions;
    const found = { parsed: 3, agreed: 0, sentences: [] };
    const file = join(cacheFolder(), "models", "agreed-text.json");
    const run = { ...TRI_TRAINING, network: specOf(CHEN_MANNING_VECTORS) };
    keep(file, run, JSON.stringify(found));
    assertEquals(await agreedText(options), found);
    keep(file, { ...run, longest: 50 }, JSON.stringify(found));
    await assertRejects(() => agreedText(options), SyntaxError, `Cannot load ${file}: expected`);

    keep(vectorsFile(), { ...OPTIONS }, "he 1 2\n");
    assertEquals((await wordVectors(options)).words, ["he"]);
    keep(vectorsFile(), { ...OPTIONS, window: 5 }, "he 1 2\n");
    await assertRejects(() => wordVectors(options), SyntaxError, "(move the file away)");
  }));

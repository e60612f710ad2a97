import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formatConllu, parseConllu } from "#lib/parser/mod.ts";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { permittedTest } from "../_support/permitted.ts";
import { SAMPLE } from "./_sample.ts";

/** Runs what `deno task parse` runs, with models in a folder of its own. */
async function parse(
  input: string,
  options: { args?: string[]; models: string; mayWrite?: boolean },
): Promise<{ code: number; out: string; err: string }> {
  const { models, mayWrite = true } = options;
  const process = new Deno.Command("deno", {
    args: [
      ...["run", "-P=parse", ...mayWrite ? [`--allow-write=${models}`] : []],
      "lib/parser/main.ts",
      ...["--treebank", "generated", ...options.args ?? []],
    ],
    env: { LECTURE_DATA: models, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

permittedTest("deno task parse: text or CoNLL-U in, CoNLL-U out", ["read", "run"], async (t) => {
  const models = mkdtempSync(join(tmpdir(), "parse-"));
  try {
    await t.step("text", async () => {
      const { code, out, err } = await parse("The dog sees\na cat.\n\nIt sleeps.\n", { models });
      assertEquals([code, parseConllu(out).length], [0, 2], err);
      assertStringIncludes(
        out,
        "# text = The dog sees a cat.\n1\tThe\t_\t_\tDT\t_\t2\tdet\t_\t_\n",
      );
      assertEquals(readdirSync(join(models, "models", "generated")), ["parser", "tagger"]);
    });
    await t.step("CoNLL-U: comments, multiword tokens and empty nodes stay", async () => {
      const { code, out, err } = await parse(SAMPLE, { models, args: ["--input", "conllu"] });
      assertEquals(code, 0, err);
      const [before, after] = [SAMPLE, out].map((text) => parseConllu(text));
      assertEquals(after.length, before.length);
      for (const [i, { comments, rows }] of after.entries()) {
        assertEquals(comments, before[i].comments);
        assertEquals(rows.map((row) => row.id), before[i].rows.map((row) => row.id));
        assertEquals(rows.map((row) => row.xpos), before[i].rows.map((row) => row.xpos));
      }
      assertEquals(formatConllu(after), out);
    });
    await t.step("--retag tags anew; words without tags are tagged anyway", async () => {
      const bare = SAMPLE.replaceAll("\tRB\t", "\t_\t").replaceAll(
        /\t(PRP|VBP|VB|\.)\t_/g,
        "\t_\t_",
      );
      const args = ["--input", "conllu"];
      for (const run of [await parse(SAMPLE, { models, args: [...args, "--retag"] })]) {
        assert(parseConllu(run.out)[1].rows.every((row) => row.xpos !== "_"), run.err);
      }
      assertEquals((await parse(bare, { models, args })).code, 0);
    });
    await t.step("words without tags are tagged beside others that keep theirs", async () => {
      const some = "1\tIt\t_\t_\tXX\t_\t_\t_\t_\t_\n2\tsleeps\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
      const { out, err } = await parse(some, { models, args: ["--input", "conllu"] });
      assertEquals(parseConllu(out)[0].rows.map((row) => row.xpos), ["XX", "VBZ"], err);
    });
    await t.step("broken input: exit code 1, the line named", async () => {
      const { code, err } = await parse(SAMPLE + "1\tx\n", { models, args: ["--input", "conllu"] });
      assertEquals(code, 1);
      assertStringIncludes(err, `CoNLL-U, line ${SAMPLE.split("\n").length}, column 1`);
    });
    await t.step("unknown options: exit code 2", async () => {
      const { code, err } = await parse("", { models, args: ["--input", "pdf"] });
      assertEquals(code, 2);
      assertStringIncludes(err, 'expected text or conllu, got "pdf"');
      const unknown = await parse("", { models, args: ["--inptu", "text"] });
      assertEquals([unknown.code, unknown.out], [2, ""]);
      assertStringIncludes(unknown.err, "deno task parse [FILE]");
    });
    await t.step("bytes that are not UTF-8: the file is named", async () => {
      const file = join(models, "latin1.txt");
      writeFileSync(file, Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a));
      const { code, err } = await parse("", { models, args: [file] });
      assertEquals(code, 1);
      assertStringIncludes(err, `${file}: Cannot read text: expected UTF-8`);
    });
  } finally {
    rmSync(models, { recursive: true });
  }
});

permittedTest(
  "deno task parse: models that cannot be kept serve once",
  ["read", "run"],
  async () => {
    const models = mkdtempSync(join(tmpdir(), "parse-"));
    try {
      const { code, out, err } = await parse("It sleeps.\n", { models, mayWrite: false });
      assertEquals([code, parseConllu(out).length], [0, 1], err);
      const folder = join(models, "models", "generated");
      const warning = err.indexOf(`Cannot keep models: expected to write to ${folder}, got: `);
      assert(warning >= 0 && warning < err.indexOf("learning from"), err);
      assertEquals(readdirSync(models), []);
    } finally {
      rmSync(models, { recursive: true });
    }
  },
);

permittedTest("deno task parse: no file, no training", ["read", "run"], async () => {
  const models = mkdtempSync(join(tmpdir(), "parse-"));
  try {
    for (const [name, found] of [["none.txt", "none"], [".", "a folder"]]) {
      const file = join(models, name);
      const { code, out, err } = await parse("", { models, args: [file] });
      assertEquals([code, out], [1, ""]);
      assertStringIncludes(err, `Cannot parse ${file}: expected a file, found ${found}`);
    }
    assertEquals(readdirSync(models), []);
  } finally {
    rmSync(models, { recursive: true });
  }
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { readdirSync } from "node:fs";
import { chooseEngine, openCounts } from "#lib/ngram/scale/mod.ts";
import { duckdbTest } from "../../_support/duckdb.ts";

async function count(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["run", "-P=count", "--no-check", "lib/ngram/scale/main.ts", ...args],
  }).output();
  const [output, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, output, errors };
}

duckdbTest(
  "deno task count says which engine it takes and why, and what it counted",
  async (folder) => {
    const file = `${folder}/text`, out = `${folder}/counts`;
    await Deno.writeTextFile(file, "a rose is a rose\n");
    const small = ["--order", "2", "--format", "json"];
    const counted = await count(file, "--out", out, ...small);
    assertEquals(counted.code, 0, counted.errors);
    assertStringIncludes(counted.errors, "engine memory: about");
    const { tokens, ngrams } = JSON.parse(counted.output);
    assertEquals([tokens, ngrams], [6, [6, 5]]);
    assertEquals((await openCounts(out)).engine, "memory");

    const again = await count(file, "--out", out, ...small);
    assertEquals([again.code, again.output], [1, ""]);
    assertStringIncludes(again.errors, "expected no such folder yet");
    const wrong = await count(file, "--out", `${folder}/other`, "--memory", "much");
    assertEquals(wrong.code, 2);
    assertStringIncludes(wrong.errors, "usage: deno task count");
    assertEquals(readdirSync(folder).sort(), ["counts", "text"]);
  },
);

duckdbTest("deno task count refuses options before it counts, in their words", async (folder) => {
  const file = `${folder}/text`, model = `${folder}/model`;
  await Deno.writeTextFile(file, "a rose is a rose\n");
  const wrong: [string[], string][] = [
    [["--prune", "a,b"], "expected --prune counts such as 0,0,1, got a,b"],
    [["--prune", "0,2,1"], "never fall, got [0,2,1]"],
    [["--engine", "spark"], "expected --master URL"],
    [["--memory", "0M"], "expected --memory of at least 2M"],
  ];
  for (const [options, message] of wrong) {
    const { code, errors } = await count(
      file,
      "--out",
      `${folder}/c`,
      "--model",
      model,
      ...options,
    );
    assertEquals(code, 2);
    assertStringIncludes(errors, message);
  }
  const nowhere = await count(file, "--out", `${folder}/c`, "--arpa", `${folder}/none/arpa`);
  assertEquals(nowhere.code, 1);
  assertStringIncludes(nowhere.errors, `expected the folder ${folder}/none, got none`);
  assertEquals(readdirSync(folder), ["text"]);

  const small = ["--out", `${folder}/counts`, "--order", "2", "--model", model];
  const bad = await count(file, ...small);
  assertEquals(bad.code, 1);
  assertStringIncludes(bad.errors, "count more of it, or give --discount-fallback");
  const counted = ["--counts", `${folder}/counts`, "--model", model, "--discount-fallback"];
  assertEquals((await count(...counted)).code, 0);
  for (const [extra, found] of [[[file], `the file ${file}`], [["--order", "2"], "--order"]]) {
    const { code, errors } = await count(...counted, ...extra);
    assertEquals(code, 2);
    assertStringIncludes(errors, `got --counts and ${found}`);
  }
});

duckdbTest(
  "deno task count makes a model in the new folder of counts; --help helps",
  async (folder) => {
    const file = `${folder}/text`, out = `${folder}/counts`;
    await Deno.writeTextFile(file, "a rose is a rose\n");
    const files = [file, "--out", out, "--model", `${out}/model`];
    const { code, errors } = await count(...files, "--discount-fallback");
    assertEquals(code, 0, errors);
    const help = await count("--help");
    assertEquals(help.code, 0);
    assertStringIncludes(help.output, "usage: deno task count");
  },
);

duckdbTest(
  "chooseEngine() takes DuckDB once the n-grams will not fit into memory",
  async (folder) => {
    const file = `${folder}/text`;
    await Deno.writeTextFile(file, "abcd ".repeat(11_000)); // 10,000 tokens by its size
    const choose = async (order: number, memoryLimit: number) =>
      (await chooseEngine([file], { order, memoryLimit })).engine;
    assertEquals(await choose(5, 1.5e6), "memory");
    assertEquals(await choose(5, 1.4e6), "duckdb");
    assertEquals(await choose(4, 1.4e6), "memory");
  },
);

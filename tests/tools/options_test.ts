import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkpointFile } from "#lib/tables/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";

/** Runs a task of deno.json; what it said comes without Deno's own warnings and colours. */
async function task(name: string, ...args: string[]) {
  return await taskIn({}, name, ...args);
}

/** The same, with more in its environment. */
async function taskIn(env: Record<string, string>, name: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "-q", name, ...args],
    env: { NO_COLOR: "1", ...env },
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

const TASKS = [
  ...["notebooks", "site", "record-rows", "train-tables", "train-parsers", "verify-results"],
  ...["verify-parsers", "compare-parsers", "bench", "bench-cutoffs", "bench-torch"],
];

for (const name of TASKS) {
  permittedTest(`deno task ${name}: --help, and options it has not`, ["run"], async () => {
    const [help, wrong] = await Promise.all([task(name, "--help"), task(name, "--nonsense")]);
    assertEquals(help.code, 0, help.err);
    assertStringIncludes(help.out, `deno task ${name}`);
    assertEquals([wrong.code, wrong.out], [2, ""]);
    assertStringIncludes(wrong.err, "Unknown option '--nonsense'");
    assertStringIncludes(wrong.err, help.out);
  });
}

permittedTest("rows that are not there, and what else cannot be chosen", ["run"], async () => {
  const row = ["--row", "foo"], unknown = 'expected ids of those below, got "foo"';
  const cases: [string, string[], string][] = [
    ["verify-parsers", row, unknown],
    ["verify-results", row, unknown],
    ["train-tables", row, unknown],
    ["train-tables", [], "expected --row ID[,ID], got none"],
    ["train-parsers", ["--seed", "9"], "expected seeds of 1,2,3, got 9"],
    ["compare-parsers", row, unknown],
    ["compare-parsers", ["--row", "ewt-mst-1"], "expected two rows or more"],
    ["site", ["a", "b"], "expected one folder, got 2"],
    ["notebooks", ["10", "99"], 'got "99"'],
    ["bench", ["none"], "expected rounds of at least 1, got none"],
  ];
  for (const [name, args, message] of cases) {
    const { code, err } = await task(name, ...args);
    assertEquals(code, 2, err);
    assertStringIncludes(err, message);
  }
});

permittedTest("verify-results: recorded rows alone, each of them, whatever is wrong with one", [
  ...["read", "write", "env", "run"] as const,
], () =>
  withCache(async () => {
    const env = { LECTURE_DATA: Deno.env.get("LECTURE_DATA")! };
    Deno.mkdirSync(`${env.LECTURE_DATA}/models`);
    Deno.writeTextFileSync(checkpointFile("ptb-rnn"), "no checkpoint");
    const { code, err } = await taskIn(env, "verify-results");
    assertEquals(code, 1, err);
    assertStringIncludes(err, "ptb-rnn: Cannot");
    assertStringIncludes(err, "ptb-lstm-small: ");
    assert(!err.includes("nothing is recorded") && !err.includes("Uncaught"), err);
  }));

permittedTest("train-tables: a mixture without its parts ends in one message", [
  ...["read", "write", "env", "run"] as const,
], () =>
  withCache(async () => {
    const env = { LECTURE_DATA: Deno.env.get("LECTURE_DATA")! };
    const { code, err } = await taskIn(env, "train-tables", "--row", "ptb-mixture");
    assertEquals(code, 1, err);
    assertStringIncludes(err, "Cannot mix models: expected trained models");
    assert(!err.includes("Uncaught"), err);
  }));

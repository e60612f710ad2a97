import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkpointFile, SEEDS } from "#lib/tables/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";

/** Runs a task of deno.json; what it said comes without Deno's own warnings and colours. */
async function task(name: string, ...args: string[]) {
  return await taskIn({}, name, ...args);
}

/** The same, with more in its environment. */
async function taskIn(env: Record<string, string>, name: string, ...args: string[]) {
  return said(
    await new Deno.Command("deno", {
      args: ["task", "-q", name, ...args],
      env: { NO_COLOR: "1", ...env },
    }).output(),
  );
}

function said({ code, stdout, stderr }: Deno.CommandOutput) {
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

/** What `deno task record-rows` says of what it reads. */
async function recordRows(input: string) {
  const child = new Deno.Command("deno", {
    args: ["task", "-q", "record-rows", "--commit", "0000000"],
    env: { NO_COLOR: "1" },
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const [output] = await Promise.all([
    child.output(),
    new Blob([input]).stream().pipeTo(child.stdin),
  ]);
  return said(output);
}

const TASKS = [
  ...["notebooks", "site", "record-rows", "train-tables", "train-parsers", "verify-results"],
  ...["verify-parsers", "compare-parsers", "bench", "bench-cutoffs", "bench-torch"],
  ...["readme-tables", "race-optimizers"],
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
  const two = ["--row", "nltk-malt-stackproj,nltk-malt-nivreeager"]; // unlabelled
  const cases: [string, string[], string][] = [
    ["verify-parsers", row, unknown],
    ["verify-results", row, unknown],
    ["train-tables", row, unknown],
    ["train-tables", [], "expected --row ID[,ID], got none"],
    ["train-parsers", ["--seed", "9"], "expected --seed 1 or 2 or 3, got 9"],
    ["train-parsers", ["--seeds=-1"], "expected --seeds 1 or 2 or 3, got -1"],
    ["train-parsers", ["--seeds", "2.7"], "expected --seeds 1 or 2 or 3, got 2.7"],
    ["train-parsers", ["--seed", "1", "--seeds", "3"], "expected --seed or --seeds, got both"],
    ["compare-parsers", row, unknown],
    ["compare-parsers", ["--row", "ewt-mst-1"], "expected two rows or more"],
    ["compare-parsers", ["--row", "ewt-mst-1,nltk-mst-1"], "rows of one corpus, got ewt,nltk"],
    ["compare-parsers", [...two, "--metric", "las"], 'expected --metric uas, got "las"'],
    [
      "compare-parsers",
      [...two, "--scale", "quick", "--record"],
      "expected --scale full, got quick",
    ],
    ["site", ["a", "b"], "expected one folder, got 2"],
    ["race-optimizers", ["boat"], 'expected window or parser, got "boat"'],
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

permittedTest("verify-parsers: each of the rows, whatever is wrong with one", [
  ...["read", "write", "env", "run"] as const,
], () =>
  withCache(async () => {
    const env = { LECTURE_DATA: Deno.env.get("LECTURE_DATA")! };
    Deno.mkdirSync(`${env.LECTURE_DATA}/models`);
    for (const seed of SEEDS) {
      Deno.writeTextFileSync(checkpointFile(`ewt-chen-manning-${seed}`), "no checkpoint");
    }
    const { code, err } = await taskIn(env, "verify-parsers");
    assertEquals(code, 1, err);
    assertStringIncludes(err, "ewt-chen-manning: Cannot");
    assertStringIncludes(err, "nltk-biaffine-affixes: ");
    assert(!err.includes("Uncaught"), err);
  }));

permittedTest("parsers without their data: one message, with the command that brings it", [
  ...["read", "write", "env", "run"] as const,
], () =>
  withCache(async () => {
    const env = { LECTURE_DATA: Deno.env.get("LECTURE_DATA")! };
    for (
      const [name, rows] of [
        ["train-parsers", "nltk-chen-manning"],
        ["compare-parsers", "nltk-mst-1,nltk-mst-2"],
      ]
    ) {
      const { code, err } = await taskIn(env, name, "--row", rows);
      assertEquals(code, 1, err);
      assertStringIncludes(err, "deno task data fetch nltk");
      assert(!err.includes("Uncaught"), err);
    }
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

permittedTest("record-rows: nothing but full rows that have no checkpoint", ["run"], async () => {
  const metrics = { accuracy: 1 }, scale = "full";
  const rows = [
    { table: "taggers", row: "brown-majority", scale: "quick", metrics },
    { table: "taggers", row: "brown-lstm", scale, metrics },
    { table: "parsers-neural", row: "ewt-weiss", scale, metrics },
    { table: "taggers", row: "typo", scale, metrics },
    { table: "nope", row: "brown-majority", scale, metrics },
    null,
  ];
  const { code, err } = await recordRows(JSON.stringify(rows));
  assertEquals(code, 2, err);
  assertStringIncludes(
    err,
    "Cannot record taggers/brown-majority: expected --scale full, got quick",
  );
  assertStringIncludes(err, "deno task train-tables --row brown-lstm");
  assertStringIncludes(err, "deno task train-parsers --row ewt-weiss");
  assertStringIncludes(err, "Cannot record taggers/typo: expected a row of the table taggers");
  assertStringIncludes(err, "Cannot record nope/brown-majority: expected a table of parsers,");
  assertEquals(err.split("Cannot record").length - 1, rows.length, err); // none is recorded
});

permittedTest("record-rows: input that is no array of rows", ["run"], async () => {
  for (const input of ["", '[{"table": "tag', "{}"]) {
    const { code, err } = await recordRows(input);
    assertEquals(code, 2, err);
    assertStringIncludes(err, `expected a JSON array on stdin, got "${input}"`);
  }
});

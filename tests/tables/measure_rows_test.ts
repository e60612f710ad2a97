import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { DataError } from "#lib/data/mod.ts";
import {
  findTable,
  formatJson,
  formatMarkdown,
  formatText,
  measureRows,
  type Row,
  type RowPlan,
  type Table,
  tables,
} from "#lib/tables/mod.ts";
import { parseRecorded } from "#lib/tables/_recorded_file.ts";
import { lackingOfRun } from "#lib/tables/recorded_run.ts";
import { mayRead } from "../_support/permission.ts";

const plan = (id: string, measure: RowPlan["measure"]): RowPlan => ({
  id,
  system: `System | ${id}`,
  data: "toy",
  published: { perplexity: 67.6 },
  engine: "typescript",
  measure,
});

const table: Table = {
  id: "toy",
  title: "A toy table",
  rows: [
    plan("measured", () => Promise.resolve({ perplexity: 141.186, tokens: 82430 })),
    plan("missing", () =>
      Promise.reject(
        new DataError("Cannot open ptb (bring it with: deno task data fetch ptb)", {
          code: "missing",
          dataset: "ptb",
        }),
      )),
    plan("improbable", () => Promise.resolve({ probability: 4 / 26 })),
  ],
};

async function measured(of: Table, recordedOnly = false): Promise<Row[]> {
  const options = { scale: "quick", data: {}, report: () => {}, recordedOnly } as const;
  return await Array.fromAsync(measureRows(of, options));
}

const needsResults = { ignore: !mayRead };

Deno.test(
  "rows carry their figures; a row without data is skipped and says what brings it",
  needsResults,
  async () => {
    const [first, missing, last] = await measured(table);
    assertEquals(first.metrics, { perplexity: 141.186, tokens: 82430 });
    assertEquals(first.published, { perplexity: 67.6 });
    assertEquals([first.table, first.row, first.scale, first.seed], [
      "toy",
      "measured",
      "quick",
      null,
    ]);
    assertEquals(missing.metrics, {});
    assertEquals(missing.seconds, null);
    assertStringIncludes(missing.skipped!, "deno task data fetch ptb");
    assertEquals(last.metrics, { probability: 4 / 26 });
  },
);

Deno.test("what a model wrote stands in its row and under the table", needsResults, async () => {
  const writer = plan("writer", ({ wrote }) => {
    wrote?.("Sea Foam");
    wrote?.("Title: SOUP\n\n1 c rice");
    return Promise.resolve({ bitsPerCharacter: 2.2 });
  });
  const rows = await measured({ ...table, rows: [...table.rows, writer] });
  assertEquals(rows.map(({ samples }) => samples?.length), [undefined, undefined, undefined, 2]);
  assertStringIncludes(
    formatText(table, rows),
    "written by System | writer, toy:\n\n    Sea Foam\n    * * *\n    Title: SOUP\n\n    1 c rice\n",
  );
});

Deno.test("recordedOnly measures nothing", needsResults, async () => {
  for (const row of await measured(table, true)) {
    assertEquals([row.metrics, row.seconds, row.skipped], [{}, null, undefined]);
  }
});

Deno.test("an error that is not about data is not swallowed", needsResults, async () => {
  const broken = { ...table, rows: [plan("bad", () => Promise.reject(new RangeError("bug")))] };
  await assertRejects(() => measured(broken), RangeError, "bug");
});

Deno.test("a damaged checkpoint skips its row alone, and is named", needsResults, async () => {
  const damaged = plan("bad", () => Promise.reject(new SyntaxError("Cannot load a.safetensors")));
  const [bad, good] = await measured({ ...table, rows: [damaged, table.rows[0]] });
  assertEquals([bad.skipped, bad.metrics], ["Cannot load a.safetensors", {}]);
  assertEquals(good.metrics, { perplexity: 141.186, tokens: 82430 });
});

Deno.test("a damaged recorded run is refused, naming the file and what to do", () => {
  const file = "results/toy/row.json";
  const run = { metrics: null, date: "", machine: "", command: "", seed: null, commit: "" };
  const cases = [
    ["{", "expected JSON, found "],
    ["null", "expected an object, found null"],
    [JSON.stringify(run), "expected metrics, found none"],
    ['{"metrics": {}, "date": "", "machine": "", "command": ""}', "expected seed, commit"],
  ];
  for (const [text, problem] of cases) {
    const parse = () => parseRecorded(text, { file, lacking: lackingOfRun });
    const { message } = assertThrows(parse, SyntaxError, `Cannot read ${file}: ${problem}`);
    assertStringIncludes(message, `(take it from git again: git checkout ${file})`);
  }
});

Deno.test(
  "tables are printed as text, Markdown and JSON with ours and published apart",
  needsResults,
  async () => {
    const rows = await measured(table);
    assertEquals(JSON.parse(formatJson(rows)), JSON.parse(JSON.stringify(rows)));
    const text = formatText(table, rows);
    for (const cell of ["141.19", "82,430", "0.1538", "67.6", "perplexity (published)"]) {
      assertStringIncludes(text, cell);
    }
    assertStringIncludes(text, "1 rows skipped: Cannot open ptb");
    const markdown = formatMarkdown(table, rows).split("\n");
    assertStringIncludes(markdown[4], "| System \\| measured | toy | 141.19 | 82,430 |");
  },
);

Deno.test("an unknown table id is refused with the ids there are", () => {
  const ids = tables.map(({ id }) => id).join(", ");
  assertThrows(() => findTable("nope"), RangeError, `${ids}, got "nope"`);
});

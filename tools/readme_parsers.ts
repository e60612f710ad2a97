/**
 * `deno task readme-parsers`: writes the parser tables of README.md anew, from the runs recorded in
 * `results/`. They stand between two marks.
 *
 * @module
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parsers, parsersNeural, recordedRun, type RowPlan } from "#lib/tables/mod.ts";

const README = fileURLToPath(new URL("../README.md", import.meta.url));
const BEGIN = "<!-- begin of the parsers, by deno task readme-parsers -->";
const END = "<!-- end of the parsers -->";

interface Line {
  corpus: string;
  cells: string[];
}

/** What README.md says of a row, if its run is recorded. */
async function lineOf(table: string, row: RowPlan): Promise<Line | undefined> {
  const metrics = (await recordedRun(table, row.id))?.metrics;
  if (!metrics) return undefined;
  const { uas, lasNoSubtypes, devUas, devLasNoSubtypes, sentencesPerSecond, trainSeconds } =
    metrics;
  const score = (value?: number) => value === undefined ? "" : value.toFixed(2);
  const { uas: publishedUas = "", las: publishedLas = "" } = row.published;
  return {
    corpus: row.data,
    cells: [
      ...[row.system, score(uas), score(lasNoSubtypes), score(devUas), score(devLasNoSubtypes)],
      Math.round(sentencesPerSecond).toLocaleString("en-US"),
      Math.round(trainSeconds).toLocaleString("en-US"),
      publishedUas === "" ? "" : `${publishedUas} / ${publishedLas}`,
    ],
  };
}

/** The tables in Markdown, one for each corpus. */
export async function parserTables(): Promise<string> {
  const lines: Line[] = [];
  for (const { id, rows } of [parsers, parsersNeural]) {
    for (const row of rows) {
      const line = await lineOf(id, row);
      if (line) lines.push(line);
    }
  }
  const head = ["parser", "UAS", "LAS", "dev UAS", "dev LAS", "sentences/s", "training, s"];
  return [...Map.groupBy(lines, ({ corpus }) => corpus)].map(([corpus, rows]) =>
    [
      `${corpus}:`,
      "",
      `| ${[...head, "published"].join(" | ")} |`,
      `| --- |${" ---: |".repeat(7)}`,
      ...rows.map(({ cells }) => `| ${cells.join(" | ")} |`),
    ].join("\n")
  ).join("\n\n");
}

if (import.meta.main) {
  const text = readFileSync(README, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) {
    console.error(`Cannot write the tables: expected "${BEGIN}" and "${END}" in README.md`);
    Deno.exit(1);
  }
  const tables = await parserTables();
  const whole = `${text.slice(0, begin)}${BEGIN}\n\n${tables}\n\n${text.slice(end)}`;
  writeFileSync(`${README}.part`, whole);
  renameSync(`${README}.part`, README);
}

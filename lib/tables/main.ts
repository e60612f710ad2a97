/**
 * `deno task reproduce-tables`: measures the lecture's tables and prints them. Rows go to stdout,
 * progress to stderr.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { type DataOptions, progressLine } from "#lib/data/mod.ts";
import { type Format, formatJson, formatMarkdown, formatText } from "./format_rows.ts";
import { measureRows } from "./measure_rows.ts";
import type { Row, Scale, Table } from "./table.ts";
import { findTable, tables } from "./tables.ts";

const HELP = `Measures the tables of CS224N lecture 5 anew.

deno task reproduce-tables [--only ID[,ID]] [--scale quick|full] [--format text|json|markdown]
                           [--row ID[,ID]] [--recorded]

  --only      tables: ${tables.map(({ id }) => id).join(", ")}; all of them where it is left out,
              rows that train for minutes as recorded then
  --scale     quick: minutes (the default); full: as large as the recorded runs; rows that only
              count are the same in both
  --format    json is one array, an object a row; progress goes to stderr (deno task -q ...)
  --row       rows by their ids; all rows of the tables where it is left out
  --recorded  shows the runs kept in results/ and measures nothing`;

interface Request {
  tables: Table[];
  scale: Scale;
  format: Format;
  recordedOnly: boolean;
  /** Whether tables or rows were asked for by name. */
  isNamed: boolean;
}

function parseRequest(args: string[]): Request | "help" {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      scale: { type: "string", default: "quick" },
      format: { type: "string", default: "text" },
      row: { type: "string" },
      recorded: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const chosen = values.only?.split(",").map(findTable) ?? [...tables];
  return {
    tables: values.row ? withRows(chosen, values.row.split(",")) : chosen,
    scale: oneOf("--scale", values.scale, ["quick", "full"]),
    format: oneOf("--format", values.format, ["text", "json", "markdown"]),
    recordedOnly: values.recorded,
    isNamed: [values.only, values.row].some(Boolean) || values.scale === "full",
  };
}

/** The tables with these rows alone. */
function withRows(chosen: readonly Table[], ids: readonly string[]): Table[] {
  const known = chosen.flatMap(({ rows }) => rows.map(({ id }) => id));
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot read the option --row: expected ${known.join(", ")}, got "${unknown}"`,
    );
  }
  return chosen
    .map((table) => ({ ...table, rows: table.rows.filter(({ id }) => ids.includes(id)) }))
    .filter(({ rows }) => rows.length > 0);
}

function oneOf<Name extends string>(
  option: string,
  value: string,
  allowed: readonly Name[],
): Name {
  const found = allowed.find((name) => name === value);
  if (found) return found;
  throw new RangeError(
    `Cannot read the option ${option}: expected ${allowed.join(" or ")}, got "${value}"`,
  );
}

/** What is missing is downloaded: the tables' corpora are 57 MB together. */
const data: DataOptions = {
  download: true,
  attempts: 2,
  onLicence: ({ title, licence }) => console.error(`${title}\n  licence: ${licence}`),
  onProgress: progressLine(process.stderr),
};

function report(message: string): void {
  console.error(message);
}

async function run({ tables, scale, format, recordedOnly, isNamed }: Request): Promise<void> {
  const all: Row[] = [];
  for (const table of tables) {
    const rows: Row[] = [];
    const options = { scale, data, report, recordedOnly, quickRowsOnly: !isNamed };
    for await (const row of measureRows(table, options)) {
      rows.push(row);
    }
    all.push(...rows);
    if (format === "text") console.log(`${formatText(table, rows)}\n`);
    if (format === "markdown") console.log(`${formatMarkdown(table, rows)}\n`);
  }
  if (format === "json") console.log(formatJson(all));
}

if (import.meta.main) {
  let request: Request | "help";
  try {
    request = parseRequest(Deno.args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    Deno.exit(2);
  }
  if (request === "help") console.log(HELP);
  else await run(request);
}

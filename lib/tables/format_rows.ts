import type { Row, Table } from "./table.ts";

/** How tables are printed. */
export type Format = "text" | "json" | "markdown";

interface Column {
  title: string;
  isNumber: boolean;
  cell: (row: Row) => string;
}

/** Rows as one JSON array. */
export function formatJson(rows: readonly Row[]): string {
  return JSON.stringify(rows, null, 2);
}

/** A table's rows in columns, for a terminal. */
export function formatText(table: Table, rows: readonly Row[]): string {
  const laid = columns(rows).map(({ title, isNumber, cell }) => {
    const cells = [title, ...rows.map(cell)];
    const width = Math.max(...cells.map((text) => text.length));
    const padded = cells.map((text) => isNumber ? text.padStart(width) : text.padEnd(width));
    return [padded[0], "-".repeat(width), ...padded.slice(1)];
  });
  const lines = laid[0].map((_, i) => laid.map((column) => column[i]).join("  ").trimEnd());
  return [`${table.title} (${table.id})`, "", ...lines, ...notes(rows)].join("\n");
}

/** A table's rows as a Markdown table. */
export function formatMarkdown(table: Table, rows: readonly Row[]): string {
  const laid = columns(rows);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    `### ${table.title}`,
    "",
    line(laid.map(({ title }) => title)),
    line(laid.map(({ isNumber }) => isNumber ? "---:" : "---")),
    ...rows.map((row) => line(laid.map(({ cell }) => cell(row)))),
    ...notes(rows),
  ].join("\n");
}

/** System and data, each figure measured or recorded, the published ones apart, the time. */
function columns(rows: readonly Row[]): Column[] {
  const namesIn = (figures: (row: Row) => Record<string, unknown> | undefined) => [
    ...new Set(rows.flatMap((row) => Object.keys(figures(row) ?? {}))),
  ];
  const figure = (title: string, cell: (row: Row) => string): Column => ({
    title,
    isNumber: true,
    cell,
  });
  return [
    { title: "system", isNumber: false, cell: (row) => row.system },
    { title: "data", isNumber: false, cell: (row) => row.data },
    ...namesIn((row) => row.metrics)
      .map((name) => figure(name, (row) => formatFigure(name, row.metrics[name]))),
    ...namesIn((row) => row.recorded?.metrics).map((name) =>
      figure(`${name} (recorded)`, (row) => formatFigure(name, row.recorded?.metrics[name]))
    ),
    ...namesIn((row) => row.published).map((name) =>
      figure(`${name} (published)`, (row) => `${row.published[name] ?? ""}`)
    ),
    figure("seconds", (row) => row.seconds === null ? "" : row.seconds.toFixed(2)),
  ];
}

/** Figures as they are read: counts whole, perplexities to 0.01, probabilities to 0.0001. */
function formatFigure(name: string, value: number | undefined): string {
  if (value === undefined) return "";
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  if (/probability/i.test(name)) return value.toFixed(4);
  return value >= 10_000 ? Math.round(value).toLocaleString("en-US") : value.toFixed(2);
}

/** What was skipped, once for each reason, and where recorded figures come from. */
function notes(rows: readonly Row[]): string[] {
  const skipped = Map.groupBy(rows.filter((row) => row.skipped), (row) => row.skipped);
  const lines = Array.from(skipped, ([reason, { length }]) => `${length} rows skipped: ${reason}`);
  for (const { system, data, recorded, samples = recorded?.samples ?? [] } of rows) {
    if (samples.length === 0) continue;
    const written = samples.join("\n* * *\n").split("\n").map((line) => `    ${line}`.trimEnd());
    lines.push(`written by ${system}, ${data}:`, "", ...written, "");
  }
  for (const { system, recorded } of rows) {
    if (recorded) lines.push(`recorded ${recorded.date}: ${system}: ${recorded.command}`);
  }
  if (rows.every((row) => !row.recorded && !row.skipped && row.seconds === null)) {
    lines.push("no run of this table is recorded in results/");
  }
  return lines.length > 0 ? ["", ...lines] : [];
}

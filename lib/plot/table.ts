import { readable } from "./_numbers.ts";
import { escapeMarkup } from "./_svg.ts";

/** A small table as a pure value, in two forms of the same content. */
export interface Table {
  /** An HTML table with no script and no style sheet. */
  readonly html: string;
  /** The same in columns of characters. */
  readonly words: string;
}

/** A cell: words stand left, numbers right; `null` and `undefined` leave it empty. */
export type Cell = string | number | boolean | null | undefined;

/** A row: what stands under each heading. */
export type Row = Readonly<Record<string, Cell>>;

/** How a {@linkcode table} looks. */
export interface TableOptions {
  /** The words above the table. */
  readonly title?: string;
}

/**
 * A table of a few rows. Its columns are the names found in the rows, in the order of coming.
 *
 * @param rows numbers are shown with three significant digits; give a string for others
 * @throws {RangeError} if there is no row
 *
 * @example
 * ```ts
 * import { table } from "#lib/plot/mod.ts";
 *
 * console.log(table([{ order: 3, perplexity: 148.28 }, { order: 5, perplexity: 141.19 }]).words);
 * ```
 */
export function table(rows: readonly Row[], options: TableOptions = {}): Table {
  const { title } = options;
  if (rows.length === 0) throw new RangeError("Cannot show a table: expected a row, got none");
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => written(row[name])));
  const isNumeric = names.map((name) =>
    rows.every((row) => row[name] === undefined || row[name] === null || isNumber(row[name]))
  );
  const tag = (kind: "th" | "td") => (content: string, column: number) => {
    const side = isNumeric[column] ? "right" : "left";
    // JupyterLab's style sheet overrides the attribute, GitHub drops the style: both are needed.
    const aligned = `align="${side}" style="text-align: ${side}"`;
    return `<${kind} ${aligned}>${escapeMarkup(content)}</${kind}>`;
  };
  const line = (kind: "th" | "td", contents: string[]) =>
    `<tr>${contents.map(tag(kind)).join("")}</tr>`;
  const caption = title === undefined ? "" : `<caption>${escapeMarkup(title)}</caption>`;
  const html = `<table>${caption}<thead>${line("th", names)}</thead>` +
    `<tbody>${cells.map((row) => line("td", row)).join("")}</tbody></table>`;
  const columns = inColumns([names, ...cells], isNumeric);
  return { html, words: title === undefined ? columns : `${title}\n${columns}` };
}

function isNumber(cell: Cell): cell is number {
  return typeof cell === "number";
}

function written(cell: Cell): string {
  return isNumber(cell) ? readable(cell) : String(cell ?? "");
}

function inColumns(lines: readonly string[][], isNumeric: readonly boolean[]): string {
  const widths = isNumeric.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) =>
    line.map((content, i) => isNumeric[i] ? content.padStart(widths[i]) : content.padEnd(widths[i]))
      .join("  ").trimEnd()
  ).join("\n");
}

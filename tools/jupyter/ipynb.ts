/** A bundle of MIME types; texts may be lists of lines. */
export type MimeBundle = Record<string, unknown>;

/** What a cell printed. */
export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: string;
}

/** What a cell showed (`display_data`), or the value of its last expression. */
export interface DataOutput {
  output_type: "display_data" | "execute_result";
  data: MimeBundle;
  metadata: Record<string, unknown>;
  execution_count?: number;
}

/** How a cell failed. */
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

/** An output below a cell. */
export type Output = StreamOutput | DataOutput | ErrorOutput;

/** A cell of code with what it put out. */
export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: { tags?: string[] };
  source: string;
  execution_count: number | null;
  outputs: Output[];
}

/** A cell of prose. */
export interface MarkdownCell {
  cell_type: "markdown";
  id: string;
  metadata: Record<string, unknown>;
  source: string;
}

/** A notebook of nbformat 4, its texts whole strings. */
export interface Notebook {
  cells: (CodeCell | MarkdownCell)[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/**
 * Reads a notebook.
 *
 * @throws {SyntaxError} if it is not a notebook of nbformat 4
 */
export function parseNotebook(json: string, name: string): Notebook {
  const notebook = JSON.parse(json);
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new SyntaxError(
      `Cannot read ${name}: expected a notebook of nbformat 4, got nbformat ${notebook?.nbformat}`,
    );
  }
  return withTexts(notebook, wholeText);
}

/** The code cells in order; the kernel numbers them [1], [2], …, empty ones not. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code" && cell.source.trim() !== "")
    .map((cell) => cell as CodeCell);
}

/** Writes a notebook as Jupyter does: sorted names, texts as lists of lines. */
export function formatNotebook(notebook: Notebook): string {
  return JSON.stringify(withTexts(notebook, linesOf), sortedNames, 1) + "\n";
}

/** For `JSON.stringify`: writes the names of objects in order. */
export function sortedNames(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}

/** The notebook with every text that nbformat lets be a list of lines changed. */
function withTexts(notebook: Notebook, change: (text: unknown) => unknown): Notebook {
  const changeOutput = (output: Output) => {
    if (output.output_type === "stream") return { ...output, text: change(output.text) };
    if (output.output_type === "error") return output;
    const data = Object.entries(output.data).map(([type, value]) =>
      [type, isJson(type) ? value : change(value)] as const
    );
    return { ...output, data: Object.fromEntries(data) };
  };
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: change(cell.source),
    ...(cell.cell_type === "code" && { outputs: cell.outputs.map(changeOutput) }),
  }));
  return { ...notebook, cells } as Notebook;
}

function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}

function wholeText(value: unknown): unknown {
  return Array.isArray(value) ? value.join("") : value;
}

function linesOf(value: unknown): unknown {
  return typeof value === "string" ? value.match(/.*\n|.+$/g) ?? [] : value;
}

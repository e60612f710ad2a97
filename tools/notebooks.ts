/**
 * Runs the notebooks on the real Deno kernel, without Jupyter: `deno task notebooks`. Each must pass
 * the type check and the formatter, run without an error in the time allowed, give the outputs it is
 * committed with, and stay under 400 KB.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWholeSync } from "#lib/files/mod.ts";
import { compareOutputs, missingData } from "./jupyter/compare_outputs.ts";
import { codeCells, formatNotebook, type Notebook, parseNotebook } from "./jupyter/ipynb.ts";
import { type NotebookRun, runNotebook } from "./jupyter/run_notebook.ts";
import { typeCheck } from "./jupyter/type_check.ts";
import { readOptions, refuse } from "./options.ts";

/** What a committed notebook may weigh, so that it opens quickly and diffs stay small. */
const MAX_BYTES = 400_000;
/** What a notebook may take here, in seconds; on a reader's engine it is to take 90 at most. */
const MAX_SECONDS = 180;
/** The engine whose numbers do not depend on the machine; a BLAS library's do, in their last bits. */
const SAME_EVERYWHERE = "wasm";

const HELP = `Runs notebooks and compares their outputs with the committed ones.

deno task notebooks [--write] [NAME ...]

  --write  stores the new outputs instead of comparing them
  NAME     a part of a file's name, such as 10; all notebooks where none is given`;

/** What {@linkcode checkNotebooks} does. */
export interface CheckOptions {
  /** Whether new outputs are stored instead of compared. */
  write?: boolean;
  /** Takes a line of the report. */
  report?: (line: string) => void;
}

/**
 * Checks and runs notebooks.
 *
 * @param paths of the notebooks
 * @returns what is wrong, one entry a problem
 */
export async function checkNotebooks(
  paths: readonly string[],
  options: CheckOptions = {},
): Promise<string[]> {
  const { write = false, report = () => {} } = options;
  const env: Record<string, string> = isQuick() ? { LECTURE_ENGINE: SAME_EVERYWHERE } : {};
  const notebooks = new Map(
    paths.map((path) => [path, parseNotebook(readFileSync(path, "utf8"), path)]),
  );
  const typeErrors = await typeCheck(notebooks);
  const formatting = (await Promise.all(paths.map(formatProblem))).flat();
  const problems = typeErrors ? [typeErrors, ...formatting] : formatting;
  if (problems.length > 0) return problems;
  for (const [path, notebook] of notebooks) {
    const run = await runNotebook(notebook, { cwd: dirname(path), cellSeconds: MAX_SECONDS, env });
    const found = judge(notebook, run, write);
    const missing = missingData(notebook, run.outputs);
    if (write && !run.failure && !missing) store(path, notebook, run);
    const bytes = readFileSync(path).length;
    if (bytes > MAX_BYTES) found.push(`${bytes} bytes, more than ${MAX_BYTES}`);
    if (missing && write) found.push(`other data than its own: ${missing.warning}`);
    if (missing) report(`${basename(path)}: outputs not compared. ${missing.warning}`);
    report(`${basename(path)}: ${found.length ? "FAILED" : "ok"}, ${summary(run, bytes)}`);
    problems.push(...found.map((problem) => `${path}: ${problem}`));
  }
  return problems;
}

function isQuick(): boolean {
  return (Deno.env.get("LECTURE_SCALE") || "quick") === "quick";
}

function judge(notebook: Notebook, run: NotebookRun, write: boolean): string[] {
  if (run.failure !== undefined) return [run.failure];
  // The committed outputs and the limit of time are those of the quick scale.
  if (!isQuick()) return [];
  const problems = write ? [] : compareOutputs(notebook, run.outputs)
    .map((difference) => `${difference} (deno task notebooks --write stores the new outputs)`);
  if (run.seconds > MAX_SECONDS) {
    problems.push(`ran ${run.seconds.toFixed(1)} s, more than ${MAX_SECONDS}`);
  }
  return problems;
}

function summary({ startSeconds, cellSeconds, seconds }: NotebookRun, bytes: number): string {
  return `${cellSeconds.length} cells in ${seconds.toFixed(1)} s (kernel ` +
    `${startSeconds.toFixed(2)} s, first cell ${(cellSeconds[0] ?? 0).toFixed(2)} s), ` +
    `${(bytes / 1000).toFixed(0)} KB`;
}

function store(path: string, notebook: Notebook, run: NotebookRun): void {
  for (const [i, cell] of codeCells(notebook).entries()) {
    cell.outputs = run.outputs[i];
    cell.execution_count = i + 1;
  }
  writeWholeSync(path, formatNotebook(notebook));
}

/**
 * Where `deno fmt` would write a notebook's code otherwise. (Its `--check` calls every cell
 * unformatted that does not end with a newline, as no cell saved by Jupyter does.)
 */
async function formatProblem(path: string): Promise<string[]> {
  const child = new Deno.Command("deno", {
    args: ["fmt", "--ext", "ipynb", "-"],
    ...{ stdin: "piped", stdout: "piped" },
  }).spawn();
  const before = readFileSync(path);
  const sent = new Blob([before]).stream().pipeTo(child.stdin);
  const { success, stdout } = await child.output();
  await sent.catch(() => {}); // where fmt refuses the code it does not read to the end
  if (!success) return []; // a syntax error, which the type check tells with its place
  const [was, is] = [before, stdout].map((bytes) => new TextDecoder().decode(bytes).split("\n"));
  const line = was.findIndex((text, i) => text !== is[i]);
  if (line < 0) return [];
  return [`${path}: deno fmt would write ${is[line]?.trim()} for ${was[line].trim()}`];
}

if (import.meta.main) {
  const { values, positionals } = readOptions(HELP, {
    options: { write: { type: "boolean" } },
    allowPositionals: true,
  });
  const folder = fileURLToPath(new URL("../notebooks/", import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb")).sort();
  const unknown = positionals.find((part) => !names.some((name) => name.includes(part)));
  if (unknown !== undefined) {
    refuse(`Cannot run notebooks: expected parts of ${names.join(", ")}, got "${unknown}"`, HELP);
  }
  const chosen = names.filter((name) =>
    positionals.length === 0 || positionals.some((part) => name.includes(part))
  );
  const paths = chosen.map((name) => join(folder, name));
  const problems = await checkNotebooks(paths, { ...values, report: console.log });
  for (const problem of problems) console.error(problem);
  console.log(`notebooks: ${chosen.length} run, ${problems.length} problems`);
  if (problems.length > 0) Deno.exit(1);
}

import { codeCells, type Notebook, type Output, sortedNames } from "./ipynb.ts";

/** How far a number may be from the committed one in a cell tagged `tolerance`: 1 %. */
const TOLERANCE = 0.01;

/**
 * Compares committed outputs with those of a new run. The tag of a cell says how: `exact` (also
 * without a tag), `tolerance` (numbers may differ by 1 %, pictures are not compared), `skip`
 * (times and what else differs from run to run). From a cell on that took other data, see
 * {@linkcode missingData}, nothing is compared.
 *
 * @param outputs of the code cells, in order
 * @returns a line for each cell that differs
 */
export function compareOutputs(committed: Notebook, outputs: readonly Output[][]): string[] {
  const end = missingData(committed, outputs)?.cell ?? Infinity;
  return codeCells(committed).flatMap((cell, i) => {
    const tags = cell.metadata.tags ?? [];
    if (i >= end || tags.includes("skip")) return [];
    const isTolerant = tags.includes("tolerance");
    const write = isTolerant ? inRoundTerms : exactly;
    const [before, after] = [write(cell.outputs), write(outputs[i] ?? [])];
    const difference = firstDifference(before, after, isTolerant ? isClose : () => false);
    return difference === undefined ? [] : [`cell [${i + 1}]: ${difference}`];
  });
}

/**
 * The first cell tagged `data` that warned: it did not find its data and took others.
 *
 * @param outputs of the code cells, in order
 * @returns its index among the code cells and the warning, if there is one
 */
export function missingData(
  notebook: Notebook,
  outputs: readonly Output[][],
): { cell: number; warning: string } | undefined {
  for (const [cell, { metadata }] of codeCells(notebook).entries()) {
    if (!metadata.tags?.includes("data")) continue;
    const warning = outputs[cell]?.find((o) => o.output_type === "stream" && o.name === "stderr");
    if (warning?.output_type === "stream") return { cell, warning: warning.text.trim() };
  }
  return undefined;
}

/** Everything but the number of the execution, a line a JSON value. */
function exactly(outputs: readonly Output[]): string[] {
  return outputs.flatMap((output) => {
    const { execution_count: _, ...rest } = { execution_count: 0, ...output };
    return JSON.stringify(rest, sortedNames, 1).split("\n");
  });
}

/** Texts and the data of figures, number by number and word by word. */
function inRoundTerms(outputs: readonly Output[]): string[] {
  return outputs.flatMap((output) => {
    if (output.output_type === "stream") return wordsOfText(output.text);
    if (output.output_type === "error") return exactly([output]);
    return Object.entries(output.data).flatMap(([type, value]) => {
      if (type === "text/plain") return wordsOfText(String(value));
      return type.endsWith("+json") ? wordsOfJson(JSON.stringify(value, withoutBase64)) : [];
    });
  });
}

/** Names in order; without the numbers that plotly gets as base64, which are a picture's points. */
function withoutBase64(name: string, value: unknown): unknown {
  return name === "bdata" ? "" : sortedNames(name, value);
}

/** In a text for readers a number may have commas, in JSON it has none. */
function wordsOfText(text: string): string[] {
  return text.match(/-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?|[^\s\d-]+|-/gi) ?? [];
}

function wordsOfJson(text: string): string[] {
  return text.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[^\d-]+|-/gi) ?? [];
}

function isClose(before: string, after: string): boolean {
  const [a, b] = [before, after].map((word) => Number(word.replaceAll(",", "")));
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

function firstDifference(
  before: readonly string[],
  after: readonly string[],
  isSimilar: (before: string, after: string) => boolean,
): string | undefined {
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [was, is] = [before[i] ?? "nothing", after[i] ?? "nothing"];
    if (was !== is && !isSimilar(was, is)) return `was ${shortened(was)}, is ${shortened(is)}`;
  }
  return undefined;
}

function shortened(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 160 ? `${trimmed.slice(0, 160)}…` : trimmed;
}

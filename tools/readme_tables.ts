/**
 * `deno task readme-tables`: writes the tables of README.md anew, from the runs recorded in `results/`.
 * Each stands between two marks.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeWholeSync } from "#lib/files/mod.ts";
import {
  generation,
  parsers,
  parsersNeural,
  perplexity,
  recordedComparison,
  type RecordedRun,
  recordedRun,
  type RowPlan,
  scorers,
  sentenceClassifiers,
  type Table,
  taggers,
} from "#lib/tables/mod.ts";
import { readOptions } from "./options.ts";

const README = fileURLToPath(new URL("../README.md", import.meta.url));

/** A table of README.md: recorded rows of some tables under the same heads. */
export interface ReadmeTable {
  /** Its name in the marks. */
  name: string;
  /** Where its rows come from. */
  tables: readonly Table[];
  /** What a row was measured on: each corpus has a table of its own. */
  corpusOf: (row: RowPlan) => string;
  /** What the first column holds. */
  first: string;
  /** The other columns: a head, and the cell of a row. */
  columns: Record<string, (run: RecordedRun, row: RowPlan) => string>;
  /** Ids of corpora whose recorded order is told after the tables. @default {none} */
  orders?: readonly string[];
}

type Metric = (name: string, digits?: number) => (run: Pick<RecordedRun, "metrics">) => string;

const metric: Metric = (name, digits = 2) => ({ metrics: { [name]: value } }) =>
  value?.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }) ?? "";

/** The tables, in README.md's order. */
export const readmeTables: readonly ReadmeTable[] = [
  {
    name: "parsers",
    tables: [parsers, parsersNeural],
    corpusOf: ({ data }) => data,
    first: "parser",
    columns: {
      "UAS": metric("uas"),
      "LAS": metric("lasNoSubtypes"),
      "dev UAS": metric("devUas"),
      "dev LAS": metric("devLasNoSubtypes"),
      "sentences/s": metric("sentencesPerSecond", 0),
      "training, s": ({ metrics: { trainCpuSeconds, trainSeconds } }) =>
        metric("seconds", 0)({ metrics: { seconds: trainCpuSeconds ?? trainSeconds } }),
      "seeds": metric("seeds", 0),
      "published": (_, { published: { uas, las } }) => uas && las ? `${uas} / ${las}` : "",
    },
    orders: ["ewt"],
  },
  {
    name: "language models",
    tables: [perplexity],
    corpusOf: ({ data }) => data.split(",")[0], // without how far contexts reach
    first: "language model",
    columns: {
      "perplexity": metric("perplexity"),
      "with KN-5": metric("perplexityWithKneserNey5"),
      "after rare words": metric("perplexityAfterRare"),
      "after unseen ones": metric("perplexityAfterUnseen"),
      "valid": metric("validPerplexity"),
      "parameters, M": ({ metrics: { parameters } }) =>
        parameters === undefined ? "" : (parameters / 1e6).toFixed(1),
      "training, CPU s": metric("trainCpuSeconds", 0),
      "words a CPU s": metric("tokensPerCpuSecond", 0),
      "published": (_, { published }) => `${published.perplexity ?? ""}`,
      "published, 1BW": (_, { published }) => `${published.oneBillionWord ?? ""}`,
    },
  },
  {
    name: "taggers",
    tables: [taggers],
    corpusOf: ({ data }) => data,
    first: "tagger",
    columns: {
      "accuracy, %": metric("accuracy"),
      "F₁, %": metric("f1"),
      "dev": ({ metrics: { devAccuracy, devF1 } }) =>
        metric("dev")({ metrics: { dev: devAccuracy ?? devF1 } }),
      "training, CPU s": metric("trainCpuSeconds", 0),
      "published": (_, { published: { f1 } }) => `${f1 ?? ""}`,
    },
  },
  {
    name: "sentence classifiers",
    tables: [sentenceClassifiers],
    corpusOf: ({ data }) => data,
    first: "classifier",
    columns: {
      "accuracy, %": metric("accuracy"),
      "dev": metric("devAccuracy"),
      "training, CPU s": metric("trainCpuSeconds", 0),
    },
  },
  {
    name: "generators",
    tables: [generation],
    corpusOf: ({ data }) => data.split(";")[0], // without how samples are drawn
    first: "model",
    columns: {
      "bits a character": metric("bitsPerCharacter"),
      "perplexity of words": metric("perplexity"),
      "word errors, %": metric("wordErrorRate"),
      "training, CPU s": metric("trainCpuSeconds", 0),
    },
  },
  {
    name: "scorers",
    tables: [scorers],
    corpusOf: ({ data }) => data,
    first: "model",
    columns: {
      "right, %": metric("accuracy"),
      "dev": metric("devAccuracy"),
      "word errors before, %": metric("errorRateTyped"),
      "after, %": metric("errorRate"),
      "whole speeches right, %": metric("speechAccuracy"),
    },
  },
];

/** The recorded rows in Markdown, a table for each corpus without the columns that are empty there. */
export async function markdown(
  { tables, first, columns, corpusOf, orders = [] }: ReadmeTable,
): Promise<string> {
  const found: { corpus: string; cells: string[] }[] = [];
  for (const { id, rows } of tables) {
    for (const row of rows) {
      const run = await recordedRun(id, row.id);
      if (!run) continue;
      const cells = [row.system, ...Object.values(columns).map((cell) => cell(run, row))];
      found.push({ corpus: corpusOf(row), cells });
    }
  }
  const heads = [first, ...Object.keys(columns)];
  const byCorpus = [...Map.groupBy(found, ({ corpus }) => corpus)].map(([corpus, rows]) => {
    const filled = heads.map((_, i) => rows.some(({ cells }) => cells[i] !== ""));
    const line = (cells: string[]) => `| ${cells.filter((_, i) => filled[i]).join(" | ")} |`;
    return [
      ...[`${corpus}:`, "", line(heads)],
      line(heads.map((_, i) => i === 0 ? "---" : "---:")),
      ...rows.map(({ cells }) => line(cells)),
    ].join("\n");
  });
  const told = (await Promise.all(orders.map(orderOf))).filter((order) => order !== undefined);
  return [...byCorpus, ...told].join("\n\n");
}

const METRICS = { uas: "UAS", las: "LAS", lasNoSubtypes: "LAS without subtypes" };

function systemOf(row: string): string {
  return [...parsers.rows, ...parsersNeural.rows].find(({ id }) => id === row)?.system ?? row;
}

/** The recorded order of a corpus's parsers, if there is one. */
async function orderOf(corpus: string): Promise<string | undefined> {
  const recorded = await recordedComparison(corpus);
  if (!recorded) return undefined;
  const parts = recorded.order.map(({ row, score, difference = 0, p }) => {
    const lead = p === undefined ? "" : ` (+${difference.toFixed(2)}, ${probability(p)})`;
    return `${systemOf(row)} ${score.toFixed(2)}${lead}`;
  });
  return `Order of ${parts.length} of them on ${corpus.toUpperCase()} by ${
    METRICS[recorded.metric]
  }, first seeds; in brackets the lead over the next of these, and the share of 10,000 resampled ` +
    `test sets without it, which knows nothing of what another seed would give: ${
      parts.join("; ")
    }.`;
}

/** A share of 10,000 draws. */
function probability(p: number): string {
  return p === 0 ? "p < 0.0001" : `p = ${p.toFixed(4)}`;
}

/** The marks a table stands between. */
export function marks({ name }: ReadmeTable): [begin: string, end: string] {
  return [
    `<!-- begin of the ${name}, by deno task readme-tables -->`,
    `<!-- end of the ${name} -->`,
  ];
}

async function rewritten(text: string, table: ReadmeTable): Promise<string> {
  const [begin, end] = marks(table);
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`Cannot write the tables: expected "${begin}" and "${end}" in README.md`);
  }
  return `${text.slice(0, from)}${begin}\n\n${await markdown(table)}\n\n${text.slice(to)}`;
}

function format(file: string): void {
  const { success, stderr } = new Deno.Command("deno", { args: ["fmt", "-q", file] }).outputSync();
  if (!success) throw new Error(`Cannot format ${file}: ${new TextDecoder().decode(stderr)}`);
}

if (import.meta.main) {
  readOptions("Writes the tables of README.md anew, from results/.\n\ndeno task readme-tables", {});
  let text = readFileSync(README, "utf8");
  for (const table of readmeTables) text = await rewritten(text, table);
  writeWholeSync(README, text);
  format(README);
}

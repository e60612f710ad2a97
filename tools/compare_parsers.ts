/**
 * `deno task compare-parsers`: puts rows of the parser tables in the order of their test scores, each
 * with the probability that it is no better than the next (paired bootstrap).
 *
 * @module
 */
import { compareParsers, parsers, parsersNeural, recordComparison } from "#lib/tables/mod.ts";
import { commit } from "./_commit.ts";
import { chosenRows, readOptions, refuse } from "./options.ts";

const known = [...parsers.rows, ...parsersNeural.rows].filter((row) => row.testScores);
const HELP =
  `Compares trained parsers on one test set. Those that are not trained yet are trained first.

deno task compare-parsers --row ID,ID[,ID] [--scale quick|full] [--metric uas|las|lasNoSubtypes]
  [--record]  keeps the order of full parsers in results/parser-orders/, with those kept before

  rows: ${known.map(({ id }) => id).join(", ")}`;

const { values } = readOptions(HELP, {
  options: {
    row: { type: "string" },
    scale: { type: "string", default: "full" },
    metric: { type: "string", default: "lasNoSubtypes" },
    record: { type: "boolean", default: false },
  },
});
const rows = chosenRows(known, values.row, HELP);
if (rows.length < 2 || new Set(rows).size < rows.length) {
  refuse(`Cannot compare parsers: expected two rows or more, got "${values.row}"`, HELP);
}
const metric = (["uas", "las", "lasNoSubtypes"] as const).find((name) => name === values.metric) ??
  refuse(`Cannot compare parsers: expected another --metric, got "${values.metric}"`, HELP);
const scale = (["quick", "full"] as const).find((name) => name === values.scale) ??
  refuse(`Cannot compare parsers: expected --scale quick or full, got "${values.scale}"`, HELP);
const report = (message: string) => console.error(message);
const data = { download: true, attempts: 2 };
const order = await compareParsers(rows, { scale, metric, data, report });
for (const at of order) {
  const { row, score, next, difference = 0, p = 0 } = at;
  const beside = next ? `, ${difference.toFixed(2)} above ${next}, p = ${p.toFixed(4)}` : "";
  console.log(`${row}: ${metric} ${score.toFixed(2)}${beside}`);
}
if (values.record && scale === "full") {
  const [corpus] = rows[0].id.split("-");
  const command = `deno task compare-parsers --row ${values.row} --metric ${metric} --record`;
  console.error(await recordComparison(corpus, { metric, order, command, commit: commit() }));
}

/**
 * `deno task compare-parsers`: puts rows of the parser tables in the order of their test scores, each
 * with the probability that it is no better than the next (paired bootstrap).
 *
 * @module
 */
import { compareParsers, parsers, parsersNeural, recordComparison } from "#lib/tables/mod.ts";
import { commit } from "./_commit.ts";
import { endWith } from "./_known_errors.ts";
import { chosenRows, readOptions, refuse } from "./options.ts";

const known = [...parsers.rows, ...parsersNeural.rows].filter((row) => row.testScores);
const HELP =
  `Compares trained parsers on one test set. Those that are not trained yet are trained first.

deno task compare-parsers --row ID,ID[,ID] [--scale quick|full] [--metric uas|las|lasNoSubtypes]
  --metric    lasNoSubtypes where it is left out; unlabelled trees have uas alone
  [--record]  keeps the order of full parsers in results/parser-orders/, with those kept before

  rows: ${known.map(({ id }) => id).join(", ")}`;

const { values } = readOptions(HELP, {
  options: {
    row: { type: "string" },
    scale: { type: "string", default: "full" },
    metric: { type: "string" },
    record: { type: "boolean", default: false },
  },
});
const rows = chosenRows(known, values.row, HELP);
if (rows.length < 2 || new Set(rows).size < rows.length) {
  refuse(`Cannot compare parsers: expected two rows or more, got "${values.row}"`, HELP);
}
const corpora = new Set(rows.map(({ id }) => id.split("-")[0]));
if (corpora.size > 1) {
  refuse(`Cannot compare parsers: expected rows of one corpus, got ${[...corpora]}`, HELP);
}
const isLabelled = !rows[0].data.includes("unlabelled");
const metrics = isLabelled ? ["lasNoSubtypes", "las", "uas"] as const : ["uas"] as const;
const metric = metrics.find((name) => name === (values.metric ?? metrics[0])) ??
  refuse(
    `Cannot compare parsers: expected --metric ${metrics.join(" or ")}, got "${values.metric}"`,
    HELP,
  );
const scale = (["quick", "full"] as const).find((name) => name === values.scale) ??
  refuse(`Cannot compare parsers: expected --scale quick or full, got "${values.scale}"`, HELP);
if (values.record && scale !== "full") {
  refuse(`Cannot record an order: expected --scale full, got ${scale}`, HELP);
}
const report = (message: string) => console.error(message);
const data = { download: true, attempts: 2 };
const order = await compareParsers(rows, { scale, metric, data, report }).catch(endWith);
for (const at of order) {
  const { row, score, next, difference = 0, p = 0 } = at;
  const beside = next ? `, ${difference.toFixed(2)} above ${next}, p = ${p.toFixed(4)}` : "";
  console.log(`${row}: ${metric} ${score.toFixed(2)}${beside}`);
}
if (values.record) {
  const [corpus] = corpora;
  const command = `deno task compare-parsers --row ${values.row} --metric ${metric} --record`;
  console.error(await recordComparison(corpus, { metric, order, command, commit: commit() }));
}

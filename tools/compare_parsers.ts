/**
 * `deno task compare-parsers`: puts rows of the parser tables in the order of their test scores, each
 * with the probability that it is no better than the next (paired bootstrap).
 *
 * @module
 */
import { parseArgs } from "node:util";
import { compareParsers, parsers, parsersNeural, recordComparison } from "#lib/tables/mod.ts";
import { commit } from "./_commit.ts";

const known = [...parsers.rows, ...parsersNeural.rows].filter((row) => row.testScores);
const HELP =
  `Compares trained parsers on one test set. Those that are not trained yet are trained first.

deno task compare-parsers --row ID,ID[,ID] [--scale quick|full] [--metric uas|las|lasNoSubtypes]
  [--record]  keeps the order of full parsers in results/parser-orders/, with those kept before

  rows: ${known.map(({ id }) => id).join(", ")}`;

const { values } = parseArgs({
  options: {
    row: { type: "string" },
    scale: { type: "string", default: "full" },
    metric: { type: "string", default: "lasNoSubtypes" },
    record: { type: "boolean", default: false },
  },
});
const { scale } = values, ids = values.row?.split(",") ?? [];
const metric = (["uas", "las", "lasNoSubtypes"] as const).find((name) => name === values.metric);
const rows = known.filter(({ id }) => ids.includes(id));
if (
  rows.length < 2 || rows.length < ids.length || !metric || scale !== "quick" && scale !== "full"
) {
  console.error(`Cannot compare "${ids}" by "${values.metric}" at scale "${scale}"\n\n${HELP}`);
  Deno.exit(2);
}
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
  const command = `deno task compare-parsers --row ${ids} --metric ${metric} --record`;
  console.error(await recordComparison(corpus, { metric, order, command, commit: commit() }));
}

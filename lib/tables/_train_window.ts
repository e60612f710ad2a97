/**
 * `deno task train-window`: trains the fixed-window models of table `perplexity` at full scale. What
 * was interrupted goes on where its last epoch ended; the test text is not read.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readPennTreebankText } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { windowRuns } from "./_window_models.ts";
import { trainWindowRun } from "./_window_training.ts";

const { values } = parseArgs({ args: Deno.args, options: { row: { type: "string" } } });
const chosen = windowRuns.filter(({ id }) => values.row?.split(",").includes(id) ?? true);
if (chosen.length === 0) {
  const known = windowRuns.map(({ id }) => id).join(", ");
  console.error(`Cannot train: expected --row with some of ${known}, got "${values.row}"`);
  Deno.exit(2);
}
const found = await engine();
console.error(found.description);
const text = await readPennTreebankText({ download: true });
for (const run of chosen) {
  const report = (message: string) => console.error(message);
  const file = await trainWindowRun(run, { engine: found, text, report });
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  console.log(`${file}: sha256 ${hash}`);
}

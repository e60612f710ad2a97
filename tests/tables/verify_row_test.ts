import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { Engine } from "#lib/engine/mod.ts";
import { recordedRun, type TrainedRow, verifyRow } from "#lib/tables/mod.ts";
import { mayRead } from "../_support/permission.ts";

const ID = "ptb-rnn", run = mayRead ? (await recordedRun("perplexity", ID))! : undefined;
const ignore = !mayRead, here = fileURLToPath(import.meta.url);
const noEngine = {} as Engine; // the row of these tests computes nothing

/** A row whose checkpoint gives these figures. */
function row(metrics: Record<string, number>, others: Partial<TrainedRow> = {}): TrainedRow {
  const checkpointSha256 = run!.checkpointSha256!;
  return {
    ...{ table: "perplexity", id: ID, seed: 1, spec: null, files: () => [here] },
    train: () => Promise.resolve(),
    score: () => Promise.resolve({ metrics, checkpointSha256, validationCurve: [] }),
    ...others,
  };
}

Deno.test({
  name: "a recorded row is as recorded, or it is said which figure is not",
  ignore,
  fn: async () => {
    const { figures, problems } = await verifyRow(noEngine, row(run!.metrics));
    assertEquals(problems, []);
    assertEquals(figures.some(({ name }) => name === "validPerplexity"), true);
    assertEquals(figures.every(({ found, recorded }) => found === recorded), true);
    const off = row({ ...run!.metrics, perplexity: run!.metrics.perplexity + 0.002 });
    assertStringIncludes((await verifyRow(noEngine, off)).problems.join(), "perplexity: expected");
  },
});

Deno.test({
  name: "another checkpoint, none, and a row that was never recorded are problems",
  ignore,
  fn: async () => {
    const other = { checkpointSha256: "0", metrics: run!.metrics, validationCurve: [] };
    const cases: [Partial<TrainedRow>, string][] = [
      [{ score: () => Promise.resolve(other) }, "another file than the one recorded"],
      [{ files: () => [`${here}.not`] }, "is not there (bring it with: deno task train-tables"],
      [{ id: "never-trained" }, "nothing is recorded (deno task train-tables --row never-trained)"],
    ];
    for (const [change, problem] of cases) {
      const { problems } = await verifyRow(noEngine, row(run!.metrics, change));
      assertStringIncludes(problems.join(), problem);
    }
  },
});

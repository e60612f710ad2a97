import { assert, assertEquals, assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import { type LanguageModelRun, loadTrainedRun, sha256, trainRun } from "#lib/tables/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { toySentences } from "../_support/toy_text.ts";
import { withCache } from "../_support/with_cache.ts";

const run: LanguageModelRun = {
  model: { width: 8, cell: "lstm", units: 8, dropout: { rate: 0.2 } },
  ...{ batchSize: 4, steps: 5, rate: 5, clipNorm: 1, epochs: 6, seed: 1 },
  schedule: { hold: 4, decay: 0.5 },
};
const sentences = toySentences.map((words) => [...words]);
const text = { train: sentences, valid: sentences.slice(0, 5) };

permittedTest("a run stopped within an epoch ends as a whole one does", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const found = await engine({ prefer: "wasm" });
    const options = { engine: found, text, reportEvery: 10 };
    const stopped = trainRun(run, {
      ...{ ...options, id: "stopped" },
      report: ({ step }) => {
        if (step === 50) throw new Error("stopped");
      },
    });
    await assertRejects(() => stopped, Error, "stopped");
    let steps = 0;
    const seen = { id: "stopped", ...options, report: () => steps++ };
    await trainRun(run, seen);
    const resumed = steps;
    await trainRun(run, { ...seen, id: "whole" });
    assert(resumed < steps - resumed, `${resumed} reports of ${steps}`);
    const models = await Promise.all(["stopped", "whole"].map(async (id) => {
      const { model, log } = await loadTrainedRun(found, { id, run });
      const ids = model.vocabulary.encodeSentences(text.valid);
      assertEquals(log.validations.length, run.epochs);
      const best = Math.exp(Math.min(...log.validations)), measured = perplexity(model, ids);
      assert(Math.abs(best - measured) < 1e-6, `${measured} is not the best epoch's ${best}`);
      model.dispose();
      return { validations: log.validations, perplexity: measured };
    }));
    assertEquals(models[0], models[1]);
  }));

permittedTest("a checkpoint of another run is refused", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const found = await engine({ prefer: "wasm" });
    const file = await trainRun({ ...run, epochs: 1 }, { id: "one", engine: found, text });
    assertEquals((await sha256(file)).length, 64);
    const other = { ...run, rate: 6 };
    await assertRejects(
      () => loadTrainedRun(found, { id: "one", run: other }),
      SyntaxError,
      "expected the run",
    );
  }));

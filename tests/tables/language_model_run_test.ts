import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import type { InputSpec } from "#lib/rnn/mod.ts";
import {
  checkpointFile,
  loadTrainedRun,
  perplexity as perplexityTable,
  sha256,
  trainRun,
} from "#lib/tables/mod.ts";
import { hasMirror } from "../_support/permission.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";
import { toyRun as run, toyText as text } from "./_toy_run.ts";

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

permittedTest("a model that reads characters is kept; loaded, it reads words never seen", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const found = await engine({ prefer: "wasm" }), id = "spelled";
    const input: InputSpec = { kind: "characters", characters: 3, filters: [2, 3] };
    const characters = { ...run, model: { ...run.model, input }, epochs: 2 };
    await trainRun(characters, { id, engine: found, text: { ...text, leastCount: 3 } });
    const unseen = ["cats", "dogmat", "ode"], spelled = [...text.train, unseen];
    const { model, log } = await loadTrainedRun(found, { id, run: characters, spelled });
    const { vocabulary } = model, ids = vocabulary.encodeSentences(text.valid);
    assert(vocabulary.size < new Set(text.train.flat()).size, `${vocabulary.size}`);
    assert(Math.abs(Math.exp(Math.min(...log.validations)) - perplexity(model, ids)) < 1e-6);
    const pairs = unseen.map((word) => Int32Array.of(vocabulary.id(word), vocabulary.end));
    assertEquals(new Set(pairs.map((pair) => model.score(pair)[1])).size, unseen.length);
    model.dispose();
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

permittedTest("more epochs go on from a run that was stopped, and are not a run that ended", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const options = { engine: await engine({ prefer: "wasm" }), text };
    const stopped = trainRun({ ...run, epochs: 2 }, {
      ...{ ...options, id: "longer" },
      report: ({ epoch, validation }) => {
        if (epoch === 2 && validation) throw new Error("stopped");
      },
    });
    await assertRejects(() => stopped, Error, "stopped");
    const epochs: number[] = [], longer = { ...run, epochs: 3 };
    const report = ({ epoch }: { epoch: number }) => epochs.push(epoch);
    await trainRun(longer, { ...options, id: "longer", reportEvery: Infinity, report });
    assertEquals(epochs, [2, 3]);
    await assertRejects(
      () => loadTrainedRun(options.engine, { id: "longer", run: { ...run, epochs: 4 } }),
      SyntaxError,
      "expected the run",
    );
  }));

permittedTest("a run killed (SIGKILL) after some epochs goes on and ends as a whole one does", [
  ...["read", "write", "env", "run"] as const,
], () =>
  withCache(async () => {
    const start = () =>
      new Deno.Command("deno", {
        args: ["run", "--quiet", "-P=default", import.meta.resolve("./_toy_run.ts")],
        ...{ stdout: "piped", stderr: "inherit" },
      }).spawn();
    const validationsOf = async (child: Deno.ChildProcess): Promise<number[]> =>
      JSON.parse(new TextDecoder().decode((await child.output()).stdout));

    const killed = start();
    while (!existsSync(`${checkpointFile("toy")}.training`)) await delay(1);
    killed.kill("SIGKILL");
    assertEquals((await killed.output()).signal, "SIGKILL");
    assert(!existsSync(checkpointFile("toy")), "the run ended before it was killed");
    const resumed = await validationsOf(start());
    await Deno.remove(checkpointFile("toy"));
    assert(!existsSync(`${checkpointFile("toy")}.training`));
    assertEquals(resumed, await validationsOf(start()));
    assertEquals(resumed.length, run.epochs);
  }));

Deno.test({
  name:
    "a row whose output layer asks how often words occur is measured quickly (needs the corpora)",
  ignore: !hasMirror,
  fn: async () => {
    const row = perplexityTable.rows.find(({ id }) => id === "ptb-lstm-small-adaptive")!;
    const found = await row.measure({ scale: "quick", data: {}, report: () => {} });
    assert(found.perplexity > 300 && found.perplexity < 1500, `${found.perplexity}`);
  },
});

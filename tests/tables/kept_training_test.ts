import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { keepTraining, keptLog, type KeptTraining } from "#lib/tables/_kept_training.ts";
import { checkpointFile } from "#lib/tables/mod.ts";
import {
  loadRecurrentTagger,
  saveRecurrentTagger,
  taggerTraining,
  type TaggerTrainingReport,
} from "#lib/rnn/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";

const sentences = ["a", "b", "c", "d"].map((word) => ({ words: [word, "x"], tags: [word, "x"] }));

/** A training of three passes that may be stopped in its second one. */
function training(id: string, { stop = false, seed = 1 } = {}): KeptTraining<TaggerTrainingReport> {
  const sizes = { wordWidth: 4, affixWidth: 4, units: 4 };
  return {
    ...{ id, run: { sizes, seed } },
    async *reports(resume) {
      const options = { sizes, seed, resume, dev: sentences, epochs: 3, batchWords: 4 };
      for await (const at of taggerTraining(sentences, { ...options, reportEvery: 1 })) {
        if (stop && at.epoch === 1 && at.validation === undefined) throw new Error("stopped");
        yield at;
      }
    },
    save: ({ tagger }, path, options) => saveRecurrentTagger(tagger, path, options),
    dispose: ({ tagger }) => tagger.dispose(),
    score: (validation) => 100 - 100 * validation,
  };
}

async function weights(id: string): Promise<number[][]> {
  const tagger = await loadRecurrentTagger(checkpointFile(id));
  const found = Object.values(tagger.parts.network.parameters).map((v) => [...v.dataSync()]);
  tagger.dispose();
  return found;
}

permittedTest(
  "a training that was stopped goes on from its last pass, to the same model",
  ["read", "write", "env"],
  () =>
    withCache(async () => {
      await keepTraining(training("straight"));
      await assertRejects(
        () => keepTraining(training("stopped", { stop: true })),
        Error,
        "stopped",
      );
      await keepTraining(training("stopped"));
      assertEquals(await weights("stopped"), await weights("straight"));
      const { validations, cpuSeconds } = await keptLog("stopped", training("stopped").run);
      assertEquals(validations.length, 3);
      assert(validations.every((score) => score >= 0 && score <= 100) && cpuSeconds > 0);
      await keepTraining(training("stopped", { stop: true })); // is there: not trained again
      await assertRejects(
        () => keptLog("stopped", training("stopped", { seed: 2 }).run),
        SyntaxError,
        "expected the run",
      );
    }),
);

permittedTest(
  "a training killed after its last pass, before its model was kept, is finished",
  ["read", "write", "env"],
  () =>
    withCache(async () => {
      await keepTraining(training("straight"));
      const whole = training("killed");
      const save: typeof whole.save = async (at, path, options) => {
        if (!options.training) throw new Error("killed");
        await whole.save(at, path, options);
      };
      await assertRejects(() => keepTraining({ ...whole, save }), Error, "killed");
      const reports: TaggerTrainingReport[] = [];
      await keepTraining({ ...whole, report: (at) => reports.push(at) });
      assertEquals(reports, []);
      assertEquals(await weights("killed"), await weights("straight"));
      assertEquals((await keptLog("killed", whole.run)).validations.length, 3);
      assert(!existsSync(`${checkpointFile("killed")}.training`));
    }),
);

permittedTest(
  "a log leaves out the time of validation and of saving, where they are told apart",
  ["read", "write", "env"],
  () =>
    withCache(async () => {
      const { reports, save, ...others } = training("timed");
      const slow = () => delay(300);
      await keepTraining({
        ...others,
        async *reports(resume, onValidation) {
          for await (const at of reports(resume, onValidation)) {
            if (at.validation !== undefined) {
              onValidation();
              await slow();
            }
            yield at;
          }
        },
        save: async (at, path, options) => {
          await slow();
          await save(at, path, options);
        },
      });
      const { seconds } = await keptLog("timed", others.run);
      assert(seconds < 0.9, `${seconds} s with six delays of 0.3 s`);
    }),
);

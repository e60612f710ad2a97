import { engine } from "#lib/engine/mod.ts";
import { type LanguageModelRun, loadTrainedRun, trainRun } from "#lib/tables/mod.ts";
import { toySentences } from "../_support/toy_text.ts";

/** A row's training in small: a few passes over the toy text. */
export const toyRun: LanguageModelRun = {
  model: { width: 8, cell: "lstm", units: 8, dropout: { rate: 0.2 } },
  ...{ batchSize: 4, steps: 5, rate: 5, clipNorm: 1, epochs: 6, seed: 1 },
  schedule: { hold: 4, decay: 0.5 },
};

const sentences = toySentences.map((words) => [...words]);

/** What it learns from and is chosen on. */
export const toyText = { train: sentences, valid: sentences.slice(0, 5) };

// Started as a program, it trains in the cache folder `LECTURE_DATA` and tells how it went.
if (import.meta.main) {
  const found = await engine({ prefer: "wasm" });
  await trainRun(toyRun, { id: "toy", engine: found, text: toyText });
  const { log, model } = await loadTrainedRun(found, { id: "toy", run: toyRun });
  model.dispose();
  console.log(JSON.stringify(log.validations));
}

import type { InputSpec } from "#lib/rnn/mod.ts";
import type { LanguageModelRun } from "./language_model_run.ts";
import { BROWN } from "./language_model_text.ts";
import type { RecurrentRow } from "./recurrent_row.ts";

/** One network and schedule, whatever it reads; characters learn better at half the rate. */
function run(input: InputSpec, rate: number): LanguageModelRun {
  return {
    model: {
      ...{ width: 200, input, cell: "lstm", units: 200, layers: 2, dropout: { rate: 0.15 } },
      output: { kind: "adaptive", cutoffs: [2000], tailDropout: 0.3 },
    },
    ...{ batchSize: 20, steps: 20, optimizer: "adam", rate, clipNorm: 1, seed: 1 },
    ...{ epochs: 5, schedule: { hold: 2, decay: 0.4 } },
  };
}

/** What spelling tells of rare and unseen words, which an embedding takes for one word, `<unk>`. */
export const brownRows: readonly RecurrentRow[] = [
  {
    ...{ id: "brown-lstm-words", system: "LSTM, 2 x 200, adaptive softmax, word inputs" },
    ...{ published: {}, text: BROWN, run: run({ kind: "words" }, 0.002) },
  },
  {
    id: "brown-lstm-characters",
    system: "LSTM, 2 x 200, adaptive softmax, character-CNN inputs",
    ...{ published: {}, text: BROWN, run: run({ kind: "characters", highways: 2 }, 0.001) },
  },
];

import type { LanguageModelSpec, OutputSpec } from "#lib/rnn/mod.ts";
import type { LanguageModelRun } from "./language_model_run.ts";
import { POOLED } from "./language_model_text.ts";
import type { RecurrentRow } from "./recurrent_row.ts";

/**
 * Two passes over 4.9 million words. Biases start with the log unigram: from zeros Adam goes astray for
 * hundreds of updates where outputs are sampled, and diverges with BlackOut.
 */
function run(model: LanguageModelSpec): LanguageModelRun {
  return {
    model,
    ...{ batchSize: 80, steps: 20, optimizer: "adam", rate: 0.002, clipNorm: 1, seed: 1 },
    ...{ sparse: ["E"], epochs: 2, schedule: { hold: 1, decay: 0.3 } },
  };
}

const LSTM: LanguageModelSpec = { width: 200, cell: "lstm", units: 200, layers: 2 };

const ADAPTIVE: OutputSpec = { kind: "adaptive", cutoffs: [2000, 10_000], unigramBias: true };

/** Only words of a batch and its samples are updated. */
const SAMPLED = ["E", "U", "b2"];

const ROWS: readonly Omit<RecurrentRow, "text">[] = [
  {
    id: "pooled-rnn-maxent-4",
    system: "Vanilla RNN, 200 tanh units + MaxEnt 4-gram",
    published: { oneBillionWord: 51.3 },
    run: run({
      ...{ width: 200, cell: "tanh", units: 200 },
      output: { kind: "classes", classes: 200, ngrams: { order: 4, size: 2 ** 26, rate: 0.2 } },
    }),
  },
  {
    id: "pooled-lstm-blackout",
    system: "LSTM, 2 x 200, BlackOut",
    published: { oneBillionWord: 68.3 },
    run: {
      ...run({
        ...LSTM,
        output: { kind: "blackout", samples: 1000, alpha: 0.4, unigramBias: true },
      }),
      sparse: SAMPLED,
    },
  },
  {
    id: "pooled-lstm-sampled",
    system: "LSTM, 2 x 200, importance-sampled softmax",
    published: {},
    run: {
      ...run({ ...LSTM, output: { kind: "sampled", samples: 2000, unigramBias: true } }),
      sparse: SAMPLED,
    },
  },
  {
    id: "pooled-lstm-adaptive",
    system: "LSTM, 2 x 200, adaptive softmax (small)",
    published: { oneBillionWord: 43.9 },
    run: run({ ...LSTM, output: ADAPTIVE }),
  },
  {
    id: "pooled-lstm-projection-adaptive",
    system: "2-layer LSTM with projection, 400 units to 200, adaptive softmax (large)",
    published: { oneBillionWord: 39.8 },
    run: run({ ...LSTM, units: 400, projection: 200, output: ADAPTIVE }),
  },
  {
    id: "pooled-lstm",
    system: "LSTM, 2 x 200",
    published: { oneBillionWord: 43.7 },
    run: run({ ...LSTM, output: { kind: "full", unigramBias: true } }),
  },
];

/** Systems whose output layers are made for large vocabularies, and the full softmax. */
export const pooledRows: readonly RecurrentRow[] = ROWS.map((row) => ({ ...row, text: POOLED }));

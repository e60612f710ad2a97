import type { NgramWeights, OutputSpec } from "#lib/rnn/mod.ts";
import type { LanguageModelRun } from "./language_model_run.ts";
import { PENN_TREEBANK } from "./language_model_text.ts";
import { brownRows } from "./_brown_rows.ts";
import { pooledRows } from "./_pooled_rows.ts";
import type { RecurrentRow } from "./recurrent_row.ts";

/**
 * Zaremba, Sutskever and Vinyals (2014), "small": two layers of 200 units, no dropout, B = T = 20,
 * U(±0.1), η = 1 for 4 epochs and then halved at each of 13, gradients clipped to 5; η and the norm
 * are for the sum over T steps there and for the mean here.
 */
const ZAREMBA_SMALL: LanguageModelRun = {
  model: { width: 200, cell: "lstm", units: 200, layers: 2, range: 0.1 },
  ...{ batchSize: 20, steps: 20, rate: 20, clipNorm: 5 / 20 },
  ...{ epochs: 13, schedule: { hold: 4, decay: 0.5 }, seed: 1 },
};

/** The same network, and the same schedule for as long as it brings something, with another output. */
function smallWith(output: OutputSpec): LanguageModelRun {
  return { ...ZAREMBA_SMALL, model: { ...ZAREMBA_SMALL.model, output } };
}

/** Zaremba et al. (2014), "medium": 650 units, dropout, 39 epochs of T = 35. */
const ZAREMBA_MEDIUM: LanguageModelRun = {
  model: {
    ...{ width: 650, cell: "lstm", units: 650, layers: 2, range: 0.05 },
    dropout: { rate: 0.5 },
  },
  ...{ batchSize: 20, steps: 35, rate: 35, clipNorm: 5 / 35 },
  ...{ epochs: 39, schedule: { hold: 6, decay: 0.8 }, seed: 1 },
};

/** A recipe for few epochs: Adam, its rate falling at each epoch once it was held for some, as rows say. */
const ADAM: Omit<LanguageModelRun, "model" | "epochs" | "schedule"> = {
  ...{ batchSize: 20, steps: 20, optimizer: "adam", rate: 0.002, clipNorm: 1, seed: 1 },
};

/**
 * Words that have states of the full width. The cost model's cheapest cut-offs (`deno task
 * bench-cutoffs`: 100, 700, 3400) take a third less time, but the narrow tails know too little: the row
 * that has them is 18 % above on validation.
 */
const CUTOFFS = [2000];

/** As cheap as sampling, which Jozefowicz et al. (2016) train their large networks by, and exact. */
const ADAPTIVE: OutputSpec = { kind: "adaptive", cutoffs: CUTOFFS, tailDropout: 0.3 };

/** The vanilla RNN with a class-factored output, with n-grams or without. */
function vanillaWithClasses(ngrams?: NgramWeights): LanguageModelRun {
  return {
    ...ADAM,
    model: {
      ...{ width: 200, cell: "tanh", units: 200, dropout: { rate: 0.15 } },
      output: { kind: "classes", classes: 100, ...(ngrams && { ngrams }) },
    },
    ...{ epochs: 6, schedule: { hold: 2, decay: 0.4 } },
  };
}

/** Hashed weights: at least 8 for each of the 2.7 million n-grams of orders up to 5. */
const HASHED = 2 ** 25;

/** Orders of n-grams beside the vanilla RNN, and without it. */
const MAXENT_ORDERS = [4, 9];

/** η of the n-grams, which falls with the other; 0.03 learns too little in six passes. */
const MAXENT_RATE = 0.2;

/** An LSTM that hands 200 values to an adaptive softmax, with a projection or without. */
function sixPasses(sizes: { units: number; projection?: number }): LanguageModelRun {
  return {
    ...ADAM,
    model: {
      ...{ width: 200, cell: "lstm", ...sizes, layers: 2 },
      ...{ dropout: { rate: 0.15 }, output: ADAPTIVE },
    },
    ...{ epochs: 6, schedule: { hold: 3, decay: 0.4 } },
  };
}

/** The recurrent rows of the Penn Treebank text, in the lecture's order. */
const treebankRows: readonly Omit<RecurrentRow, "text">[] = [
  {
    id: "ptb-rnn",
    system: "Vanilla RNN, 200 tanh units",
    published: { perplexity: 124.7 },
    run: {
      ...ADAM,
      model: { width: 200, cell: "tanh", units: 200, dropout: { rate: 0.15 } },
      ...{ epochs: 6, schedule: { hold: 3, decay: 0.4 } },
    },
  },
  {
    id: "ptb-rnn-classes",
    system: "Vanilla RNN, 200 tanh units, class-factored softmax",
    published: {},
    run: vanillaWithClasses(),
  },
  ...MAXENT_ORDERS.map((order) => ({
    id: `ptb-rnn-maxent-${order}`,
    system: `Vanilla RNN, 200 tanh units + MaxEnt ${order}-gram`,
    published: { oneBillionWord: 51.3 },
    run: vanillaWithClasses({ order, size: HASHED, rate: MAXENT_RATE }),
  })),
  ...MAXENT_ORDERS.map((order) => ({
    id: `ptb-maxent-${order}`,
    system: `MaxEnt ${order}-gram alone`,
    published: {},
    run: {
      ...vanillaWithClasses(),
      model: {
        ...{ width: 1, cell: "tanh", units: 1 } as const,
        output: {
          ...{ kind: "classes", classes: 100 } as const,
          ngrams: { order, size: HASHED, rate: MAXENT_RATE },
        },
      },
    },
  })),
  {
    id: "ptb-lstm-small",
    system: "LSTM, 2 x 200 (Zaremba's small)",
    published: { validPerplexity: 121.39, perplexity: 115.91, oneBillionWord: 43.7 },
    run: ZAREMBA_SMALL,
  },
  {
    id: "ptb-lstm-small-adaptive",
    system: "LSTM, 2 x 200, adaptive softmax (small)",
    published: { oneBillionWord: 43.9 },
    run: smallWith({ kind: "adaptive", cutoffs: CUTOFFS, tailDropout: 0.5 }),
  },
  {
    id: "ptb-lstm-small-adaptive-cheapest",
    system: "LSTM, 2 x 200, adaptive softmax, cheapest cut-offs (bench-cutoffs)",
    published: {},
    run: smallWith({ kind: "adaptive", cutoffs: [100, 700, 3400], tailDropout: 0.5 }),
  },
  {
    id: "ptb-lstm-small-blackout",
    system: "LSTM, 2 x 200, BlackOut",
    published: { oneBillionWord: 68.3 },
    run: smallWith({ kind: "blackout", samples: 500, alpha: 0.4 }),
  },
  {
    id: "ptb-lstm-small-sampled",
    system: "LSTM, 2 x 200, importance-sampled softmax",
    published: {},
    run: smallWith({ kind: "sampled", samples: 1000 }),
  },
  {
    id: "ptb-lstm-small-nce",
    system: "LSTM, 2 x 200, noise-contrastive estimation",
    published: {},
    run: smallWith({ kind: "nce", samples: 500, alpha: 0.4 }),
  },
  {
    id: "ptb-lstm-small-classes",
    system: "LSTM, 2 x 200, class-factored softmax",
    published: {},
    run: smallWith({ kind: "classes", classes: 100 }),
  },
  {
    id: "ptb-lstm-dropout",
    system: "LSTM, 2 x 400, dropout, tied embeddings",
    published: {},
    run: {
      ...ADAM,
      model: {
        ...{ width: 400, cell: "lstm", units: 400, layers: 2 },
        ...{ dropout: { rate: 0.4 }, output: { kind: "full", tied: true } },
      },
      ...{ steps: 35, epochs: 16, schedule: { hold: 7, decay: 0.7 } },
    },
  },
  {
    id: "ptb-lstm-dropout-sampled",
    system: "LSTM, 2 x 400, dropout, tied embeddings, importance-sampled softmax",
    published: {},
    run: {
      ...ZAREMBA_MEDIUM, // but for sizes, output and schedule: a pass takes a fourth of the operations
      model: {
        ...{ width: 400, cell: "lstm", units: 400, layers: 2, range: 0.05 },
        dropout: { rate: 0.4 },
        output: { kind: "sampled", samples: 2000, tied: true, unigramBias: true },
      },
      ...{ epochs: 28, schedule: { hold: 10, decay: 0.78 } },
    },
  },
  {
    id: "ptb-lstm-projection",
    system: "2-layer LSTM with projection, 400 units to 200, adaptive softmax",
    published: { oneBillionWord: 30.6 },
    run: sixPasses({ units: 400, projection: 200 }),
  },
  {
    id: "ptb-lstm-unprojected",
    system: "2-layer LSTM without projection, 200 units, adaptive softmax, trained as that with it",
    published: {},
    run: sixPasses({ units: 200 }),
  },
  {
    id: "ptb-lstm-characters",
    system:
      "2-layer LSTM with projection, 400 units to 200, adaptive softmax, character-CNN inputs",
    published: { oneBillionWord: 30 },
    run: {
      ...ADAM,
      model: {
        ...{ width: 200, input: { kind: "characters", highways: 2 } },
        ...{ cell: "lstm", units: 400, projection: 200, layers: 2, dropout: { rate: 0.15 } },
        output: ADAPTIVE,
      },
      ...{ rate: 0.001, epochs: 6, schedule: { hold: 3, decay: 0.4 } },
    },
  },
  {
    id: "ptb-lstm-large-adaptive",
    system: "LSTM, 2 x 400, dropout, adaptive softmax (large)",
    published: { oneBillionWord: 39.8 },
    run: {
      ...ADAM,
      model: {
        ...{ width: 400, cell: "lstm", units: 400, layers: 2, dropout: { rate: 0.35 } },
        output: ADAPTIVE,
      },
      ...{ epochs: 8, schedule: { hold: 4, decay: 0.5 } },
    },
  },
  {
    id: "ptb-lstm-medium",
    system: "LSTM, 2 x 650, dropout (Zaremba's medium)",
    published: { validPerplexity: 86.16, perplexity: 82.07 },
    run: ZAREMBA_MEDIUM,
  },
];

/** All recurrent rows: of the Penn Treebank text in the lecture's order, then of the pooled text. */
export const recurrentRows: readonly RecurrentRow[] = [
  ...treebankRows.map((row) => ({ ...row, text: PENN_TREEBANK })),
  ...pooledRows,
  ...brownRows,
];

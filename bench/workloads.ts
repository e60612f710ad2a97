/**
 * The networks whose training steps are timed against PyTorch (bench/torch_step.py has the same):
 * the lecture's language models, the language model of lib/rnn, the parser of Chen and Manning
 * (2014), and a small classifier.
 *
 * @module
 */
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { WindowNetwork } from "#lib/feedforward/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { AdaptiveSoftmax, buildLanguageModel, FullSoftmax } from "#lib/rnn/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";

/** Inputs and targets; plain numbers cross over to Workers, tensors do not. */
export interface Batch {
  x: Tensor | Int32Array;
  y: Tensor | Int32Array;
}

/** A model with the batch it is timed on. */
export interface Workload {
  /** What is trained. */
  model: nn.Trainable<unknown> & nn.HasParameters;
  /** The batch, the same at each step. */
  batch: unknown;
  /** How it is trained. */
  options: Pick<nn.TrainOptions<unknown>, "optimizer" | "clipNorm">;
  /** Predictions a step. */
  tokens: number;
}

function randomIds(size: number, limit: number): Int32Array {
  const random = seeded(5);
  return Int32Array.from({ length: size }, () => Math.floor(random() * limit));
}

function ids({ tf }: Engine, values: Tensor | Int32Array, shape: number[]): Tensor {
  return values instanceof Int32Array ? tf.tensor(values, shape, "int32") : values;
}

/** Equal shares of the columns of an [N, columns] matrix. */
function columnShares(values: Int32Array, columns: number, shares: number): Int32Array[] {
  const width = columns / shares;
  return Array.from(
    { length: shares },
    (_, share) => values.filter((_, i) => Math.floor((i % columns) / width) === share),
  );
}

/** Ids as frequent as their ranks k have it by Zipf's law, nearly: P(k) = log((k + 2) / (k + 1)). */
function zipfIds(size: number, limit: number): Int32Array {
  const random = seeded(5);
  return Int32Array.from({ length: size }, () => Math.floor((limit + 1) ** random()) - 1);
}

/** What tells one language model from another. */
interface LanguageModelSizes {
  units: number;
  layers: number;
  cell: "lstm" | "rnn";
  /** V. @default {10_000} */
  words?: number;
  /** Where an adaptive softmax cuts the vocabulary. @default {a full softmax} */
  cutoffs?: number[];
}

/** A recurrent language model: T = 35 steps of B = 20 sentences, SGD, clip 5. */
function languageModel(engine: Engine, sizes: LanguageModelSizes): Workload {
  const { units: H, layers, cell, words: V = 10_000, cutoffs } = sizes;
  const { tf, operations } = engine;
  const [B, T, random] = [20, 35, seeded(1)];
  const gates = cell === "lstm" ? 4 : 1;
  const make = (shape: number[]) =>
    nn.parameter(engine, { shape, initializer: nn.uniform(0.1), random });
  const stack = Array.from({ length: layers }, () => ({
    inputWeights: make([H, gates * H]),
    recurrentWeights: make([H, gates * H]),
    bias: make([gates * H]),
  }));
  const E = make([V, H]), zipf = Array.from({ length: V }, (_, rank) => 1 / (1 + rank));
  const output = cutoffs
    ? new AdaptiveSoftmax(engine, { units: H, words: V, counts: zipf, cutoffs, random })
    : new FullSoftmax(engine, { units: H, words: V, random });
  const parameters: nn.NamedVariables = {
    ...{ E, ...output.parameters },
    ...Object.fromEntries(
      stack.flatMap((layer, i) => Object.entries(layer).map(([name, v]) => [`${name}${i}`, v])),
    ),
  };
  const model = {
    engine,
    parameters,
    loss({ x, y }: Batch): Scalar {
      const columns = (x as Int32Array).length / T;
      const zero = tf.zeros([columns, H]);
      let h = operations.embed(E, ids(engine, x, [T, columns]));
      for (const layer of stack) {
        h = cell === "lstm"
          ? operations.lstm(h, { state: zero, cell: zero, ...layer }).states
          : operations.rnn(h, { state: zero, ...layer });
      }
      const states = tf.reshape(h, [T * columns, H]);
      const targets = ids(engine, y, [T * columns]);
      return output.loss(states, targets, { training: true, random });
    },
    tokens: ({ y }: Batch) => (y as Int32Array).length,
    split({ x, y }: Batch, shares: number): Batch[] {
      const targets = columnShares(y as Int32Array, B, shares);
      return columnShares(x as Int32Array, B, shares).map((x, i) => ({ x, y: targets[i] }));
    },
    dispose: () => nn.disposeParameters(parameters),
  };
  const draw = cutoffs ? zipfIds : randomIds;
  const batch = { x: draw(T * B, V), y: draw(T * B, V) };
  const options = { optimizer: nn.sgd({ rate: 1 }), clipNorm: 5 };
  return { model, batch, options, tokens: T * B };
}

/** The same with the parts and the batches of lib/rnn, the state carried from step to step. */
function wholeLanguageModel(engine: Engine): Workload {
  const [V, B, T, H, marks] = [10_000, 20, 35, 200, 3];
  const vocabulary = new Vocabulary(Array.from({ length: V - marks }, (_, i) => `word${i}`));
  const spec = { width: H, cell: "lstm", units: H, layers: 2 } as const;
  const model = buildLanguageModel(engine, spec, { vocabulary, random: seeded(1) });
  const text = randomIds(T * B + B, V).map((id) => id === vocabulary.start ? 0 : id);
  const [batch] = model.batches(text, { batchSize: B, steps: T })(seeded(1)) as Iterable<unknown>;
  return { model, batch, options: { optimizer: nn.sgd({ rate: 1 }), clipNorm: 5 }, tokens: T * B };
}

/** Chen and Manning's parser: 1,024 states of 48 embeddings of 50, 200 cubed units, 80 classes. */
function parser(engine: Engine): Workload {
  const { tf, operations } = engine;
  const random = seeded(1), [N, features, width] = [1024, 48, 50];
  const E = new nn.Embedding(engine, { words: 20_000, width, random });
  const hidden = new nn.Linear(engine, {
    ...{ inputs: features * width, outputs: 200, activation: "cube", random },
  });
  const output = new nn.Linear(engine, { inputs: 200, outputs: 80, random });
  const { W, b } = output.parameters;
  const parameters = { ...E.parameters, W1: hidden.parameters.W, b1: hidden.parameters.b, W, b };
  const model = {
    engine,
    parameters,
    loss({ x, y }: Batch): Scalar {
      const count = (y as Int32Array).length;
      const found = E.lookup(ids(engine, x, [count, features]));
      const h = hidden.apply(tf.reshape(found, [count, features * width]));
      const targets = ids(engine, y, [count]);
      return operations.linearCrossEntropy(h, { weights: W, bias: b, targets });
    },
    tokens: ({ y }: Batch) => (y as Int32Array).length,
    split({ x, y }: Batch, shares: number): Batch[] {
      const size = N / shares;
      return Array.from({ length: shares }, (_, i) => ({
        x: (x as Int32Array).slice(i * size * features, (i + 1) * size * features),
        y: (y as Int32Array).slice(i * size, (i + 1) * size),
      }));
    },
    dispose: () => nn.disposeParameters(parameters),
  };
  const batch = { x: randomIds(N * features, 20_000), y: randomIds(N, 80) };
  return { model, batch, options: { optimizer: nn.adagrad({ rate: 0.01 }) }, tokens: N };
}

/** The fixed-window language model of table perplexity: 5 words of 100, 300 tanh units, rank 100. */
function windowModel(engine: Engine): Workload {
  const [V, N, window] = [10_000, 150, 5];
  const network = new WindowNetwork(engine, {
    ...{ words: V, classes: V, window, width: 100, hidden: 300, rank: 100, activation: "tanh" },
    random: seeded(1),
  });
  const model = {
    engine,
    parameters: network.parameters,
    loss: ({ x, y }: Batch, context: nn.LossContext): Scalar =>
      network.loss({ windows: x as Int32Array, targets: y as Int32Array }, context),
    tokens: ({ y }: Batch) => (y as Int32Array).length,
    dispose: () => network.dispose(),
  };
  const batch = { x: randomIds(N * window, V), y: randomIds(N, V) };
  return {
    model,
    batch,
    options: { optimizer: nn.adagrad({ rate: 0.05 }), clipNorm: 5 },
    tokens: N,
  };
}

/** 2 → 64 → 64 → 3 with tanh, batches of 64: all overhead. */
function classifier(engine: Engine, optimizer: nn.Optimizer): Workload {
  const { tf, operations } = engine;
  const random = seeded(1);
  const first = new nn.Linear(engine, { inputs: 2, outputs: 64, activation: "tanh", random });
  const second = new nn.Linear(engine, { inputs: 64, outputs: 64, activation: "tanh", random });
  const third = new nn.Linear(engine, { inputs: 64, outputs: 3, random });
  const layers = [first, second, third];
  const parameters = Object.fromEntries(
    layers.flatMap(({ parameters: { W, b } }, i) => [[`W${i}`, W], [`b${i}`, b]]),
  );
  const { W, b } = third.parameters;
  const model = {
    engine,
    parameters,
    loss({ x, y }: Batch): Scalar {
      const h = second.apply(first.apply(x as Tensor));
      const options = { weights: W, bias: b, targets: y as Tensor };
      return operations.linearCrossEntropy(h, options);
    },
    dispose: () => nn.disposeParameters(parameters),
  };
  const inputs = Float32Array.from({ length: 128 }, () => 2 * random() - 1);
  const batch = { x: tf.tensor(inputs, [64, 2]), y: ids(engine, randomIds(64, 3), [64]) };
  return { model, batch, options: { optimizer }, tokens: 64 };
}

const SMALL = { units: 200, layers: 2, cell: "lstm" } as const;

/** The workloads under the names the commands take. */
export const WORKLOADS: Readonly<Record<string, (engine: Engine) => Workload>> = {
  "lstm-200": (e) => languageModel(e, SMALL),
  "lstm-650": (e) => languageModel(e, { units: 650, layers: 2, cell: "lstm" }),
  "lm-200": wholeLanguageModel,
  "rnn-256": (e) => languageModel(e, { units: 256, layers: 1, cell: "rnn" }),
  "adaptive-10k": (e) => languageModel(e, { ...SMALL, cutoffs: [2000] }),
  "adaptive-40k": (e) => languageModel(e, { ...SMALL, words: 40_000, cutoffs: [2000, 10_000] }),
  "full-40k": (e) => languageModel(e, { ...SMALL, words: 40_000 }),
  "parser": parser,
  "window": windowModel,
  "mlp-sgd": (e) => classifier(e, nn.sgd({ rate: 0.1 })),
  "mlp-adam": (e) => classifier(e, nn.adam({ rate: 1e-3 })),
};

/** What Workers build; `config` is the workload's name. */
export function build(engine: Engine, config: nn.JsonValue): nn.Trainable<unknown> {
  return WORKLOADS[String(config)](engine).model;
}

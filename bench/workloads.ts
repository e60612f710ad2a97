/**
 * The networks whose training steps are timed against PyTorch (bench/torch_step.py has the same):
 * the lecture's language models, the parser of Chen and Manning (2014), and a small classifier.
 *
 * @module
 */
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

/** Ids of a batch's inputs and targets, on the engine. */
interface Batch {
  x: Tensor;
  y: Tensor;
}

/** A model with the batch it is timed on. */
export interface Workload {
  /** What is trained. */
  model: nn.Trainable<Batch> & nn.HasParameters;
  /** The batch, the same at each step. */
  batch: Batch;
  /** How it is trained. */
  options: Pick<nn.TrainOptions<Batch>, "optimizer" | "clipNorm">;
  /** Predictions a step. */
  tokens: number;
}

function randomIds({ tf }: Engine, shape: number[], limit: number): Tensor {
  const random = seeded(5), size = shape.reduce((a, b) => a * b, 1);
  const ids = Int32Array.from({ length: size }, () => Math.floor(random() * limit));
  return tf.tensor(ids, shape, "int32");
}

/** A recurrent language model: T = 35 steps of B = 20 sentences, V = 10,000 words, SGD, clip 5. */
function languageModel(
  engine: Engine,
  { units: H, layers, cell }: { units: number; layers: number; cell: "lstm" | "rnn" },
): Workload {
  const { tf, operations } = engine;
  const [V, B, T, random] = [10_000, 20, 35, seeded(1)];
  const gates = cell === "lstm" ? 4 : 1;
  const make = (shape: number[]) =>
    nn.parameter(engine, { shape, initializer: nn.uniform(0.1), random });
  const stack = Array.from({ length: layers }, () => ({
    inputWeights: make([H, gates * H]),
    recurrentWeights: make([H, gates * H]),
    bias: make([gates * H]),
  }));
  const [E, U, b2] = [make([V, H]), make([H, V]), make([V])];
  const zero = tf.zeros([B, H]);
  const parameters: nn.NamedVariables = {
    ...{ E, U, b2 },
    ...Object.fromEntries(
      stack.flatMap((layer, i) => Object.entries(layer).map(([name, v]) => [`${name}${i}`, v])),
    ),
  };
  const model = {
    engine,
    parameters,
    loss({ x, y }: Batch): Scalar {
      let h = operations.embed(E, x);
      for (const layer of stack) {
        h = cell === "lstm"
          ? operations.lstm(h, { state: zero, cell: zero, ...layer }).states
          : operations.rnn(h, { state: zero, ...layer });
      }
      const states = tf.reshape(h, [T * B, H]);
      return operations.linearCrossEntropy(states, { weights: U, bias: b2, targets: y });
    },
    dispose: () => nn.disposeParameters(parameters),
  };
  const batch = { x: randomIds(engine, [T, B], V), y: randomIds(engine, [T * B], V) };
  const options = { optimizer: nn.sgd({ rate: 1 }), clipNorm: 5 };
  return { model, batch, options, tokens: T * B };
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
      const h = hidden.apply(tf.reshape(E.lookup(x), [N, features * width]));
      return operations.linearCrossEntropy(h, { weights: W, bias: b, targets: y });
    },
    dispose: () => nn.disposeParameters(parameters),
  };
  const batch = { x: randomIds(engine, [N, features], 20_000), y: randomIds(engine, [N], 80) };
  return { model, batch, options: { optimizer: nn.adagrad({ rate: 0.01 }) }, tokens: N };
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
      const h = second.apply(first.apply(x));
      return operations.linearCrossEntropy(h, { weights: W, bias: b, targets: y });
    },
    dispose: () => nn.disposeParameters(parameters),
  };
  const inputs = Float32Array.from({ length: 128 }, () => 2 * random() - 1);
  const batch = { x: tf.tensor(inputs, [64, 2]), y: randomIds(engine, [64], 3) };
  return { model, batch, options: { optimizer }, tokens: 64 };
}

/** The workloads under the names the commands take. */
export const WORKLOADS: Readonly<Record<string, (engine: Engine) => Workload>> = {
  "lstm-200": (e) => languageModel(e, { units: 200, layers: 2, cell: "lstm" }),
  "lstm-650": (e) => languageModel(e, { units: 650, layers: 2, cell: "lstm" }),
  "rnn-256": (e) => languageModel(e, { units: 256, layers: 1, cell: "rnn" }),
  "parser": parser,
  "mlp-sgd": (e) => classifier(e, nn.sgd({ rate: 0.1 })),
  "mlp-adam": (e) => classifier(e, nn.adam({ rate: 1e-3 })),
};

/** The float64 twin of the recurrent layers, step by step in the letters of the slides. */
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import { checkGradients, logistic, tanh, Tape, uniform, type Value } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";

const [V, H, T, B] = [6, 3, 4, 2]; // words, units, time steps, examples
const words = [[0, 3], [5, 1], [1, 1], [2, 4]]; // [T][B]
const targets = [5, 1, 1, 2, 2, 4, 3, 0]; // [T·B], time first

type Arrays = Record<string, Float64Array>;
type Nodes = Record<string, Value>;

/** One time step: e [B, H] and the state before it to the state after it. */
type Cell = (tape: Tape, e: Value, p: Nodes) => (before: Value[]) => Value[];

/** x W_e + h W_h + b. */
function preActivation(tape: Tape, e: Value, p: Nodes): (h: Value) => Value {
  return (h) => tape.add(tape.add(tape.multiply(e, p.We), tape.multiply(h, p.Wh)), p.b);
}

/** Gate number i of a [B, G·H] matrix. */
function gate(tape: Tape, z: Value, i: number): Value {
  return tape.columns(z, { from: i * H, to: (i + 1) * H });
}

const cells: Record<string, { gates: number; states: number; cell: Cell }> = {
  rnn: {
    gates: 1,
    states: 1,
    cell: (tape, e, p) => ([h]) => [tape.apply(tanh, preActivation(tape, e, p)(h))],
  },
  gru: {
    gates: 3,
    states: 1,
    cell: (tape, e, p) => ([h]) => {
      const input = tape.add(tape.multiply(e, p.We), p.b);
      const U = tape.columns(p.Wh, { from: 0, to: 2 * H });
      const gates = tape.multiply(h, U);
      const z = tape.apply(logistic, tape.add(gate(tape, input, 0), gate(tape, gates, 0)));
      const r = tape.apply(logistic, tape.add(gate(tape, input, 1), gate(tape, gates, 1)));
      const reset = tape.multiply(tape.hadamard(r, h), gate(tape, p.Wh, 2));
      const candidate = tape.apply(tanh, tape.add(gate(tape, input, 2), reset));
      const kept = tape.hadamard(tape.affine(z, { factor: -1, shift: 1 }), h);
      return [tape.add(kept, tape.hadamard(z, candidate))];
    },
  },
  lstm: {
    gates: 4,
    states: 2,
    cell: (tape, e, p) => ([h, c]) => {
      const z = preActivation(tape, e, p)(h);
      const [i, f, o] = [0, 1, 3].map((k) => tape.apply(logistic, gate(tape, z, k)));
      const g = tape.apply(tanh, gate(tape, z, 2));
      const cell = tape.add(tape.hadamard(f, c), tape.hadamard(i, g));
      return [tape.hadamard(o, tape.apply(tanh, cell)), cell];
    },
  },
};

function shapes(gates: number): Record<string, [number, number]> {
  return { E: [V, H], We: [H, gates * H], Wh: [H, gates * H], b: [1, gates * H], U: [H, V] };
}

function draw(gates: number): Arrays {
  const random = seeded(4);
  return Object.fromEntries(
    Object.entries(shapes(gates)).map(([name, shape]) => [
      name,
      Float64Array.from(uniform(0.9)(shape, random)),
    ]),
  );
}

/** J of the language model on the tape, and all gradients. */
function onTape(name: string, parameters: Arrays): { loss: number; gradients: Arrays } {
  const { gates, states, cell } = cells[name], tape = new Tape();
  const p = Object.fromEntries(
    Object.entries(shapes(gates)).map(([key, [rows, columns]]) => [
      key,
      tape.matrix(key, { rows, columns, data: parameters[key] }),
    ]),
  );
  const zero = () => tape.matrix("0", { rows: B, columns: H, data: new Float64Array(B * H) });
  let state = Array.from({ length: states }, zero), J: Value | undefined;
  words.forEach((ids, t) => {
    state = cell(tape, tape.lookup(p.E, ids), p)(state);
    const loss = tape.crossEntropy(tape.multiply(state[0], p.U), targets.slice(B * t, B * (t + 1)));
    J = J ? tape.add(J, loss) : loss;
  });
  const mean = tape.affine(J!, { factor: 1 / T });
  tape.backward(mean);
  const gradients = Object.entries(p).map(([key, value]) => [key, value.gradient] as const);
  return { loss: mean.data[0], gradients: Object.fromEntries(gradients) };
}

/** The same by the engine's operations. */
function onEngine(
  { tf, operations }: Engine,
  name: string,
  parameters: Arrays,
): { loss: number; gradients: Arrays } {
  const { gates } = cells[name], names = Object.keys(parameters);
  return tf.tidy(() => {
    const tensors = names.map((key) => {
      const shape = key === "b" ? [gates * H] : shapes(gates)[key];
      return tf.tensor(Float32Array.from(parameters[key]), shape);
    });
    const loss = (...[E, We, Wh, b, U]: Tensor[]) => {
      const x = operations.embed(E, tf.tensor(words.flat(), [T, B], "int32"));
      const zero = tf.zeros([B, H]);
      const options = { state: zero, inputWeights: We, recurrentWeights: Wh, bias: b };
      const h = name === "rnn"
        ? operations.rnn(x, options)
        : name === "gru"
        ? operations.gru(x, options)
        : operations.lstm(x, { ...options, cell: zero }).states;
      return operations.linearCrossEntropy(tf.reshape(h, [T * B, H]), {
        ...{ weights: U, bias: tf.zeros([V]), targets: tf.tensor1d(targets, "int32") },
      }) as Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss)(tensors);
    const gradients = names.map((key, i) => [key, Float64Array.from(grads[i].dataSync())]);
    return { loss: value.dataSync()[0], gradients: Object.fromEntries(gradients) };
  });
}

for (const [name, { gates }] of Object.entries(cells)) {
  Deno.test(`${name} language model in float64: gradients agree with central differences to 1e-6`, () => {
    const parameters = draw(gates);
    checkGradients(() => onTape(name, parameters), parameters, { tolerance: 1e-6 });
  });

  testEngines(`${name} language model: loss and gradients equal those of the twin`, (engine) => {
    const parameters = draw(gates);
    const [twin, found] = [onTape(name, parameters), onEngine(engine, name, parameters)];
    assertAlmostEquals(found.loss, twin.loss, 1e-6);
    for (const [key, gradient] of Object.entries(twin.gradients)) {
      gradient.forEach((g, i) =>
        assertAlmostEquals(found.gradients[key][i], g, 1e-6, `${key}[${i}]`)
      );
    }
  });
}

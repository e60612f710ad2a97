/**
 * The vanilla recurrent language model in float64 on a {@linkcode Tape}, written to be read beside
 * the slides: every time step is a value with a name and a gradient, and W_h keeps what part of its
 * gradient came from which step.
 */
import { tanh, Tape, type Value } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";

/** Sizes of an {@linkcode UnrolledRnn}. */
export interface UnrolledSizes {
  /** |V|. */
  words: number;
  /** d, width of the word vectors. */
  width: number;
  /** H. */
  units: number;
}

/** The letters of the slides. */
export type UnrolledName = "E" | "W_e" | "W_h" | "b1" | "U" | "b2";

/** Parameters as plain arrays, row by row, for x W with x a row. */
export type UnrolledParameters = Readonly<Record<UnrolledName, Float64Array>>;

/** A computation over a text, with gradients once {@linkcode Tape.backward} ran on one of its losses. */
export interface UnrolledRnn {
  /** Runs the computation backwards: `tape.backward(J)` or of a single step's loss. */
  tape: Tape;
  /** The parameters on the tape; `contributions` of W_h has one entry a use, the last step first. */
  parameters: Record<UnrolledName, Value>;
  /** h⁽⁰⁾, h⁽¹⁾ … h⁽ᵀ⁾, each 1 × H. */
  states: Value[];
  /** J⁽¹⁾ … J⁽ᵀ⁾: −log ŷ⁽ᵗ⁾[x⁽ᵗ⁺¹⁾], nats. */
  losses: Value[];
  /** J(θ) = (1/T) Σ J⁽ᵗ⁾. */
  J: Value;
}

function shapes(
  { words, width, units }: UnrolledSizes,
): Record<UnrolledName, readonly [number, number]> {
  return {
    E: [words, width],
    W_e: [width, units],
    W_h: [units, units],
    b1: [1, units],
    U: [units, words],
    b2: [1, words],
  };
}

/** New weights, uniform on (−r, r). */
export function drawUnrolled(
  sizes: UnrolledSizes,
  { range, random }: { range: number; random: Random },
): UnrolledParameters {
  const drawn = Object.entries(shapes(sizes)).map(([name, [rows, columns]]) => [
    name,
    Float64Array.from({ length: rows * columns }, () => (2 * random() - 1) * range),
  ]);
  return Object.fromEntries(drawn) as UnrolledParameters;
}

/**
 * Runs the network over a text, teacher-forced: e⁽ᵗ⁾ = E x⁽ᵗ⁾,
 * h⁽ᵗ⁾ = tanh(W_h h⁽ᵗ⁻¹⁾ + W_e e⁽ᵗ⁾ + b₁), ŷ⁽ᵗ⁾ = softmax(U h⁽ᵗ⁾ + b₂).
 *
 * @param text x⁽¹⁾ … x⁽ᵀ⁺¹⁾: each word but the last is read, each but the first is predicted
 * @throws {RangeError} if there are fewer than two words
 */
export function unrollRnn(
  arrays: UnrolledParameters,
  { sizes, text }: { sizes: UnrolledSizes; text: readonly number[] },
): UnrolledRnn {
  if (text.length < 2) {
    throw new RangeError(`Cannot unroll a network: expected two words or more, got ${text.length}`);
  }
  const tape = new Tape();
  const parameters = Object.fromEntries(
    Object.entries(shapes(sizes)).map(([name, [rows, columns]]) => [
      name,
      tape.matrix(name, { rows, columns, data: arrays[name as UnrolledName] }),
    ]),
  ) as UnrolledRnn["parameters"];
  const { E, W_e, W_h, b1, U, b2 } = parameters;
  const zero = new Float64Array(sizes.units);
  let h = tape.matrix("h0", { rows: 1, columns: sizes.units, data: zero });
  const states = [h], losses: Value[] = [];
  for (let t = 1; t < text.length; t++) {
    const e = tape.lookup(E, [text[t - 1]]).as(`e${t}`);
    const recurrent = tape.multiply(h, W_h).as(`W_h h${t - 1}`);
    const input = tape.add(tape.multiply(e, W_e), b1);
    h = tape.apply(tanh, tape.add(recurrent, input)).as(`h${t}`);
    states.push(h);
    const logits = tape.add(tape.multiply(h, U), b2);
    losses.push(tape.crossEntropy(logits, [text[t]]).as(`J${t}`));
  }
  const sum = losses.reduce((sum, loss) => tape.add(sum, loss));
  return { tape, parameters, states, losses, J: tape.affine(sum, { factor: 1 / losses.length }) };
}

/**
 * Reverse-mode automatic differentiation in float64, written to be read: the slow twin of the
 * tensor engine. Every value is a matrix with a name, keeps its gradient ∂J/∂value, and remembers
 * which later value sent which part of that gradient (so that a weight used at each time step
 * shows its gradient of each step). Simplified on purpose: matrices only, no slices of memory
 * shared, nothing in place.
 */
import type { Activation } from "./activations.ts";
import { logSoftmax } from "./losses.ts";
import { columnsOf, copyColumns, product, transposed } from "./_matrix.ts";

/** The part of a value's gradient that came through one of its uses. */
export interface Contribution {
  /** The name of the value that used this one. */
  readonly from: string;
  /** ∂J/∂value through that use alone, rows × columns. */
  readonly gradient: Float64Array;
}

/** Sends the gradient of a result back: for each operand, its part of ∂J/∂operand. */
type Backward = (gradient: Float64Array) => readonly [Value, Float64Array][];

/** A matrix in a computation, made by the methods of {@linkcode Tape}. */
export class Value {
  /** ∂J/∂value, rows × columns; zero until {@linkcode Tape.backward} ran. */
  readonly gradient: Float64Array;
  /** What {@linkcode gradient} is the sum of: one entry a use, the last use first. */
  readonly contributions: Contribution[] = [];

  /** Called by {@linkcode Tape}. `data` holds the elements row by row. */
  constructor(
    /** What the report calls this value. */
    public name: string,
    /** Number of rows. */
    readonly rows: number,
    /** Number of columns. */
    readonly columns: number,
    /** The elements, row by row. */
    readonly data: Float64Array,
  ) {
    if (!Number.isInteger(columns) || data.length !== rows * columns) {
      throw new RangeError(
        `Cannot make value ${name}: expected ${rows}×${columns} elements, got ${data.length}`,
      );
    }
    this.gradient = new Float64Array(data.length);
  }

  /** Gives the value a name (a letter of the slides) and returns it. */
  as(name: string): this {
    this.name = name;
    return this;
  }
}

/** Records a computation as it happens, then runs it backwards. */
export class Tape {
  readonly #steps: { value: Value; backward: Backward }[] = [];

  /** Puts a parameter or an input on the tape; `rows` are the matrix's rows. */
  variable(name: string, rows: ArrayLike<ArrayLike<number>>): Value {
    const width = rows[0]?.length ?? 0;
    const data = Float64Array.from(Array.from(rows).flatMap((row) => Array.from(row)));
    return this.#record([rows.length, width], data, () => []).as(name);
  }

  /** Puts a matrix on the tape whose elements are already row by row in one array. */
  matrix(name: string, { rows, columns, data }: MatrixOptions): Value {
    return this.#record([rows, columns], Float64Array.from(data), () => []).as(name);
  }

  /** The matrix product A B: ∂J/∂A = G Bᵀ, ∂J/∂B = Aᵀ G, with G the product's gradient. */
  multiply(a: Value, b: Value): Value {
    expect(a.columns === b.rows, "multiply", a, b);
    const [n, k, m] = [a.rows, a.columns, b.columns];
    const out = product(a.data, b.data, { n, k, m });
    return this.#record([n, m], out, (g) => [
      [a, product(g, transposed(b.data, k, m), { n, k: m, m: k })],
      [b, product(transposed(a.data, n, k), g, { n: k, k: n, m })],
    ]);
  }

  /** a + b; where b has one row (or one column), it is added to every row (or column) of a. */
  add(a: Value, b: Value): Value {
    const rowsFit = b.rows === a.rows || b.rows === 1;
    expect(rowsFit && (b.columns === a.columns || b.columns === 1), "add", a, b);
    const at = (i: number) =>
      (b.rows === 1 ? 0 : Math.floor(i / a.columns)) * b.columns +
      (b.columns === 1 ? 0 : i % a.columns);
    return this.#record([a.rows, a.columns], a.data.map((v, i) => v + b.data[at(i)]), (g) => {
      const forB = new Float64Array(b.data.length);
      g.forEach((v, i) => forB[at(i)] += v);
      return [[a, g.slice()], [b, forB]];
    });
  }

  /** The element-wise product a ⊙ b. */
  hadamard(a: Value, b: Value): Value {
    expect(a.rows === b.rows && a.columns === b.columns, "multiply elements of", a, b);
    return this.#record([a.rows, a.columns], a.data.map((v, i) => v * b.data[i]), (g) => [
      [a, g.map((v, i) => v * b.data[i])],
      [b, g.map((v, i) => v * a.data[i])],
    ]);
  }

  /** factor · a + shift, element by element (1 − z is `affine(z, { factor: -1, shift: 1 })`). */
  affine(a: Value, { factor = 1, shift = 0 }: AffineOptions): Value {
    const out = a.data.map((v) => factor * v + shift);
    return this.#record([a.rows, a.columns], out, (g) => [[a, g.map((v) => factor * v)]]);
  }

  /** f(z) element by element: ∂J/∂z = G ⊙ f′(z). */
  apply(f: Activation, z: Value): Value {
    return this.#record([z.rows, z.columns], z.data.map((v) => f.value(v)), (g) => [
      [z, g.map((v, i) => v * f.derivative(z.data[i]))],
    ]);
  }

  /**
   * Rows `ids` of the embedding matrix E; a row used twice receives both gradients.
   *
   * @throws {RangeError} if E has no such row
   */
  lookup(E: Value, ids: readonly number[]): Value {
    checkIndices(ids, E.rows, `look up rows of ${E.name}`);
    const d = E.columns;
    const out = new Float64Array(ids.length * d);
    ids.forEach((id, i) => out.set(E.data.subarray(id * d, (id + 1) * d), i * d));
    return this.#record([ids.length, d], out, (g) => {
      const forE = new Float64Array(E.data.length);
      ids.forEach((id, i) => {
        for (let j = 0; j < d; j++) forE[id * d + j] += g[i * d + j];
      });
      return [[E, forE]];
    });
  }

  /** The same elements in the same order as rows × (elements / rows). */
  reshape(a: Value, rows: number): Value {
    return this.#record([rows, a.data.length / rows], a.data.slice(), (g) => [[a, g.slice()]]);
  }

  /** Matrices of equal height side by side. */
  concat(parts: readonly Value[]): Value {
    const [rows, columns] = [parts[0].rows, parts.reduce((sum, p) => sum + p.columns, 0)];
    const out = new Float64Array(rows * columns);
    const offsets: number[] = [];
    let offset = 0;
    for (const part of parts) {
      expect(part.rows === rows, "put side by side", parts[0], part);
      offsets.push(offset);
      copyColumns({ from: part.data, width: part.columns, to: out, columns, offset });
      offset += part.columns;
    }
    return this.#record(
      [rows, columns],
      out,
      (g) => parts.map((part, k) => [part, columnsOf(g, columns, offsets[k], part.columns)]),
    );
  }

  /** Columns `from` up to `to` (exclusive). */
  columns(a: Value, { from, to }: { from: number; to: number }): Value {
    const width = to - from;
    const out = columnsOf(a.data, a.columns, from, width);
    return this.#record([a.rows, width], out, (g) => {
      const forA = new Float64Array(a.data.length);
      copyColumns({ from: g, width, to: forA, columns: a.columns, offset: from });
      return [[a, forA]];
    });
  }

  /** The sum of all elements, 1 × 1. */
  sum(a: Value): Value {
    const total = a.data.reduce((sum, v) => sum + v, 0);
    return this.#record([1, 1], Float64Array.of(total), (g) => [[a, a.data.map(() => g[0])]]);
  }

  /**
   * J = −(1/N) Σ log softmax(row)[target], nats, 1 × 1, over the N rows of logits:
   * ∂J/∂logit = (p − 1[target]) / N.
   *
   * @throws {RangeError} if there is not one target a row, or no such class
   */
  crossEntropy(logits: Value, targets: readonly number[]): Value {
    const [n, classes] = [logits.rows, logits.columns];
    if (targets.length !== n) {
      throw new RangeError(
        `Cannot compute cross-entropy: expected ${n} targets, got ${targets.length}`,
      );
    }
    checkIndices(targets, classes, "compute cross-entropy");
    const out = Float64Array.of(0);
    const slope = new Float64Array(logits.data.length);
    targets.forEach((target, i) => {
      const logP = logSoftmax(logits.data.subarray(i * classes, (i + 1) * classes));
      out[0] -= logP[target] / n;
      logP.forEach((v, c) => slope[i * classes + c] = (Math.exp(v) - (c === target ? 1 : 0)) / n);
    });
    return this.#record([1, 1], out, (g) => [[logits, slope.map((v) => g[0] * v)]]);
  }

  /**
   * Fills `gradient` of every value J depends on, the last computed first (chain rule).
   *
   * @throws {RangeError} if J is not 1 × 1
   */
  backward(J: Value): void {
    if (J.data.length !== 1) {
      throw new RangeError(`Cannot differentiate ${J.name}: expected 1×1, got ${shape(J)}`);
    }
    for (const { value } of this.#steps) {
      value.gradient.fill(0);
      value.contributions.length = 0;
    }
    J.gradient[0] = 1;
    for (const { value, backward } of this.#steps.toReversed()) {
      for (const [operand, gradient] of backward(value.gradient)) {
        operand.contributions.push({ from: value.name, gradient });
        gradient.forEach((v, i) => operand.gradient[i] += v); // multivariable chain rule: add up
      }
    }
  }

  /** Every value on the tape in the order it was computed. */
  values(): Value[] {
    return this.#steps.map(({ value }) => value);
  }

  /** The whole computation as text: each value, its gradient, and the gradient of each use. */
  report(digits = 6): string {
    const list = (data: Float64Array) => [...data].map((v) => v.toPrecision(digits)).join(" ");
    return this.values().flatMap((v) => [
      `${v.name} (${shape(v)}) = ${list(v.data)}`,
      `  ∂J/∂${v.name} = ${list(v.gradient)}`,
      ...(v.contributions.length < 2
        ? []
        : v.contributions.map((c) => `    through ${c.from}: ${list(c.gradient)}`)),
    ]).join("\n");
  }

  #record([rows, columns]: [number, number], data: Float64Array, backward: Backward): Value {
    const value = new Value(`v${this.#steps.length}`, rows, columns, data);
    this.#steps.push({ value, backward });
    return value;
  }
}

/** A matrix given as one array. */
export interface MatrixOptions {
  /** Number of rows. */
  rows: number;
  /** Number of columns. */
  columns: number;
  /** The elements, row by row. */
  data: ArrayLike<number>;
}

/** What {@linkcode Tape.affine} does to each element. */
export interface AffineOptions {
  /** Multiplied by. @default {1} */
  factor?: number;
  /** Then added. @default {0} */
  shift?: number;
}

function shape(a: Value): string {
  return `${a.rows}×${a.columns}`;
}

function checkIndices(indices: readonly number[], count: number, verb: string): void {
  const bad = indices.find((index) => !(Number.isInteger(index) && index >= 0 && index < count));
  if (bad === undefined) return;
  throw new RangeError(`Cannot ${verb}: expected numbers from 0 to ${count - 1}, got ${bad}`);
}

function expect(fits: boolean, verb: string, a: Value, b: Value): void {
  if (fits) return;
  throw new RangeError(`Cannot ${verb} ${a.name} (${shape(a)}) and ${b.name} (${shape(b)})`);
}

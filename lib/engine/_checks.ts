import type { TensorInfo } from "@tensorflow/tfjs";

/** Throws unless a tensor has this shape; −1 stands for any length. */
export function expectShape(name: string, tensor: TensorInfo, shape: readonly number[]): void {
  const fits = tensor.shape.length === shape.length &&
    shape.every((n, i) => n === -1 || n === tensor.shape[i]);
  if (fits) return;
  const expected = shape.map((n) => n === -1 ? "any" : n).join(", ");
  throw new RangeError(
    `Cannot use ${name}: expected shape [${expected}], got [${tensor.shape.join(", ")}]`,
  );
}

/** Throws unless a tensor holds integers. */
export function expectIntegers(name: string, tensor: TensorInfo): void {
  if (tensor.dtype === "int32") return;
  throw new TypeError(`Cannot use ${name}: expected int32, got ${tensor.dtype}`);
}

/** Throws for an id outside a table. */
export function badId(name: string, { id, rows }: { id: number; rows: number }): RangeError {
  return new RangeError(`Cannot use ${name}: expected ids from 0 to ${rows - 1}, got ${id}`);
}

/** Throws unless numbers begin at 0, rise, and end at `end`: the starts of segments that are not empty. */
export function expectStarts(starts: readonly number[], end: number): void {
  const rise = starts.every((at, i) => Number.isInteger(at) && (i === 0 || at > starts[i - 1]));
  if (starts.length > 1 && starts[0] === 0 && starts.at(-1) === end && rise) return;
  throw new RangeError(
    `Cannot use starts: expected rising numbers from 0 to ${end}, got [${starts.join(", ")}]`,
  );
}

/** The sizes of a recurrent layer, after all its shapes were checked. */
export interface RecurrentSizes {
  /** T, time steps. */
  steps: number;
  /** B, examples. */
  batch: number;
  /** I, width of the input. */
  inputs: number;
  /** H, units. */
  units: number;
  /** Width of the state: H, or P with a projection. */
  width: number;
}

/** Checks the shapes of a recurrent layer with so many gates. */
export function recurrentSizes(
  x: TensorInfo,
  options: Record<"state" | "inputWeights" | "recurrentWeights" | "bias", TensorInfo>,
  { gates, projection }: { gates: number; projection?: TensorInfo },
): RecurrentSizes {
  expectShape("x", x, [-1, -1, -1]);
  const [steps, batch, inputs] = x.shape;
  if (steps === 0) throw new RangeError("Cannot run a recurrent layer over 0 time steps");
  expectShape("state", options.state, [batch, -1]);
  const width = options.state.shape[1];
  const units = projection ? projection.shape[0] : width;
  if (projection) expectShape("projection", projection, [units, width]);
  expectShape("inputWeights", options.inputWeights, [inputs, gates * units]);
  expectShape("recurrentWeights", options.recurrentWeights, [width, gates * units]);
  expectShape("bias", options.bias, [gates * units]);
  return { steps, batch, inputs, units, width };
}

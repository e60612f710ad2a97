/** Small stacks and inputs for the tests of this folder. */
import type { Tensor, Tensor3D } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { RecurrentStack, type RecurrentStackOptions } from "#lib/rnn/mod.ts";

/** Nothing is dropped. */
export const testing = { training: false, random: seeded(1) };

/** A stack of width 3 → 4 with weights large enough to matter. */
export function makeStack(
  engine: Engine,
  options: Partial<RecurrentStackOptions> & Pick<RecurrentStackOptions, "cell">,
): RecurrentStack {
  return new RecurrentStack(engine, { inputs: 3, units: 4, random: seeded(7), ...options });
}

/** Draws from (−1, 1). */
export function drawn({ tf }: Engine, shape: number[], seed = 3): Tensor {
  const random = seeded(seed), size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => 2 * random() - 1), shape);
}

/** x⁽¹⁾ … x⁽ᵀ⁾ of B examples, shape [T, B, 3]. */
export function inputs(engine: Engine, steps: number, batch: number): Tensor3D {
  return drawn(engine, [steps, batch, 3]) as Tensor3D;
}

/** Compares two tensors element by element. */
export function assertClose(found: Tensor, expected: Tensor, tolerance = 1e-6): void {
  assertEquals(found.shape, expected.shape);
  const [a, b] = [found.dataSync(), expected.dataSync()];
  a.forEach((value, i) => assertAlmostEquals(value, b[i], tolerance, `element ${i}`));
}

/** Sets a parameter's elements. */
export function fill(
  { values }: Engine,
  stack: RecurrentStack,
  name: string,
  value: (i: number) => number,
): void {
  const data = values(stack.parameters[name]);
  data.forEach((_, i) => data[i] = value(i));
}

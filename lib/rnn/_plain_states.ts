import type { Engine } from "#lib/engine/mod.ts";
import type { StackState } from "./recurrent_stack.ts";
import type { PlainLayerState } from "./text_batches.ts";

/** Frees the tensors made on the way to plain data, which `tidy` itself would search for some. */
export function plainly<Data>({ tf }: Engine, compute: () => Data): Data {
  let data: Data | undefined;
  tf.tidy(() => {
    data = compute();
  });
  return data as Data;
}

/** States as plain numbers. */
export function plainStates({ values }: Engine, layers: StackState): PlainLayerState[] {
  return layers.map(({ h, c }) => ({
    h: values(h).slice(),
    ...(c && { c: values(c).slice() }),
  }));
}

/** States as tensors again, of so many examples. */
export function stateTensors(
  { tf }: Engine,
  layers: readonly PlainLayerState[],
  batchSize: number,
): StackState {
  const tensor = (data: Float32Array) => tf.tensor2d(data, [batchSize, data.length / batchSize]);
  return layers.map(({ h, c }) => ({ h: tensor(h), ...(c && { c: tensor(c) }) }));
}

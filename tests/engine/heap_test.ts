import type { KernelBackend } from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { testEngines } from "../_support/engines.ts";

testEngines("a full heap throws instead of overlapping tensors", ({ kind, tf }) => {
  if (kind === "cpu") return; // no heap
  const backend = tf.backend() as KernelBackend;
  const reserved: object[] = [];
  const fill = () => {
    for (let i = 0; i < 10; i++) reserved.push(backend.write(null as never, [2 ** 27], "float32"));
  };
  assertThrows(fill, RangeError, "Cannot allocate 536870912 bytes for a tensor");
  assert(reserved.length >= 5, `${reserved.length} tensors of 512 MB fitted`);
  for (const dataId of reserved) backend.disposeData(dataId as never);
  tf.tidy(() => assertEquals(tf.add([1, 2], [3, 4]).arraySync(), [4, 6]));
});

testEngines("values() is the tensor's own memory", ({ tf, values }) => {
  const tensor = tf.tensor1d([1, 2, 3]);
  values(tensor)[1] = 7;
  assertEquals([...tensor.dataSync()], [1, 7, 3]);
  tensor.dispose();
});

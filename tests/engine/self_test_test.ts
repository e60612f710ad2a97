import { assert, assertEquals, assertMatch } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { Heap } from "../../lib/engine/_heap.ts";
import { loadKernels } from "../../lib/engine/_kernels.ts";
import type { Product } from "../../lib/engine/_product.ts";
import { tested } from "../../lib/engine/_self_test.ts";
import { wasmProvider } from "../../lib/engine/_wasm_product.ts";
import { permittedTest } from "../_support/permitted.ts";

permittedTest("libraries that compute wrongly or slowly are refused", ["read"], async () => {
  const { tf } = await engine({ prefer: "wasm" });
  const heap = new Heap(tf);
  const own = wasmProvider(heap, await loadKernels(heap.memory)).product;
  const value = (address: number) => new Float32Array(heap.memory.buffer, address, 1);

  const spare = heap.reserve(4 * 256 * 256);
  const slow: Product = (input) => {
    for (let i = 0; i < 2; i++) own({ ...input, c: spare, ldc: input.n, accumulate: false });
    own(input);
  };
  const wrong: Product = (input) => {
    own(input);
    const last = input.c + 4 * ((input.m - 1) * input.ldc! + input.n - 1);
    if (input.transposeB && input.m === 129) value(last)[0] += 0.01;
  };
  const forgetful: Product = (input) => own({ ...input, accumulate: false });
  const untidy: Product = (input) => own({ ...input, n: input.ldc ?? input.n });

  assertMatch(tested(slow, { heap, own }).fault, /slower than our kernel/);
  assert(tested(slow, { heap, own }).speedup < 1);
  assertMatch(tested(wrong, { heap, own }).fault, /wrong result for 129×65 times 65×255/);
  assertMatch(tested(forgetful, { heap, own }).fault, /wrong result/);
  assertMatch(tested(untidy, { heap, own }).fault, /wrong result/);
  const before = tf.memory().numTensors;
  assertEquals(tested(own, { heap, own }).fault.startsWith("wrong"), false);
  assertEquals(tf.memory().numTensors, before);
  heap.release(spare);
});

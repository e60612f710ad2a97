import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { describeEngine, engine } from "#lib/engine/mod.ts";
import config from "../../deno.json" with { type: "json" };
import { isGranted, permittedTest } from "../_support/permitted.ts";

permittedTest("importing any room loads no tensor library", ["read"], async () => {
  for (const path of Object.values(config.exports)) await import(`../../${path}`);
  assertEquals(Object.keys(globalThis).filter((name) => name.startsWith("_tf")), []);
});

Deno.test("describeEngine() before engine() says what to do", async () => {
  await assertRejects(() => describeEngine(), Error, "await engine() first");
});

permittedTest("engine() sets up once, keeps what was picked, switches when asked", [
  "read",
], async () => {
  const [first, second] = await Promise.all([engine(), engine()]);
  assertEquals(first.kind, second.kind);
  assert((await engine()) === first || (await engine()) === second);
  assertEquals((await engine({ prefer: "cpu" })).tf.getBackend(), "cpu");
  assertMatch(await describeEngine(), /^cpu: /);
  assertEquals((await engine()).kind, "cpu");
  assertEquals((await engine({ prefer: "wasm" })).tf.getBackend(), "wasm");
  assertMatch(await describeEngine(), /^wasm: /);
});

permittedTest("tensors move along when the engine is switched", ["read"], async () => {
  const { tf } = await engine({ prefer: "cpu" });
  const x = tf.tensor2d([[1, 2]]);
  await engine({ prefer: "wasm" });
  const y = tf.matMul(x, x, false, true);
  assertEquals([...y.dataSync()], [5]);
  tf.dispose([x, y]);
});

permittedTest("a tensor that was disposed is refused, by fused operations too", [
  "read",
], async () => {
  for (const prefer of ["cpu", "wasm"] as const) {
    const { tf, operations, values } = await engine({ prefer });
    const [x, gone] = [tf.ones([1, 2]), tf.ones([2, 2])];
    const bias = tf.zeros([2]), E = tf.tidy(() => tf.variable(tf.ones([3, 2])));
    for (const tensor of [gone, E]) tensor.dispose();
    const uses = [
      () => tf.tidy(() => operations.dense(x, { weights: gone, bias })),
      () => tf.tidy(() => operations.embed(E, tf.tensor1d([0], "int32"))),
      () => values(gone),
    ];
    for (const use of uses) assertThrows(use, Error, "disposed");
    tf.dispose([x, bias]);
  }
});

permittedTest("without --allow-ffi there are no native products, and it says so", [
  "read",
], async () => {
  if (isGranted("ffi")) return;
  const { kind, description } = await engine({ prefer: "native" });
  assertEquals(kind, "wasm");
  assertMatch(description, /native products need --allow-ffi/);
});

import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { describeEngine, engine } from "#lib/engine/mod.ts";
import config from "../../deno.json" with { type: "json" };

const read = await Deno.permissions.query({ name: "read" });
const ignore = read.state !== "granted";

Deno.test({
  name: "importing any room loads no tensor library (needs --allow-read)",
  ignore,
  fn: async () => {
    for (const path of Object.values(config.exports)) await import(`../../${path}`);
    assertEquals(Object.keys(globalThis).filter((name) => name.startsWith("_tf")), []);
  },
});

Deno.test("describeEngine() before engine() says what to do", async () => {
  await assertRejects(() => describeEngine(), Error, "await engine() first");
});

Deno.test({
  name: "engine() sets up once, keeps what was picked and switches when asked (needs --allow-read)",
  ignore,
  fn: async () => {
    const [first, second] = await Promise.all([engine(), engine()]);
    assertEquals(first.kind, second.kind);
    assert((await engine()) === first || (await engine()) === second);
    assertEquals((await engine({ prefer: "cpu" })).tf.getBackend(), "cpu");
    assertMatch(await describeEngine(), /^cpu: /);
    assertEquals((await engine()).kind, "cpu");
    assertEquals((await engine({ prefer: "wasm" })).tf.getBackend(), "wasm");
    assertMatch(await describeEngine(), /^wasm: /);
  },
});

Deno.test({
  name: "tensors move along when the engine is switched (needs --allow-read)",
  ignore,
  fn: async () => {
    const { tf } = await engine({ prefer: "cpu" });
    const x = tf.tensor2d([[1, 2]]);
    await engine({ prefer: "wasm" });
    const y = tf.matMul(x, x, false, true);
    assertEquals([...y.dataSync()], [5]);
    tf.dispose([x, y]);
  },
});

const ffi = await Deno.permissions.query({ name: "ffi" });

Deno.test({
  name: "without --allow-ffi the native engine is not there, and it says so (needs --allow-read)",
  ignore: ignore || ffi.state === "granted",
  fn: async () => {
    const { kind, description } = await engine({ prefer: "native" });
    assertEquals(kind, "wasm");
    assertMatch(description, /native products need --allow-ffi/);
  },
});

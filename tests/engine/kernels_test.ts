import { assertEquals } from "@std/assert";
import { compileKernels } from "../../tools/build_kernels.ts";

const read = await Deno.permissions.query({ name: "read" });

Deno.test({
  name: "the embedded kernels are what their source compiles to (needs --allow-read)",
  ignore: read.state !== "granted",
  fn: async () => {
    const embedded = await Deno.readTextFile("lib/engine/_kernels_wasm.ts");
    assertEquals(await compileKernels(), embedded, "run `deno task build-kernels`");
  },
});

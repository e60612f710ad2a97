import { assertEquals } from "@std/assert";
import { compileKernels } from "../../tools/build_kernels.ts";

const needed = [{ name: "read" }, { name: "write" }, { name: "run", command: "deno" }] as const;
const states = await Promise.all(needed.map((permission) => Deno.permissions.query(permission)));

Deno.test({
  name: "the embedded kernels are what their source compiles to (needs to run deno)",
  ignore: states.some(({ state }) => state !== "granted"),
  fn: async () => {
    const embedded = await Deno.readTextFile("lib/engine/_kernels_wasm.ts");
    assertEquals(compileKernels(), embedded, "run `deno task build-kernels`");
  },
});

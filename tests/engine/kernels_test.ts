import { assertEquals } from "@std/assert";
import { compileKernels } from "../../tools/build_kernels.ts";
import { permittedTest } from "../_support/permitted.ts";

permittedTest("the embedded kernels are what their source compiles to", [
  ...["read", "write", "run"] as const,
], async () => {
  const embedded = await Deno.readTextFile("lib/engine/_kernels_wasm.ts");
  assertEquals(compileKernels(), embedded, "run `deno task build-kernels`");
});

/**
 * Compiles lib/engine/assembly (AssemblyScript) into lib/engine/_kernels_wasm.ts, the WebAssembly
 * module as base64 text. The same source and compiler give the same bytes; a test compares them.
 *
 * @module
 */
import asc from "assemblyscript/asc";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = "lib/engine/assembly";
const TARGET = "lib/engine/_kernels_wasm.ts";

/** Compiles the kernels and returns the TypeScript file that holds them. */
export async function compileKernels(): Promise<string> {
  let wasm = new Uint8Array(0);
  const { error, stderr } = await asc.main([
    ...["index.ts", "--baseDir", SOURCE, "--outFile", "kernels.wasm"],
    ...["--runtime", "stub", "--importMemory", "--enable", "simd,relaxed-simd"],
    ...["-O3", "--noAssert"],
  ], {
    readFile: (name: string, folder: string) => {
      try {
        return readFileSync(join(folder, name), "utf8");
      } catch {
        return null; // the compiler tries several names for each import
      }
    },
    writeFile: (_: string, contents: string | Uint8Array) => {
      if (contents instanceof Uint8Array) wasm = contents.slice();
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`Cannot compile ${SOURCE}: ${error.message}\n${stderr}`);
  return [
    "// Made by `deno task build-kernels` from lib/engine/assembly; do not edit.",
    `/** The kernels as a WebAssembly module, base64. */`,
    `export const KERNELS_WASM =`,
    `  "${wasm.toBase64()}";\n`,
  ].join("\n");
}

if (import.meta.main) {
  writeFileSync(TARGET, await compileKernels());
  console.log(`wrote ${TARGET}`);
}

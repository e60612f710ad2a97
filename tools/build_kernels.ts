/**
 * Compiles lib/engine/assembly (AssemblyScript) into lib/engine/_kernels_wasm.ts, the WebAssembly
 * module as base64 text. The same source and compiler give the same bytes; a test compares them.
 * The compiler runs as a command: its type declarations would change those of everything else.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = "lib/engine/assembly/index.ts";
const TARGET = "lib/engine/_kernels_wasm.ts";
const COMPILER = "npm:assemblyscript@0.28.20/asc"; // the version deno.json installs

/** Compiles the kernels and returns the TypeScript file that holds them. */
export function compileKernels(): string {
  const folder = mkdtempSync(".kernels-");
  const out = join(folder, "kernels.wasm");
  try {
    const { success, stderr } = new Deno.Command("deno", {
      args: [
        ...["run", "--quiet", "--allow-read", "--allow-env", `--allow-write=${folder}`, COMPILER],
        ...[SOURCE, "--outFile", out, "--runtime", "stub", "--importMemory"],
        ...["--enable", "simd,relaxed-simd", "-O3", "--noAssert"],
      ],
    }).outputSync();
    if (!success) throw new Error(`Cannot compile ${SOURCE}: ${new TextDecoder().decode(stderr)}`);
    return [
      "// Made by `deno task build-kernels` from lib/engine/assembly; do not edit.",
      "/** The kernels as a WebAssembly module, base64. */",
      "export const KERNELS_WASM =",
      `  "${readFileSync(out).toString("base64")}";\n`,
    ].join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  writeFileSync(TARGET, compileKernels());
  console.log(`wrote ${TARGET}`);
}

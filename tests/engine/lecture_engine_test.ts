import { assert, assertEquals } from "@std/assert";
import { permittedTest } from "../_support/permitted.ts";

/** The engine that a process of its own picks. */
async function picked(LECTURE_ENGINE: string): Promise<{ text: string; success: boolean }> {
  const code = 'import { engine } from "#lib/engine/mod.ts"; console.log((await engine()).kind);';
  const { success, stdout, stderr } = await new Deno.Command("deno", {
    args: ["eval", "--quiet", code],
    env: { LECTURE_ENGINE },
  }).output();
  return { success, text: new TextDecoder().decode(success ? stdout : stderr).trim() };
}

permittedTest("LECTURE_ENGINE picks the engine where the program does not", ["run"], async () => {
  for (const kind of ["cpu", "wasm"]) {
    assertEquals(await picked(kind), { success: true, text: kind });
  }
  const { success, text } = await picked("abacus");
  assert(
    !success && text.includes('expected one of native, wasm, cpu, webgpu, got "abacus"'),
    text,
  );
});

/**
 * Files that are there whole or not at all.
 *
 * ```ts
 * import { writeWholeSync } from "#lib/files/mod.ts";
 *
 * const file = Deno.makeTempFileSync();
 * writeWholeSync(file, "Good muffins cost $3.88");
 * console.log(Deno.readTextFileSync(file));
 * Deno.removeSync(file);
 * ```
 *
 * @module
 */
export { type Contents, writeWhole, writeWholeSync } from "./write_whole.ts";

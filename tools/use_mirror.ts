/**
 * Preloaded by the tasks (`--preload`): where a folder of corpora lies beside the project, it
 * becomes the mirror. The library itself knows nothing but the variable `LECTURE_MIRROR`.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../shared/data", import.meta.url));
try {
  if (!Deno.env.get("LECTURE_MIRROR") && existsSync(beside)) {
    Deno.env.set("LECTURE_MIRROR", beside);
  }
} catch (error) {
  if (!(error instanceof Deno.errors.NotCapable)) throw error; // no permission: no mirror
}

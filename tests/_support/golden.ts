/**
 * Reference outputs of other programs. They hold third-party text, so they lie beside the project
 * and not in it; tests that need them are ignored where they are absent.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mayRead } from "./permission.ts";

/** The folder of reference outputs: beside the mirror of `LECTURE_MIRROR`, or beside the project. */
function findFolder(): string | undefined {
  if (!mayRead) return undefined;
  const mirror = Deno.env.get("LECTURE_MIRROR");
  const places = [
    ...(mirror ? [join(mirror, "../golden")] : []),
    fileURLToPath(new URL("../../../shared/golden", import.meta.url)),
  ];
  return places.find((place) => existsSync(place));
}

const folder = findFolder();

/** Whether the reference outputs are there. */
export const hasGolden: boolean = folder !== undefined;

/** A reference output as text. */
export function readGolden(name: string): string {
  return readFileSync(join(folder!, name), "utf8");
}

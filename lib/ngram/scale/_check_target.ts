import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { ScaleError } from "./scale_error.ts";

/**
 * Checks that a file can get this name, before work is done for it.
 *
 * @throws {ScaleError} if its folder is not there, or the name is that of a folder
 */
export function checkTarget(path: string): void {
  const folder = dirname(path);
  if (!isFolder(folder)) {
    throw new ScaleError(
      "missing file",
      `Cannot write ${path}: expected the folder ${folder}, got none (make it first)`,
    );
  }
  if (isFolder(path)) {
    throw new ScaleError(
      "exists",
      `Cannot write ${path}: expected the name of a file, got a folder`,
    );
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

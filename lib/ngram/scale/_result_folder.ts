import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { ScaleError } from "./scale_error.ts";

/**
 * Fills a folder whole or not at all: a temporary one beside it, which then takes its name.
 *
 * @throws {ScaleError} if the folder is there already
 */
export async function fillFolder<T>(
  path: string,
  fill: (temporary: string) => Promise<T>,
): Promise<T> {
  if (existsSync(path)) {
    throw new ScaleError(
      "exists",
      `Cannot write ${path}: expected no such folder yet, got one (remove it, or name another)`,
    );
  }
  const temporary = `${path}.${crypto.randomUUID()}.part`;
  try {
    await mkdir(temporary, { recursive: true });
    const result = await fill(temporary);
    await rename(temporary, path);
    return result;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

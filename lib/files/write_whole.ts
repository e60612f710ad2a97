import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";

/** What is written: all of it, or piece by piece. */
export type Contents = string | Uint8Array | Iterable<string | Uint8Array>;

/**
 * Writes a file whole or not at all: into a file of its own beside it, which takes its name once
 * the disk has it. Of several that write at the same time the last one stays.
 *
 * @throws {Error} if the folder is missing or cannot be written; nothing is left behind
 */
export async function writeWhole(path: string, contents: Contents): Promise<void> {
  const temporary = temporaryName(path);
  const file = await open(temporary, "wx");
  try {
    try {
      for (const piece of pieces(contents)) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * {@linkcode writeWhole} while everything else waits.
 *
 * @throws {Error} if the folder is missing or cannot be written; nothing is left behind
 */
export function writeWholeSync(path: string, contents: Contents): void {
  const temporary = temporaryName(path);
  const file = openSync(temporary, "wx");
  try {
    try {
      for (const piece of pieces(contents)) writeFileSync(file, piece);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function temporaryName(path: string): string {
  return `${path}.${crypto.randomUUID()}.part`;
}

function pieces(contents: Contents): Iterable<string | Uint8Array> {
  return typeof contents === "string" || contents instanceof Uint8Array ? [contents] : contents;
}

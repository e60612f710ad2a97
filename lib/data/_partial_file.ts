import { mkdir, open, readdir, rename, rm, stat, truncate } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DataError } from "./data_error.ts";
import type { WantedFile } from "./_wanted_file.ts";

// A transfer writes to a file of its own, `<file>.<random>.part`, so that two processes never
// write to the same one; the last step is a rename, which is atomic. A transfer that fails leaves
// its bytes as `<file>.part`. The next one takes them over by renaming, which only one can.

/** A partial file nobody has written to for this long, in ms, belongs to a process that died. */
const ABANDONED = 10 * 60 * 1000;

/** Makes the file's folder and a partial file, which may hold bytes of an earlier try. */
export function claimPartial(wanted: WantedFile): Promise<string> {
  return onDisk(wanted, async () => {
    const folder = dirname(wanted.path), name = basename(wanted.path);
    await mkdir(folder, { recursive: true });
    const own = join(folder, `${name}.${crypto.randomUUID()}.part`);
    for (const entry of await readdir(folder)) {
      if (!entry.startsWith(`${name}.`) || !entry.endsWith(".part")) continue;
      const path = join(folder, entry);
      if (entry === `${name}.part` || await isAbandoned(path)) {
        if (await renameIfThere(path, own)) break;
      }
    }
    await (await open(own, "a")).close(); // a folder that cannot be written is found here
    if (await sizeOf(own) > wanted.file.bytes) await truncate(own, 0);
    return own;
  });
}

/** Leaves the bytes for the next try. */
export async function releasePartial(wanted: WantedFile, own: string): Promise<void> {
  if (await sizeOf(own) > 0) await renameIfThere(own, `${wanted.path}.part`);
  else await rm(own, { force: true });
}

/** Gives the complete file its name. */
export function commitPartial(wanted: WantedFile, own: string): Promise<void> {
  return onDisk(wanted, () => rename(own, wanted.path));
}

/** Size in bytes; 0 if there is no such file. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Whether an error of the file system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
}

/** Runs what writes to the cache; its errors become ones that say what to do. */
export async function onDisk<T>(wanted: WantedFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(wanted, error);
  }
}

function diskError(wanted: WantedFile, error: unknown): unknown {
  const { dataset, file, path } = wanted;
  const folder = dirname(path), reason = error instanceof Error ? error.message : String(error);
  const options = { dataset, file: file.name, cause: error };
  const what = `Cannot store ${dataset}/${file.name}: expected to write in ${folder}`;
  if (error instanceof Deno.errors.NotCapable) {
    return new DataError(
      `${what}, got ${reason} (allow it: deno run -P=data --allow-write="${dirname(folder)}"` +
        ` lib/data/main.ts fetch ${dataset})`,
      { ...options, code: "not-permitted" },
    );
  }
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new DataError(
        `${what}, got a full disk (free ${file.bytes} bytes, or set LECTURE_DATA to a folder on` +
          " another disk, and run it again: what has come so far is kept)",
        { ...options, code: "disk-full" },
      );
    case "EROFS":
    case "EACCES":
    case "EPERM":
    case "ENOTDIR":
    case "EEXIST":
    case "EISDIR":
      return new DataError(`${what}, got ${reason} (set LECTURE_DATA to a folder you may write)`, {
        ...options,
        code: "not-writable",
      });
    default:
      return error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > ABANDONED;
  } catch (error) {
    if (isMissing(error)) return false; // another process was quicker
    throw error;
  }
}

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

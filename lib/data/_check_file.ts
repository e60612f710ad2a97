import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { isMissing } from "./_partial_file.ts";
import type { DatasetFile } from "./registry.ts";

/** What is at a path: the file of the manifest, nothing, or something else. */
export type FileState = "present" | "missing" | "damaged";

/**
 * Looks whether a path holds the file.
 *
 * @param depth "size": only its size is compared; "hash": its bytes too
 */
export async function checkFile(
  path: string,
  file: DatasetFile,
  depth: "size" | "hash",
): Promise<FileState> {
  try {
    if ((await stat(path)).size !== file.bytes) return "damaged";
  } catch (error) {
    if (isMissing(error)) return "missing";
    throw error;
  }
  return depth === "size" || await sha256(path) === file.sha256 ? "present" : "damaged";
}

/** SHA-256 of a file's bytes in lower-case hexadecimal. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

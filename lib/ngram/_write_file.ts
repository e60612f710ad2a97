import { open, rename, rm } from "node:fs/promises";

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
 *
 * @param pieces the contents
 */
export async function writeWhole(
  path: string,
  pieces: Iterable<string | Uint8Array>,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.part`;
  const file = await open(temporary, "wx");
  try {
    try {
      for (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

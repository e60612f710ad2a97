import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { claimPartial, commitPartial, isMissing, onDisk } from "./_partial_file.ts";
import { fault, reasonOf, type WantedFile } from "./_wanted_file.ts";

/** Copies a file of a mirror folder into the cache, verified. */
export async function copy(wanted: WantedFile, place: string): Promise<void> {
  const bytes = await readFile(place).catch((error) => {
    throw fault(wanted, {
      code: isMissing(error) ? "missing" : "unreachable",
      ...{ place, expected: "a file", found: reasonOf(error), cause: error },
      todo: "see the variable LECTURE_MIRROR",
    });
  });
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== wanted.file.sha256) {
    throw fault(wanted, {
      code: "wrong-hash",
      ...{ place, expected: `SHA-256 ${wanted.file.sha256}`, found },
      todo: "replace the file on the mirror; nothing was stored",
    });
  }
  const part = await claimPartial(wanted);
  try {
    await onDisk(wanted, () => writeFile(part, bytes));
    await commitPartial(wanted, part);
  } finally {
    await rm(part, { force: true });
  }
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { formatNotebook, type Notebook } from "../../tools/jupyter/ipynb.ts";

/** A notebook of code cells without outputs. */
export function notebookOf(...sources: string[]): Notebook {
  return {
    cells: sources.map((source, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Writes a notebook to a folder within the project, where deno.json is found, for a while. */
export async function withNotebook(
  notebook: Notebook,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(fileURLToPath(new URL("../tools/_tmp-", import.meta.url)));
  try {
    const path = join(folder, "tiny.ipynb");
    writeFileSync(path, formatNotebook(notebook));
    await use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { basename, dirname, join, resolve } from "node:path";
import { codeCells, type Notebook } from "./ipynb.ts";

/**
 * Type-checks the code cells of notebooks: the kernel itself checks no types, gives `undefined`
 * for a name that a module lacks, and says nothing about a syntax error. The cells of a notebook
 * are checked as one module beside it, so a name may be declared in one cell only.
 *
 * @param notebooks by path
 * @returns what `deno check` finds, its places said as `path cell [2] line 3:5`; empty if all is well
 */
export async function typeCheck(notebooks: ReadonlyMap<string, Notebook>): Promise<string> {
  if (notebooks.size === 0) return "";
  const modules = [...notebooks].map(([path, notebook]) => ({
    path,
    file: join(dirname(resolve(path)), `.${basename(path, ".ipynb")}.cells.ts`),
    ...joinCells(notebook),
  }));
  try {
    for (const { file, code } of modules) Deno.writeTextFileSync(file, code);
    const { success, stderr } = await new Deno.Command("deno", {
      args: ["check", "--quiet", ...modules.map(({ file }) => file)],
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    if (success) return "";
    const found = new TextDecoder().decode(stderr);
    return modules.reduce((text, module) => placesInCells(text, module), found).trim();
  } finally {
    for (const { file } of modules) Deno.removeSync(file);
  }
}

/** A place in a notebook: a line of a code cell. */
interface Place {
  cell: number;
  line: number;
}

/** The cells as one module, and for each of its lines where it stands in the notebook. */
function joinCells(notebook: Notebook): { code: string; places: Place[] } {
  const lines: string[] = [], places: Place[] = [];
  for (const [i, { source }] of codeCells(notebook).entries()) {
    // The semicolon ends a cell that ends without one before the next begins with a bracket.
    for (const [j, line] of [...source.split("\n"), ";"].entries()) {
      lines.push(line);
      places.push({ cell: i + 1, line: j + 1 });
    }
  }
  return { code: [...lines, "export {};"].join("\n") + "\n", places };
}

function placesInCells(
  text: string,
  { path, file, places }: { path: string; file: string; places: Place[] },
): string {
  return text.replaceAll(/file:\/\/\S+?\.cells\.ts:(\d+):(\d+)/g, (found, line, column) => {
    const place = places[Number(line) - 1];
    if (!place || !found.includes(encodeURI(basename(file)))) return found;
    return `${path} cell [${place.cell}] line ${place.line}:${column}`;
  });
}

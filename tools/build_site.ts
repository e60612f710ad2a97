/**
 * Builds the browser pages: `deno task site` bundles the scripts of site/ with the library, puts the
 * wasm backend and the texts of two corpora beside them and says how to look at them. Any static
 * server can serve the folder.
 *
 * @module
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMobyDick, readStateOfTheUnion } from "#lib/data/mod.ts";
import { splitSentences } from "#lib/text/mod.ts";
import { readOptions, refuse } from "./options.ts";

const HELP = `Builds the browser pages.

deno task site [FOLDER]

  FOLDER  where they go; _site where it is left out`;

const SOURCE = fileURLToPath(new URL("../site/", import.meta.url));

/** The backend's builds, of which a browser takes the one it can run. */
const WASM_FILES = ["", "-simd", "-threaded-simd"].map((kind) =>
  fileURLToPath(import.meta.resolve(
    `../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind}.wasm`,
  ))
);

const PAGES = ["boundary", "typing", "parsing"];

/** Builds the pages into a folder. */
export async function buildSite(folder: string): Promise<void> {
  mkdirSync(join(folder, "corpora"), { recursive: true });
  for (const page of PAGES) {
    bundle(join(SOURCE, `${page}.ts`), join(folder, `${page}.js`));
    copyFileSync(join(SOURCE, `${page}.html`), join(folder, `${page}.html`));
  }
  for (const name of ["index.html", "style.css"]) {
    copyFileSync(join(SOURCE, name), join(folder, name));
  }
  for (const file of WASM_FILES) copyFileSync(file, join(folder, basename(file)));
  for (const [name, text] of Object.entries(await corpora())) {
    writeFileSync(join(folder, "corpora", `${name}.txt`), text);
  }
}

/** One script with all it imports. */
function bundle(source: string, script: string): void {
  const { success, stderr } = new Deno.Command("deno", {
    args: ["bundle", "--quiet", "--platform=browser", "--minify", "--output", script, source],
  }).outputSync();
  if (!success) throw new Error(`Cannot bundle ${source}: ${new TextDecoder().decode(stderr)}`);
  writeFileSync(script, withoutNode(readFileSync(script, "utf8")));
}

/** Texts out of copyright, as the pages read them: a sentence a line. */
async function corpora(): Promise<Record<string, string>> {
  const lines = (texts: { text: string }[]) =>
    texts.flatMap(({ text }) => splitSentences(text.replaceAll(/\s+/g, " "))).join("\n") + "\n";
  return {
    "moby-dick": lines(await readMobyDick()),
    "state-of-the-union": lines(await readStateOfTheUnion()),
  };
}

/**
 * Parts of the library read files. A browser has no `node:` modules, so functions imported from them
 * say so when they are called, and modules imported as a whole are empty.
 */
function withoutNode(code: string): string {
  const imported = /import([^;"']+?)from"(node:[^"]+)";/g;
  return code.replaceAll(imported, (_, clause: string, module: string) => {
    const [, whole, names = ""] = /^\s*([\w$]+)?,?\s*(?:\{([^}]*)\})?\s*$/.exec(clause)!;
    const functions = names.split(",").filter(Boolean).map((name) =>
      `function ${name.split(" as ").at(-1)}(){throw new Error("a browser has no ${module}")}`
    );
    return (whole ? `const ${whole}={};` : "") + functions.join("");
  });
}

if (import.meta.main) {
  const { positionals } = readOptions(HELP, { allowPositionals: true });
  if (positionals.length > 1) {
    refuse(`Cannot build the pages: expected one folder, got ${positionals.length}`, HELP);
  }
  const [folder = "_site"] = positionals;
  await buildSite(folder);
  console.log(
    `The pages are in ${folder}; to see them: python3 -m http.server --directory ${folder}`,
  );
}

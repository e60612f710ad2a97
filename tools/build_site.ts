/**
 * Builds the browser page: `deno task site [folder]` bundles site/main.ts with the library, puts
 * the wasm backend beside it and says how to look at it. Any static server can serve the folder.
 *
 * @module
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../site/", import.meta.url));

/** The backend's builds, of which a browser takes the one it can run. */
const WASM_FILES = ["", "-simd", "-threaded-simd"].map((kind) =>
  fileURLToPath(import.meta.resolve(
    `../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind}.wasm`,
  ))
);

/** Builds the page into a folder. */
export function buildSite(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const script = join(folder, "main.js");
  const { success, stderr } = new Deno.Command("deno", {
    args: [
      ...["bundle", "--quiet", "--platform=browser", "--minify", "--output", script],
      join(SOURCE, "main.ts"),
    ],
  }).outputSync();
  if (!success) throw new Error(`Cannot bundle the page: ${new TextDecoder().decode(stderr)}`);
  writeFileSync(script, withoutNode(readFileSync(script, "utf8")));
  for (const name of ["index.html", "style.css"]) {
    copyFileSync(join(SOURCE, name), join(folder, name));
  }
  for (const file of WASM_FILES) copyFileSync(file, join(folder, basename(file)));
}

/**
 * Parts of the library read files. A browser has no `node:` modules, so what is imported from them
 * becomes functions that say so when they are called.
 */
function withoutNode(code: string): string {
  return code.replaceAll(
    /import\{([^}]*)\}from"(node:[^"]+)";/g,
    (_, names: string, module: string) =>
      names.split(",").map((name) => {
        const local = name.split(" as ").at(-1);
        return `function ${local}(){throw new Error("a browser has no ${module}")}`;
      }).join(""),
  );
}

if (import.meta.main) {
  const folder = Deno.args[0] ?? "_site";
  buildSite(folder);
  console.log(`The page is in ${folder}; to see it: python3 -m http.server --directory ${folder}`);
}

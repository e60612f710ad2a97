import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What to do where Jupyter is missing. */
export const HOW_TO_INSTALL = "Jupyter is missing; to install it: pip install jupyterlab plotly";

/** Whether the command `jupyter` is there and may be run. */
export function hasJupyter(): boolean {
  try {
    return new Deno.Command("jupyter", { args: ["lab", "--version"], stderr: "null" })
      .outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return false;
    }
    throw error;
  }
}

/**
 * The variables with which Jupyter finds the Deno kernel: a kernel specification within the
 * project, that starts the very Deno this runs on. Nothing is installed elsewhere.
 */
export function kernelEnvironment(): Record<string, string> {
  const data = fileURLToPath(new URL("../../.cache/jupyter-data/", import.meta.url));
  const folder = join(data, "kernels", "deno");
  mkdirSync(folder, { recursive: true });
  const argv = [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"];
  const specification = { argv, display_name: "Deno", language: "typescript" };
  writeFileSync(join(folder, "kernel.json"), JSON.stringify(specification, null, 1));
  const others = Deno.env.get("JUPYTER_PATH");
  return { JUPYTER_PATH: others ? data + delimiter + others : data };
}

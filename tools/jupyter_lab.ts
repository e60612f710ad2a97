/**
 * Opens JupyterLab on the notebooks, with the Deno kernel: `deno task jupyter [option …]`. Options
 * go to `jupyter lab`, such as `--no-browser` or `--port=9999`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { hasJupyter, HOW_TO_INSTALL, kernelEnvironment } from "./jupyter/lab.ts";

if (!hasJupyter()) {
  console.error(HOW_TO_INSTALL);
  Deno.exit(1);
}
const notebooks = fileURLToPath(new URL("../notebooks/", import.meta.url));
const lab = new Deno.Command("jupyter", {
  args: ["lab", `--ServerApp.root_dir=${notebooks}`, ...Deno.args],
  env: kernelEnvironment(),
}).spawn();
Deno.addSignalListener("SIGINT", () => {}); // Ctrl-C reaches JupyterLab as well, which asks back
Deno.exit((await lab.status).code);

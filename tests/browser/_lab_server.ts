import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { kernelEnvironment } from "../../tools/jupyter/lab.ts";

/** Options of Jupyter that keep a test's server from asking, updating and remembering. */
const QUIET = [
  "--no-browser",
  "--allow-root",
  "--expose-app-in-browser", // the page's scripts may then use `jupyterapp`
  "--log-level=ERROR",
  "--LabApp.news_url=None",
  "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
];

/** A JupyterLab on a free port, which ends and leaves nothing behind. */
export class LabServer {
  /** Where the browser goes, followed by the path of a notebook. */
  readonly address: string;
  readonly #token: string;
  readonly #process: Deno.ChildProcess;

  private constructor(process: Deno.ChildProcess, address: string, token: string) {
    this.#process = process;
    this.address = address;
    this.#token = token;
  }

  /**
   * Starts JupyterLab and waits until it answers.
   *
   * @param folders what it shows, and where it may keep what it remembers
   */
  static async start(folders: { root: string; memory: string }): Promise<LabServer> {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    listener.close();
    const token = crypto.randomUUID();
    const { root, memory } = folders;
    writeSettings(`${memory}/settings`);
    const process = new Deno.Command("jupyter", {
      args: [
        "lab",
        ...QUIET,
        `--ServerApp.port=${port}`,
        `--IdentityProvider.token=${token}`,
        `--ServerApp.root_dir=${root}`,
        `--LabApp.user_settings_dir=${memory}/settings`,
        `--LabApp.workspaces_dir=${memory}/workspaces`,
      ],
      env: {
        ...kernelEnvironment(),
        JUPYTER_CONFIG_DIR: `${memory}/config`,
        JUPYTER_RUNTIME_DIR: `${memory}/runtime`,
        JUPYTER_DATA_DIR: `${memory}/data`,
      },
      ...{ stdin: "null", stdout: "null" },
    }).spawn();
    const server = new LabServer(process, `http://127.0.0.1:${port}/lab/tree/`, token);
    await server.#untilUp(`http://127.0.0.1:${port}/api/status?token=${token}`);
    return server;
  }

  /** The address of a notebook, with leave to open it. */
  pageOf(name: string): string {
    return `${this.address}${encodeURIComponent(name)}?token=${this.#token}`;
  }

  /** Ends the server and its kernels. */
  async stop(): Promise<void> {
    const address = new URL("/api/shutdown", this.address);
    const headers = { Authorization: `token ${this.#token}` };
    const answer = await fetch(address, { method: "POST", headers });
    await answer.body?.cancel();
    await this.#process.status;
  }

  async #untilUp(address: string): Promise<void> {
    let hasEnded = false;
    this.#process.status.then(() => hasEnded = true);
    for (const start = performance.now(); performance.now() - start < 60_000;) {
      if (hasEnded) throw new Error("JupyterLab ended before it answered");
      try {
        const answer = await fetch(address);
        await answer.body?.cancel();
        if (answer.ok) return;
      } catch {
        // not yet
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    this.#process.kill();
    throw new Error("JupyterLab did not answer within a minute");
  }
}

/** Cells out of sight are drawn too, and no question about news covers them. */
function writeSettings(folder: string): void {
  const settings = {
    "notebook-extension/tracker": { windowingMode: "none" },
    "apputils-extension/notification": { fetchNews: "false", checkForUpdates: false },
  };
  for (const [name, value] of Object.entries(settings)) {
    const file = `${folder}/@jupyterlab/${name}.jupyterlab-settings`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
  }
}

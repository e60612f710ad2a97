/** A Spark standalone cluster on this machine: a master and workers on loopback. */
import { existsSync } from "node:fs";
import { mayUseDuckDb } from "./duckdb.ts";
import { isGranted } from "./permission.ts";

const home = new URL("../../.cache/spark/home", import.meta.url).pathname;

/** Spark's program for SQL. */
export const sparkSql = `${home}/bin/spark-sql`;

/** Why there is no cluster, or "" where there may be one. */
export const noSpark: string = !mayUseDuckDb ||
    !isGranted({ name: "run", command: "./.cache/spark/home/bin/spark-class" })
  ? "needs permission: deno test -P"
  : existsSync(sparkSql)
  ? ""
  : "Spark is not here: bench/ngram/setup_spark.sh installs it";

/** A running cluster. */
export interface SparkCluster extends AsyncDisposable {
  /** The master's address. */
  master: string;
  /** Ends a worker at once, as a machine that fails does. */
  killWorker(): void;
}

/** Starts a master and two workers of one core each; they end when the cluster is disposed of. */
export async function startCluster(folder: string): Promise<SparkCluster> {
  const port = freePort(), master = `spark://127.0.0.1:${port}`;
  const workers: Deno.ChildProcess[] = [];
  const head = start("master.Master", ["--port", `${port}`], folder);
  await until(() => answers(port), "the master");
  for (const worker of ["worker1", "worker2"]) {
    const settings = ["--cores", "1", "--memory", "1g", "--work-dir", `${folder}/${worker}`];
    workers.push(start("worker.Worker", [...settings, master], folder));
  }
  const all = [head, ...workers];
  return {
    master,
    killWorker: () => workers[0].kill("SIGKILL"),
    async [Symbol.asyncDispose]() {
      for (const process of all) {
        try {
          process.kill("SIGKILL");
        } catch { /* it has ended */ }
      }
      await Promise.all(all.map((process) => process.status));
    },
  };
}

function start(role: string, args: string[], folder: string): Deno.ChildProcess {
  const main = `org.apache.spark.deploy.${role}`;
  return new Deno.Command(`${home}/bin/spark-class`, {
    args: [main, "--host", "127.0.0.1", "--webui-port", "0", ...args],
    env: { SPARK_HOME: home, SPARK_LOCAL_DIRS: `${folder}/local`, SPARK_LOG_DIR: folder },
    stdout: "null",
    stderr: "null",
  }).spawn();
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

async function answers(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

/** Waits until something is so, ten minutes at most. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Cannot wait any longer for ${what}`);
}

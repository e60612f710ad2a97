import { execFile } from "node:child_process";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import type { JobStep } from "./counting_job.ts";
import { explainFailure, ScaleError } from "./scale_error.ts";
import type { SparkOptions } from "./spark_options.ts";

/** How long a master may take to answer, in milliseconds. */
const PATIENCE = 5000;

/**
 * Runs the steps of a job as one SQL script on a cluster. All its machines must see the folder under
 * the same path. Memory and cores are the cluster's and `spark-defaults.conf`'s matter.
 *
 * @param folder where the table `tokens` is, in a folder of that name, and the results go
 * @returns the files of each result in the folder, in the order of its rows
 * @throws {ScaleError} if the cluster does not answer or gives up
 */
export async function runOnSpark(
  steps: readonly JobStep[],
  folder: string,
  options: SparkOptions & { signal?: AbortSignal },
): Promise<Map<string, string[]>> {
  const { master, sparkSql = "spark-sql", signal } = options;
  const work = join(folder, "spark");
  await mkdir(work);
  await writeFile(join(work, "job.sql"), script(steps, folder));
  const settings = { "spark.sql.catalogImplementation": "in-memory", "spark.ui.enabled": "false" };
  const conf = Object.entries(settings).flatMap(([name, value]) => ["--conf", `${name}=${value}`]);
  const args = ["--master", master, ...conf, "-f", join(work, "job.sql")];
  await run(sparkSql, args, { cwd: work, signal });
  await rm(work, { recursive: true });
  return new Map(
    await Promise.all(steps.map(async ({ name }) => {
      return [name, await tidied(folder, name)] as const;
    })),
  );
}

/** The job as one SQL script: each result is written, then read by its name. */
function script(steps: readonly JobStep[], folder: string): string {
  const path = (name: string) => `'${join(folder, name).replaceAll("'", "\\'")}'`;
  const view = (name: string) =>
    `CREATE TEMPORARY VIEW ${name} USING parquet OPTIONS (path ${path(name)});\n`;
  const results = steps.map(({ name, query }) =>
    `INSERT OVERWRITE DIRECTORY ${path(name)} USING parquet ${query};\n${view(name)}`
  );
  return view("tokens") + results.join("");
}

/** Leaves nothing but the Parquet files in a result's folder; gives their names in their order. */
async function tidied(folder: string, name: string): Promise<string[]> {
  const files = await readdir(join(folder, name));
  for (const file of files.filter((each) => !each.endsWith(".parquet"))) {
    await rm(join(folder, name, file));
  }
  return files.filter((each) => each.endsWith(".parquet")).sort().map((each) => `${name}/${each}`);
}

/**
 * Asks whether the master of a standalone cluster answers, before any work is done for it: Spark
 * itself would try for a minute.
 *
 * @throws {ScaleError} if it does not
 */
export async function checkMaster(master: string): Promise<void> {
  const [, host, port] = /^spark:\/\/([^:,/]+):(\d+)$/.exec(master) ?? [];
  if (!host) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host, port: Number(port), timeout: PATIENCE });
  socket.once("connect", resolve).once("error", reject);
  socket.once("timeout", () => reject(new Error("no answer")));
  try {
    await promise;
  } catch (cause) {
    throw new ScaleError(
      "no cluster",
      `Cannot count n-grams on ${master}: expected a Spark master that answers, got ` +
        `${(cause as Error).message} (is the address right, and the master running?)`,
      { cause },
    );
  } finally {
    socket.destroy();
  }
}

async function run(
  program: string,
  args: string[],
  options: { cwd: string; signal?: AbortSignal },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  execFile(program, args, { ...options, maxBuffer: 1 << 28 }, (error, _, errors) => {
    if (!error) resolve();
    else if (error.code === "ENOENT") reject(missing(program, error));
    else reject(explainFailure("count n-grams on Spark", lastErrors(errors) || error.message));
  });
  await promise;
}

/** The lines of Spark's log that say what went wrong, the last ones. */
function lastErrors(log: string): string {
  const lines = log.split("\n").filter((line) => /ERROR|Error|Exception|unresponsive/.test(line));
  return lines.slice(-6).reverse().join("\n");
}

function missing(program: string, cause: Error): ScaleError {
  return new ScaleError(
    "engine",
    `Cannot count n-grams on Spark: expected the program ${program}, got none (put Spark's bin on` +
      " PATH, or name the program)",
    { cause },
  );
}

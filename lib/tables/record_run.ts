import { mkdir } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "#lib/files/mod.ts";
import type { RecordedRun } from "./table.ts";

/** Processor, cores and memory of this machine. */
function machineDescription(): string {
  const processors = cpus();
  return `${processors[0].model}, ${processors.length} cores, ` +
    `${Math.round(totalmem() / 2 ** 30)} GB`;
}

/**
 * Keeps a run of today on this machine as `results/<table>/<row>.json`.
 *
 * @returns the file
 */
export async function recordRun(
  table: string,
  row: string,
  run: Omit<RecordedRun, "date" | "machine">,
): Promise<string> {
  const folder = fileURLToPath(new URL(`../../results/${table}/`, import.meta.url));
  const { metrics, ...rest } = run;
  const whole: RecordedRun = {
    metrics,
    date: new Date().toISOString().slice(0, 10),
    machine: machineDescription(),
    ...rest,
  };
  const file = join(folder, `${row}.json`);
  await mkdir(folder, { recursive: true });
  await writeWhole(file, JSON.stringify(whole, null, 2) + "\n");
  return file;
}

import { codeCells, type DataOutput, type Notebook, type Output } from "./ipynb.ts";
import { Kernel } from "./kernel.ts";
import { OutputCollector } from "./outputs.ts";

/** How {@linkcode runNotebook} runs. */
export interface RunOptions {
  /** The folder of the notebook. */
  cwd: string;
  /** Variables added to the environment of the kernel. */
  env?: Record<string, string>;
  /**
   * How long one cell may take, in seconds.
   *
   * @default {90}
   */
  cellSeconds?: number;
}

/** What came of running a notebook. */
export interface NotebookRun {
  /** The outputs of the code cells that ran, in order. */
  outputs: Output[][];
  /** How long each of them took, in seconds. */
  cellSeconds: number[];
  /** From the start of the kernel's process to its first answer, in seconds. */
  startSeconds: number;
  /** The whole run, the start of the kernel included, in seconds. */
  seconds: number;
  /** The cell that failed and how, if one did; the cells after it did not run. */
  failure?: string;
}

/** Runs the cells from top to bottom in a kernel of their own, to the first that fails. */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<NotebookRun> {
  const { cellSeconds: limit = 90 } = options;
  const start = performance.now();
  const kernel = await Kernel.start(options);
  const run: NotebookRun = {
    outputs: [],
    cellSeconds: [],
    startSeconds: kernel.startSeconds,
    seconds: 0,
  };
  const displays = new Map<string, DataOutput[]>();
  const abandon = () => kernel.kill().finally(() => Deno.exit(130));
  Deno.addSignalListener("SIGINT", abandon); // a kernel that listens to SIGINT would live on
  try {
    for (const [i, cell] of codeCells(notebook).entries()) {
      const cellStart = performance.now();
      const collector = new OutputCollector(i + 1, displays);
      run.outputs.push(collector.outputs);
      const failure = await runCell(kernel, { source: cell.source, limit, collector });
      run.cellSeconds.push((performance.now() - cellStart) / 1000);
      if (failure === undefined) continue;
      run.failure = `cell [${i + 1}] (${firstLine(cell.source)}): ${failure}`;
      break;
    }
  } finally {
    Deno.removeSignalListener("SIGINT", abandon);
    await kernel.stop();
  }
  run.seconds = (performance.now() - start) / 1000;
  return run;
}

/** Runs one cell; returns what went wrong. */
async function runCell(
  kernel: Kernel,
  options: { source: string; limit: number; collector: OutputCollector },
): Promise<string | undefined> {
  const { source, limit, collector } = options;
  try {
    const { messages, reply } = await kernel.execute(source, limit);
    for (const message of messages) collector.add(message);
    const error = collector.outputs.find((output) => output.output_type === "error");
    if (error) return [`${error.ename}: ${error.evalue}`, ...error.traceback].join("\n");
    if (reply.status === "ok") return undefined;
    return "the kernel refused it and says no more (a syntax error, or an import that failed?)";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function firstLine(source: string): string {
  return source.split("\n").find((line) => line.trim() !== "")!.trim();
}

import type { DataProgress } from "./data_options.ts";

/** Where the line is drawn. */
export interface ProgressStream {
  /** Whether what is written can be drawn over. */
  readonly isTTY?: boolean;
  /** Takes the next piece of text. */
  write(text: string): unknown;
}

/**
 * Draws how far a transfer has come: a bar that is drawn over on a terminal; elsewhere, such as in
 * a log, a line for each file that is complete.
 */
export function progressLine(stream: ProgressStream): (progress: DataProgress) => void {
  const width = 30;
  let last = "";
  return ({ dataset, file, bytes, totalBytes, isComplete }) => {
    const share = bytes / totalBytes;
    const bar = "#".repeat(Math.round(share * width)).padEnd(width, ".");
    const text = `${dataset} [${bar}] ${String(Math.floor(100 * share)).padStart(3)} % of ` +
      `${(totalBytes / 1e6).toFixed(1)} MB  ${file}`;
    if (!stream.isTTY) {
      if (isComplete) stream.write(`${text}\n`);
    } else if (text !== last) {
      stream.write(`\r\x1b[K${text}${bytes === totalBytes ? "\n" : ""}`);
    }
    last = text;
  };
}

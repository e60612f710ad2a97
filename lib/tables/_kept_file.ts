import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeWholeSync } from "#lib/files/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";

/** What is noted beside a kept file, as `<file>.json`. */
export type KeptNotes = {
  /** All that decided what is in the file. */
  run: JsonValue;
};

/** The run a file has to be of. */
export interface ExpectedRun {
  /** Its path. */
  file: string;
  /** All that decides the run. */
  run: JsonValue;
  /** Whether the number of epochs is left open. @default {false} */
  mayGoOn?: boolean;
}

/** Writes a file, then its notes: there are none beside a file that was cut off. */
export function keepFile<Notes extends KeptNotes>(
  file: string,
  notes: Notes,
  write: (path: string) => void,
): void {
  mkdirSync(dirname(file), { recursive: true });
  write(file);
  writeWholeSync(`${file}.json`, JSON.stringify(notes));
}

/**
 * What {@linkcode keepFile} noted.
 *
 * @returns undefined if nothing is kept
 * @throws {SyntaxError} if the file is of another run
 */
export function keptNotes<Notes extends KeptNotes>(expected: ExpectedRun): Notes | undefined {
  const { file } = expected, notes = `${file}.json`;
  if (!existsSync(file) || !existsSync(notes)) return undefined;
  const kept = JSON.parse(readFileSync(notes, "utf8")) as Notes;
  checkRun(kept.run, expected);
  return kept;
}

/**
 * Refuses what is kept of another run.
 *
 * @throws {SyntaxError} if the run found is not the one expected
 */
export function checkRun(
  kept: JsonValue | undefined,
  { file, run, mayGoOn = false }: ExpectedRun,
): void {
  const open = mayGoOn ? { epochs: undefined } : {};
  const [expected, found] = [run, kept].map((value) =>
    JSON.stringify({ ...value as object, ...open })
  );
  if (expected === found) return;
  throw new SyntaxError(
    `Cannot load ${file}: expected the run ${expected}, found ${found} (move the file away)`,
  );
}

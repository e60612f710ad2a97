import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The path of a file in `results/`, given without its `.json`. */
export function recordedFile(name: string): string {
  return fileURLToPath(new URL(`../../results/${name}.json`, import.meta.url));
}

/**
 * What is recorded in a file of `results/`.
 *
 * @param lacking names what a value read lacks
 * @returns undefined if there is no such file
 * @throws {SyntaxError} if the file is damaged
 */
export async function readRecorded<Recorded>(
  name: string,
  lacking: (found: Partial<Recorded>) => string[],
): Promise<Recorded | undefined> {
  const file = recordedFile(name);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
  return parseRecorded(text, { file, lacking });
}

/**
 * Reads the text of such a file.
 *
 * @throws {SyntaxError} if it is not JSON of an object that lacks nothing
 */
export function parseRecorded<Recorded>(
  text: string,
  { file, lacking }: { file: string; lacking: (found: Partial<Recorded>) => string[] },
): Recorded {
  const refuse = (problem: string): never => {
    throw new SyntaxError(
      `Cannot read ${file}: ${problem} (take it from git again: git checkout ${file})`,
    );
  };
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    return refuse(`expected JSON, found ${(error as Error).message}`);
  }
  if (typeof found !== "object" || found === null) {
    return refuse(`expected an object, found ${found}`);
  }
  const missing = lacking(found as Partial<Recorded>);
  return missing.length > 0
    ? refuse(`expected ${missing.join(", ")}, found none`)
    : found as Recorded;
}

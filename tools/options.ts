import { parseArgs, type ParseArgsConfig } from "node:util";

/** Reads the command line; `--help` prints the help and ends, a wrong option ends in {@linkcode refuse}. */
export function readOptions<Config extends ParseArgsConfig>(
  help: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if (Deno.args.includes("--help")) {
    console.log(help);
    Deno.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse((error as Error).message, help);
  }
}

/** The rows that `--row ID,ID` names, in its order; unknown ids are refused. */
export function chosenRows<Row extends { id: string }>(
  known: readonly Row[],
  ids: string | undefined,
  help: string,
): Row[] {
  if (!ids) return refuse("Cannot choose rows: expected --row ID[,ID], got none", help);
  return ids.split(",").map((id) =>
    known.find((row) => row.id === id) ??
      refuse(`Cannot choose rows: expected ids of those below, got "${id}"`, help)
  );
}

/** Says what is wrong with the command line and what would be right, and ends with code 2. */
export function refuse(message: string, help: string): never {
  console.error(`${message}\n\n${help}`);
  Deno.exit(2);
}

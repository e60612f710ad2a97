import { DataError, explained } from "#lib/data/mod.ts";

/** Ends with code 1 and a message where data is missing or a file does not fit; throws the rest. */
export function endWith(error: unknown): never {
  if (!(error instanceof DataError || error instanceof SyntaxError)) throw error;
  console.error(explained(error));
  Deno.exit(1);
}

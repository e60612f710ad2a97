import { DataError } from "#lib/data/mod.ts";

/** What an error says, with the command that helps. */
export function explained(error: unknown): string {
  const { message, command } = error as DataError;
  return !command || message.includes(command) ? message : `${message}; bring it with: ${command}`;
}

/** Ends with code 1 and a message where data is missing or a file does not fit; throws the rest. */
export function endWith(error: unknown): never {
  if (!(error instanceof DataError || error instanceof SyntaxError)) throw error;
  console.error(explained(error));
  Deno.exit(1);
}

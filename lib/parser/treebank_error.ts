/** A treebank file that is not as its format demands: says where, what was expected and found. */
export class TreebankError extends SyntaxError {
  /** Number of the line, from 1. */
  readonly line: number;
  /** Number of the tab-separated column, from 1; 1 if the line as a whole is meant. */
  readonly column: number;

  /** @internal */
  constructor(format: string, at: { line: number; column?: number; name?: string }, what: string) {
    const column = at.column ?? 1;
    const where = `line ${at.line}, column ${column}${at.name ? ` (${at.name})` : ""}`;
    super(`Cannot read ${format}, ${where}: ${what}`);
    this.name = "TreebankError";
    this.line = at.line;
    this.column = column;
  }
}

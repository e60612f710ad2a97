/** A token as it stands in the text. */
export interface AlignedToken {
  /** The characters of the text. */
  readonly form: string;
  /** Whether white space, or the end of the text, follows. */
  readonly spaceAfter: boolean;
}

/**
 * Finds the tokens of `treebankTokenize()` in their sentence. It changes quotation marks only: a
 * double one of any kind becomes two characters, a typographic single one a straight one.
 */
export function alignTokens(text: string, tokens: readonly string[]): AlignedToken[] {
  let at = 0;
  return tokens.map((token) => {
    while (/\s/.test(text[at] ?? "")) at++;
    const isDouble = (token === "``" || token === "''") && /["\u201c\u201d]/.test(text[at] ?? "");
    const form = text.slice(at, at + (isDouble ? 1 : token.length));
    at += form.length;
    return { form, spaceAfter: at === text.length || /\s/.test(text[at]) };
  });
}

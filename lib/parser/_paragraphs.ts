/** A paragraph longer than this (characters) is cut at a blank, so that memory stays bounded. */
const MAX_PARAGRAPH = 2 ** 16;

/**
 * The paragraphs of a text stream: lines joined by blanks up to the next empty line.
 *
 * @throws {SyntaxError} if the bytes are not UTF-8
 */
export async function* paragraphs(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of chunks) {
    rest += decode(decoder, chunk);
    const parts = rest.split(/\r?\n[ \t]*\r?\n\s*/);
    rest = parts.pop()!;
    for (const part of parts) yield joined(part);
    while (rest.length > MAX_PARAGRAPH) {
      const blank = rest.slice(0, MAX_PARAGRAPH).search(/\s\S*$/);
      const end = blank > 0 ? blank : MAX_PARAGRAPH;
      yield joined(rest.slice(0, end));
      rest = rest.slice(end);
    }
  }
  rest += decode(decoder);
  if (rest.trim() !== "") yield joined(rest);
}

function joined(paragraph: string): string {
  return paragraph.replaceAll(/\s+/g, " ").trim();
}

/** The characters that a chunk completes; without one, the text ends here. */
function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (cause) {
    const message = "Cannot read text: expected UTF-8, got bytes that are not";
    throw new SyntaxError(message, { cause });
  }
}

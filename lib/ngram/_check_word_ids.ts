/**
 * Checks that every id belongs to a word.
 *
 * @throws {RangeError} naming the first that does not, and where it stands
 */
export function checkWordIds(text: Int32Array, vocabularySize: number): void {
  const bad = text.findIndex((word) => word < 0 || word >= vocabularySize);
  if (bad < 0) return;
  throw new RangeError(
    `Cannot score a text: expected word ids below ${vocabularySize}, got ${text[bad]} at position` +
      ` ${bad} (was the text encoded with another vocabulary?)`,
  );
}

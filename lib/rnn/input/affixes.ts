/** Letters of the ends and beginnings that {@linkcode affixesOf} takes. */
const SUFFIXES = [1, 2, 3, 4], PREFIXES = [1, 2, 3];

/** Affixes of a word. */
export const AFFIXES: number = SUFFIXES.length + PREFIXES.length;

/** The ends and beginnings of a word, of 1 to 4 and of 1 to 3 letters, as they stand in the text. */
export function affixesOf(word: string): string[] {
  const letters = [...word];
  return [
    ...SUFFIXES.map((n) => `-${letters.slice(-n).join("")}`),
    ...PREFIXES.map((n) => `${letters.slice(0, n).join("")}-`),
  ];
}

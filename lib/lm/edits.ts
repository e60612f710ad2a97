/** The letters that are typed. */
export const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * Every string that one slip of the fingers makes of a word (Damerau 1964): a letter left out, two
 * neighbours swapped, a letter taken for another one, a letter too many.
 *
 * @returns each string once, without the word itself and the empty one
 */
export function edits(word: string): Set<string> {
  const found = new Set<string>(), letters = [...word];
  const join = (from: number, middle: string, to: number) =>
    found.add(letters.slice(0, from).join("") + middle + letters.slice(to).join(""));
  for (let i = 0; i <= letters.length; i++) {
    for (const letter of LETTERS) join(i, letter, i);
    if (i === letters.length) break;
    join(i, "", i + 1);
    for (const letter of LETTERS) join(i, letter, i + 1);
    if (i + 1 < letters.length) join(i, letters[i + 1] + letters[i], i + 2);
  }
  found.delete(word);
  found.delete("");
  return found;
}

/**
 * How many {@linkcode edits} a word of n of these letters in r runs of equal ones has: r strings with
 * a letter less, r − 1 with two swapped, 25 n with one changed, 25 n + 26 with one more.
 */
export function countEdits(word: string): number {
  const letters = [...word], n = letters.length;
  const runs = letters.filter((letter, i) => letter !== letters[i - 1]).length;
  const empty = n === 1 ? 1 : 0;
  return 2 * runs - 1 - empty + 25 * n + 25 * n + 26;
}

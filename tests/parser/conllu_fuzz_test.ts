import { assert } from "@std/assert";
import { formatConllu, parseConllu, TreebankError } from "#lib/parser/mod.ts";
import { type Random, seeded } from "#lib/random/mod.ts";
import { SAMPLE } from "./_sample.ts";

const ALPHABET = [
  "\t",
  "\n",
  " ",
  "#",
  "0",
  "1",
  "2",
  "9",
  "-",
  ".",
  "_",
  "a",
  "\r",
  "\u{feff}",
  "文",
];

/** The text with one to four random edits: deletions, insertions, copies, swapped lines, cuts. */
function mutate(text: string, random: Random): string {
  const at = () => Math.floor(random() * (text.length + 1));
  for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits--) {
    const [a, b] = [at(), at()].sort((x, y) => x - y);
    const kind = Math.floor(random() * 5);
    const symbol = ALPHABET[Math.floor(random() * ALPHABET.length)];
    if (kind === 0) text = text.slice(0, a) + text.slice(a + 1 + Math.floor(random() * 3));
    if (kind === 1) text = text.slice(0, a) + symbol + text.slice(a);
    if (kind === 2) text = text.slice(0, b) + text.slice(a, b) + text.slice(b);
    if (kind === 3) text = text.slice(0, a) + symbol + text.slice(a + 1);
    if (kind === 4) text = text.slice(0, random() < 0.1 ? a : text.length);
  }
  return text;
}

Deno.test("10,000 mutated files are read or refused with a line of the file", () => {
  const random = seeded(5);
  let read = 0, refused = 0;
  for (let n = 0; n < 10_000; n++) {
    const text = mutate(SAMPLE, random);
    try {
      const written = formatConllu(parseConllu(text));
      // what is read is written as it was, but for empty lines the end may lack
      assert(written === text || written === text + "\n" || written === text + "\n\n");
      read++;
    } catch (error) {
      assert(error instanceof TreebankError, String(error));
      assert(error.line >= 1 && error.line <= text.split("\n").length + 1, error.message);
      refused++;
    }
  }
  assert(read > 500 && refused > 5000, `${read} read, ${refused} refused`);
});

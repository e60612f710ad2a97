import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  correctSpelling,
  countEdits,
  edits,
  LETTERS,
  misspell,
  spellingErrors,
} from "#lib/lm/mod.ts";
import { addDelta, countNgrams } from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences, OpenVocabulary, Vocabulary } from "#lib/text/mod.ts";
import { toySentences } from "../_support/toy_text.ts";

/** Slips that make b of a, with one swap of neighbours counted as one (Damerau 1964), by its table. */
function distance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) d[i][j] = i + j;
      else {
        const change = d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
        d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, change);
        const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (isSwapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.length][b.length];
}

Deno.test("edits() are all strings at distance 1, and no others", () => {
  for (const word of ["a", "ab", "aa", "noon", "letter"]) {
    for (const slip of edits(word)) assertEquals(distance(word, slip), 1, `${word} ${slip}`);
    assertEquals(countEdits(word), edits(word).size, word);
  }
  const short = function* all(length: number): Generator<string> {
    if (length === 0) return yield "";
    for (const rest of all(length - 1)) for (const letter of "abz") yield rest + letter;
  };
  const strings = [1, 2, 3, 4].flatMap((length) => [...short(length)]);
  for (const word of ["a", "ab", "aba", "zz"]) {
    const expected = strings.filter((other) => distance(word, other) === 1);
    const found = [...edits(word)].filter((slip) => /^[abz]+$/.test(slip));
    assertEquals(found.sort(), expected.sort(), word);
  }
  assertEquals(LETTERS.length, 26);
});

Deno.test("misspell() errs at its rate, with words that are words as often as was asked", () => {
  const vocabulary = new Vocabulary(["form", "from", "zebra", "a", "N", "co."]);
  const words = ["from", "zebra", "a", "N", "co.", "unseen"], random = seeded(2), trials = 1500;
  let from = 0, real = 0, zebra = 0;
  for (let i = 0; i < trials; i++) {
    const typed = misspell(words, { rate: 0.3, vocabulary, realWords: 0.25, random });
    assertEquals(typed.slice(2), words.slice(2)); // too short, not letters, not in the vocabulary
    if (typed[0] !== "from") {
      from++;
      assert(edits("from").has(typed[0]));
      if (vocabulary.has(typed[0])) real++;
    }
    if (typed[1] !== "zebra") {
      zebra++;
      assert(!vocabulary.has(typed[1]));
    }
  }
  assertAlmostEquals(from / trials, 0.3, 0.04);
  assertAlmostEquals(zebra / trials, 0.3, 0.04);
  assertAlmostEquals(real / from, 0.25, 0.07);
  const again = () => misspell(words, { rate: 0.9, vocabulary, random: seeded(5) });
  assertEquals(again(), again());
  assertThrows(() => misspell(words, { rate: 2, vocabulary, random }), RangeError, "rate");
});

const { vocabulary, ids } = indexSentences([
  ...toySentences,
  ["the", "cat", "sat"],
  ["the", "car", "sat"],
  ["a", "cut"],
]);
const model = addDelta(countNgrams(ids, { order: 2, vocabulary }), 0.1);

Deno.test("a wide beam finds the best of all sentences that may have been meant", () => {
  const errorRate = 0.1, unknownWord = -8;
  for (
    const typed of [["the", "cxt", "sat"], ["a", "cat"], ["thee", "caf", "zzz"], ["cut", "cut"]]
  ) {
    const choices = typed.map((word) => [
      word,
      ...vocabulary.words.filter((other) => edits(word).has(other)),
    ]);
    const all = choices.reduce<string[][]>(
      (beginnings, words) => beginnings.flatMap((b) => words.map((word) => [...b, word])),
      [[]],
    );
    const value = (words: string[]) => {
      const text = vocabulary.encodeSentences([words]);
      const channel = words.map((word, i) => {
        if (word !== typed[i]) return Math.log(errorRate / edits(word).size);
        return Math.log(1 - errorRate) + (vocabulary.has(word) ? 0 : unknownWord);
      });
      return [...model.score(text), ...channel].reduce((a, b) => a + b, 0);
    };
    const best = all.reduce((a, b) => value(b) > value(a) ? b : a);
    const found = correctSpelling(model, typed, { errorRate, unknownWord, beam: 1000 });
    assertEquals(found, best);
  }
});

Deno.test("what cannot be meant otherwise stays: numbers, marks, words far from all others", () => {
  assertEquals(correctSpelling(model, ["N", "the", "xylophone", "."]), [
    ...["N", "the", "xylophone", "."],
  ]);
  assertEquals(correctSpelling(model, []), []);
  for (
    const wrong of [{ errorRate: 0 }, { errorRate: 1 }, { beam: 0 }, { beam: 1.5 }, {
      unknownWord: 1,
    }]
  ) {
    assertThrows(() => correctSpelling(model, ["the"], wrong), RangeError, "Cannot correct");
  }
});

Deno.test("a word known by its letters alone is as likely as <unk>, and no slip is lost to it", () => {
  const open = new OpenVocabulary(vocabulary.words.slice(3), [["zebra"]]);
  const spelled = { // the same probabilities; only ids differ
    vocabulary: open,
    initialState: () => model.initialState(),
    logProbabilities: (state: number) => model.logProbabilities(state),
    advance: (state: number, id: number) => model.advance(state, open.predicted(id)),
    score: (text: Int32Array) => model.score(text.map((id) => open.predicted(id))),
  };
  for (const typed of [["the", "zebra", "saat"], ["zebra"], ["zebra", "caat"]]) {
    assertEquals(correctSpelling(spelled, typed), correctSpelling(model, typed));
  }
});

Deno.test("spellingErrors() counts by hand", () => {
  const found = spellingErrors([{
    meant: ["the", "cat", "sat", "on", "a", "mat"],
    typed: ["teh", "car", "sat", "om", "a", "met"],
    corrected: ["the", "cat", "set", "om", "a", "met"],
  }], (word) => ["car", "met"].includes(word));
  assertEquals(found, {
    ...{ words: 6, nonWords: 2, nonWordsRight: 1, realWords: 2, realWordsRight: 1, spoilt: 1 },
  });
  const uneven = { meant: ["a"], typed: ["a"], corrected: [] };
  assertThrows(() => spellingErrors([uneven], () => true), RangeError, "expected 1 words");
});

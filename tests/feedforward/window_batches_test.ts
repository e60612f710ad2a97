import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  previousWords,
  windowBatches,
  type WindowExamples,
  wordsAround,
} from "#lib/feedforward/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const text = Int32Array.of(5, 6, 2, 7, 8, 9, 2);
const marks = { start: 1, end: 2 };

/** The words before each position, found one by one. */
function slowly(n: number, acrossSentences: boolean): number[] {
  return [...text].flatMap((_, t) => {
    const before = text.subarray(0, t);
    const seen = before.subarray(acrossSentences ? 0 : before.lastIndexOf(marks.end) + 1);
    return [...new Array(n).fill(1), ...seen].slice(-n);
  });
}

Deno.test("previousWords() gives the last n words, <s> before a sentence, or all words so far", () => {
  for (const n of [1, 2, 4]) {
    for (const acrossSentences of [false, true]) {
      const { windows, targets } = previousWords(text, { ...marks, window: n, acrossSentences });
      assertEquals([...windows], slowly(n, acrossSentences), `${n} ${acrossSentences}`);
      assertEquals(targets, text);
    }
  }
  const { windows } = previousWords(text, { ...marks, window: 2 });
  assertEquals([...windows], [1, 1, 1, 5, 5, 6, 1, 1, 1, 7, 7, 8, 8, 9]);
});

Deno.test("wordsAround() gives the words on both sides, marks beyond the sentence", () => {
  const sentences = [Int32Array.of(5, 6), Int32Array.of(7)];
  const windows = wordsAround(sentences, { reach: 2, ...marks });
  assertEquals([...windows], [1, 1, 5, 6, 2, 1, 5, 6, 2, 2, 1, 1, 7, 2, 2]);
});

Deno.test("minibatches hold every window with its target once, in another order each epoch", () => {
  const examples = previousWords(text, { ...marks, window: 2 });
  const read = (seed: number) => {
    const batches = windowBatches(examples, { size: 3 })(seeded(seed)) as Iterable<WindowExamples>;
    return [...batches].flatMap(({ windows, targets }) =>
      [...targets].map((target, i) => `${windows.subarray(2 * i, 2 * i + 2)} ${target}`)
    );
  };
  const all = [...text].map((id, t) => `${examples.windows.subarray(2 * t, 2 * t + 2)} ${id}`);
  assertEquals(read(1).toSorted(), all.toSorted());
  assertNotEquals(read(1), read(2));
  assertEquals(read(1), read(1));
  assertThrows(() => windowBatches(examples, { size: 0 }), RangeError, "above 0, got 0");
});

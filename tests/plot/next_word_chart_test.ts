import { assertEquals, assertThrows } from "@std/assert";
import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
import { nextWordChart } from "#lib/plot/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";

const { vocabulary, ids } = indexSentences([
  ...["rose", "rose", "rose", "lily", "lily", "thorn"].map((word) => ["a", word]),
]);
const model = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));

Deno.test("nextWordChart() shows the likeliest words, the likeliest first", () => {
  const { words } = nextWordChart(model, ["a"], { count: 2 });
  assertEquals(words, "a ___ [probability of each next word]\nrose 0.5, lily 0.333");
});

Deno.test("nextWordChart() marks the word drawn, also where it is not among the likeliest", () => {
  const bars = (drawn: string) =>
    nextWordChart(model, ["a"], { count: 2, drawn }).words.split("\n")[1];
  assertEquals(bars("lily"), "rose 0.5, → lily 0.333");
  assertEquals(bars("thorn"), "rose 0.5, lily 0.333, → thorn 0.167");
});

Deno.test("nextWordChart() refuses a context after which no word is possible", () => {
  assertThrows(() => nextWordChart(model, ["unseen"]), RangeError, 'draw "unseen ___"');
});

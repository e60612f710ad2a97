import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
import { nextWordChart } from "#lib/plot/mod.ts";
import { indexSentences, OpenVocabulary } from "#lib/text/mod.ts";
import { fixedModel } from "../_support/fixed_model.ts";

const { vocabulary, ids } = indexSentences([
  ...["rose", "rose", "rose", "lily", "lily", "thorn"].map((word) => ["a", word]),
]);
const model = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));

Deno.test("nextWordChart() shows the likeliest words, the likeliest first", () => {
  const { words } = nextWordChart(model, ["a"], { count: 2 });
  assertEquals(words, "a ___ [probability for each next word]\nrose 0.5, lily 0.333");
});

Deno.test("nextWordChart() marks the word drawn, also where it is not among the likeliest", () => {
  const bars = (drawn: string) =>
    nextWordChart(model, ["a"], { count: 2, drawn }).words.split("\n")[1];
  assertEquals(bars("lily"), "rose 0.5, → lily 0.333");
  assertEquals(bars("thorn"), "rose 0.5, lily 0.333, → thorn 0.167");
  const open = new OpenVocabulary(["a"], [["spelled"]]);
  const spelled = { ...fixedModel({ "a": 0.75, "<unk>": 0.25 }), vocabulary: open };
  const { words } = nextWordChart(spelled, [], { count: 1, drawn: "spelled" });
  assertEquals(words.split("\n")[1], "a 0.75, → spelled 0.25");
});

Deno.test("nextWordChart() shows the words before the gap, the last ones where they are too many", () => {
  const titleAfter = (context: string) =>
    nextWordChart(model, [...context.split(" "), "a"]).words.split(" [")[0];
  const proctor = "as the proctor started the clock the students opened";
  assertEquals(titleAfter(proctor), `${proctor} a ___`);
  const long = titleAfter("word ".repeat(40) + "end");
  assertMatch(long, /^… (word )+end a ___$/);
  assert(long.length > 60, long);
});

Deno.test("nextWordChart() refuses a context after which no word is possible", () => {
  for (const drawn of [undefined, "rose"]) {
    assertThrows(
      () => nextWordChart(model, ["unseen"], { drawn }),
      RangeError,
      'draw "unseen ___": expected at least one bar',
    );
  }
});

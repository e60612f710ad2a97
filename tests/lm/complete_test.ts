import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { complete, type Completion } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { fixedModel } from "../_support/fixed_model.ts";
import { after } from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences.slice(0, 12));
const model = kneserNey(countNgrams(ids, { order: 3, vocabulary }), { onBadDiscount: "fallback" });

/** All ways to go on, each tried. */
function everyCompletion(prefix: readonly string[], words: number): Completion[] {
  const logP = model.logProbabilities(after(model, prefix));
  return vocabulary.words.flatMap((word, id): Completion[] => {
    if (id === vocabulary.unknown || id === vocabulary.start) return [];
    if (words === 1 || id === vocabulary.end) return [{ words: [word], logProbability: logP[id] }];
    return everyCompletion([...prefix, word], words - 1).map((rest) => ({
      words: [word, ...rest.words],
      logProbability: logP[id] + rest.logProbability,
    }));
  });
}

Deno.test("complete() with a wide beam finds the likeliest of all ways to go on", () => {
  for (const prefix of [["the", "students"], ["opened"], []]) {
    for (const words of [1, 2, 3]) {
      const found = complete(model, prefix, { words, count: 6, beam: 5000 });
      const expected = everyCompletion(prefix, words)
        .sort((a, b) => b.logProbability - a.logProbability).slice(0, 6);
      assertEquals(found.length, 6);
      found.forEach((each, i) =>
        assertAlmostEquals(each.logProbability, expected[i].logProbability, 1e-9)
      );
    }
  }
});

Deno.test("a suggestion's log probability is that of its words after the prefix", () => {
  const prefix = ["the", "students"];
  for (const { words, logProbability } of complete(model, prefix, { words: 4, count: 9 })) {
    const scores = model.score(vocabulary.encode([...prefix, ...words]));
    const expected = scores.subarray(prefix.length).reduce((sum, logP) => sum + logP, 0);
    assertAlmostEquals(logProbability, expected, 1e-9);
  }
});

Deno.test("suggestions come likeliest first, hold no <unk>, and end where the sentence ends", () => {
  const found = complete(model, ["the"], { words: 3, count: 20 });
  assertEquals(found.length, 20);
  for (const [i, { words, logProbability }] of found.entries()) {
    assert(i === 0 || logProbability <= found[i - 1].logProbability);
    assert(!words.includes("<unk>") && !words.slice(0, -1).includes("</s>"));
    assert(words.length === 3 || words.at(-1) === "</s>");
  }
});

Deno.test("impossible words are not suggested, even where fewer than asked for remain", () => {
  const found = complete(fixedModel({ yes: 0.75, no: 0.25 }), []);
  assertEquals(found.map(({ words }) => words), [["yes"], ["no"]]);
});

Deno.test("complete() refuses options below 1", () => {
  for (const name of ["count", "words", "beam"]) {
    for (const value of [0, -1, NaN]) {
      const message = `expected ${name} of 1 or more, got ${value}`;
      assertThrows(() => complete(model, [], { [name]: value }), RangeError, message);
    }
  }
});

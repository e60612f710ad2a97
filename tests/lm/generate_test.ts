import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { generate, type GenerateOptions } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { fixedModel } from "../_support/fixed_model.ts";
import { after, assertFitsDistribution } from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const model = kneserNey(countNgrams(ids, { order: 3, vocabulary }), { onBadDiscount: "fallback" });
const write = (seed: number, options: Partial<GenerateOptions> = {}) =>
  generate(model, { random: seeded(seed), ...options });

Deno.test("generate() writes the same text for the same seed, another for another", () => {
  assertEquals(write(1), write(1));
  assertNotEquals(
    write(1, { maxWords: 20, sentences: 9 }),
    write(2, { maxWords: 20, sentences: 9 }),
  );
});

Deno.test("generate() ends after maxWords words or the sentences asked for", () => {
  const ends = (words: string[]) => words.filter((word) => word === "</s>").length;
  assertEquals(write(1, { maxWords: 7, sentences: Infinity }).length, 7);
  assertEquals(write(1, { maxWords: 0 }), []);
  for (const sentences of [1, 3]) {
    const words = write(1, { maxWords: 1000, sentences });
    assertEquals(ends(words), sentences);
    assertEquals(words.at(-1), "</s>");
  }
});

Deno.test("generate() goes on from its prefix", () => {
  const words = write(1, { prefix: ["the", "proctor"], temperature: 0 });
  assertEquals(words[0], likeliestAfter(["the", "proctor"]));
});

Deno.test("at temperature 0, with topK 1 and with a tiny nucleus, each word is the likeliest", () => {
  const greedy: string[] = [];
  while (greedy.at(-1) !== "</s>" && greedy.length < 100) greedy.push(likeliestAfter(greedy));
  for (const options of [{ temperature: 0 }, { topK: 1 }, { nucleus: 1e-9 }]) {
    assertEquals(write(1, options), greedy);
  }
});

Deno.test("at endless temperature all words but <s> are equally likely", () => {
  const words = write(1, { temperature: Infinity, sentences: Infinity, maxWords: 20_000 });
  const drawn = new Float64Array(vocabulary.size);
  for (const word of words) drawn[vocabulary.id(word)]++;
  const p = drawn.map((_, id) => id === vocabulary.start ? 0 : 1 / (vocabulary.size - 1));
  assertFitsDistribution(drawn, p);
});

Deno.test("words come with the model's probabilities, by its own sample() and without it", () => {
  const p = model.logProbabilities(after(model, ["the"])).map(Math.exp);
  // topK of all words changes nothing but goes by the whole distribution
  for (const topK of [Infinity, vocabulary.size - 1]) {
    const drawn = new Float64Array(vocabulary.size), random = seeded(9);
    for (let i = 0; i < 20_000; i++) {
      const [word] = generate(model, { random, prefix: ["the"], maxWords: 1, topK });
      drawn[vocabulary.id(word)]++;
    }
    assertFitsDistribution(drawn, p);
  }
});

Deno.test("a model without sample() is drawn from by its distribution", () => {
  const coin = fixedModel({ heads: 0.5, tails: 0.5 });
  const words = generate(coin, { random: seeded(2), maxWords: 50 });
  assertEquals(words.length, 50);
  assert(words.includes("heads") && words.includes("tails"));
});

Deno.test("generate() refuses options out of range", () => {
  assertThrows(() => write(1, { temperature: -1 }), RangeError, "got -1");
  assertThrows(() => write(1, { topK: 0 }), RangeError, "got 0");
  assertThrows(() => write(1, { nucleus: NaN }), RangeError, "got NaN");
});

function likeliestAfter(words: readonly string[]): string {
  const logP = model.logProbabilities(after(model, words));
  return vocabulary.word(logP.indexOf(Math.max(...logP)));
}

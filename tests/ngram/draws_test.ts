import { drawIndex, reshape } from "#lib/lm/mod.ts";
import {
  type BackoffModel,
  countNgrams,
  kneserNey,
  type KneserNeyOptions,
  parseArpa,
} from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { assert, assertThrows } from "@std/assert";
import { after, assertFitsDistribution } from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const DRAWS = 100_000;
const { vocabulary, ids } = indexSentences(toySentences);

function toyModel(order: number, options: KneserNeyOptions = {}): BackoffModel {
  return kneserNey(countNgrams(ids, { order, vocabulary }), {
    onBadDiscount: "fallback",
    ...options,
  });
}

const models: Record<string, BackoffModel> = {
  "order 5": toyModel(5),
  "order 2": toyModel(2),
  "order 3, pruned": toyModel(3, { prune: [0, 0, 1] }),
};

for (const [name, model] of Object.entries(models)) {
  for (const context of [[], ["the"], ["the", "students", "opened", "their"], ["never-seen"]]) {
    const place = `${name}, after "${["<s>", ...context].join(" ")}"`;

    Deno.test(`sample() draws with the model's probabilities, ${place}: chi-squared`, () => {
      const state = after(model, context), random = seeded(1);
      const drawn = new Float64Array(vocabulary.size);
      for (let i = 0; i < DRAWS; i++) drawn[model.sample(state, random)]++;
      assertFitsDistribution(drawn, model.logProbabilities(state).map(Math.exp));
    });
  }
}

Deno.test("draws from the whole distribution, reshaped, have its probabilities: chi-squared", () => {
  const model = models["order 5"], logP = model.logProbabilities(after(model, ["the"]));
  for (const options of [{}, { temperature: 0.5 }, { topK: 7 }, { nucleus: 0.6 }]) {
    const p = reshape(logP, options), random = seeded(2);
    const drawn = new Float64Array(p.length);
    for (let i = 0; i < DRAWS; i++) drawn[drawIndex(p, random)]++;
    assertFitsDistribution(drawn, p);
  }
});

/** Of what "a" leaves to the unigrams, 98.8 % is refused: "a", "b" and "c" are stored after it. */
const refusing = `\\data\\
ngram 1=6
ngram 2=3

\\1-grams:
-99 <s> 0
${Math.log10(0.98)} a ${Math.log10(0.1 / 0.012)}
${Math.log10(0.004)} b 0
${Math.log10(0.004)} c 0
${Math.log10(0.006)} </s> 0
${Math.log10(0.006)} <unk> 0

\\2-grams:
${Math.log10(0.1)} a a
${Math.log10(0.1)} a b
${Math.log10(0.7)} a c

\\end\\
`;

Deno.test("sample() ends where nearly all words backed off to are refused: chi-squared", async () => {
  const model = await parseArpa([refusing]);
  const state = after(model, ["a"]), random = seeded(3);
  const p = model.logProbabilities(state).map(Math.exp), drawn = new Float64Array(p.length);
  for (let i = 0; i < DRAWS; i++) drawn[model.sample(state, random)]++;
  assertFitsDistribution(drawn, p);
});

Deno.test("sample() ends where every word is stored but rounding leaves less than 1", async () => {
  const text =
    "\\data\\\nngram 1=3\nngram 2=2\n\n\\1-grams:\n-99 <s> -0.5\n-0.3 </s>\n-0.3 a -0.5\n" +
    "\n\\2-grams:\n-1 a a\n-1 a </s>\n\n\\end\\\n"; // 0.2 together after "a"
  const model = await parseArpa([text]), random = seeded(4);
  for (let i = 0; i < 1000; i++) assert(model.sample(after(model, ["a"]), random) >= 2);
});

Deno.test("sample() refuses a context without a possible word", async () => {
  const text = "\\data\\\nngram 1=2\n\n\\1-grams:\n-99 <s>\n-99 </s>\n\n\\end\\\n";
  const model = await parseArpa([text]);
  assertThrows(() => model.sample(0, seeded(1)), RangeError, "expected a possible one");
});

import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { interpolate, interpolationWeights, perplexity } from "#lib/lm/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  buildLanguageModel,
  continuousCache,
  type InputSpec,
  type LanguageModelSpec,
} from "#lib/rnn/mod.ts";
import { indexSentences, OpenVocabulary } from "#lib/text/mod.ts";
import { languageModelContract } from "../_support/language_model_contract.ts";
import { mayRead } from "../_support/permission.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const spec: LanguageModelSpec = { width: 6, cell: "lstm", units: 6, layers: 2, range: 0.8 };

if (mayRead) {
  const found = await engine({ prefer: "wasm" });
  const model = buildLanguageModel(found, spec, { vocabulary, random: seeded(3) });

  for (const size of [7, 500]) {
    languageModelContract(`continuous cache of ${size} words`, () => ({
      model: continuousCache(model, { size, flatness: 2 }),
      text: ids.subarray(0, 70),
      contexts: [["the", "students"], ["no", "such"], [], ["fell", "</s>", "the"]],
      tolerance: 2e-5,
    }));
  }

  Deno.test("states() are what advance() carries on, and what score() reads", () => {
    for (const crossesSentences of [true, false]) {
      const each = buildLanguageModel(found, { ...spec, crossesSentences }, {
        ...{ vocabulary, random: seeded(3) },
      });
      const text = ids.subarray(0, 40), all = each.states(text);
      let state = each.initialState();
      text.forEach((id, t) => {
        state.top.forEach((value, j) => assertAlmostEquals(all[t * 6 + j], value, 1e-5));
        state = each.advance(state, id);
      });
      each.dispose();
    }
  });

  Deno.test("the weights are exp(θ h · h⁽ⁱ⁾), summed word by word over the last K", () => {
    const size = 5, flatness = 1.5, text = ids.subarray(0, 60), states = model.states(text);
    const scores = continuousCache(model, { size, flatness }).score(text);
    const dot = (a: number, b: number) => {
      let sum = 0;
      for (let j = 0; j < 6; j++) sum += states[a * 6 + j] * states[b * 6 + j];
      return sum;
    };
    for (let t = 1; t < text.length; t++) {
      let match = 0, total = 0;
      for (let i = Math.max(0, t - size); i < t; i++) {
        const weight = Math.exp(flatness * dot(t, i));
        total += weight;
        if (text[i] === text[t]) match += weight;
      }
      assertAlmostEquals(Math.exp(scores[t]), match / total, 1e-5);
    }
  });

  Deno.test("with θ = 0 a word is as likely as it is frequent among the last K", () => {
    const size = 9, text = ids.subarray(0, 60);
    const scores = continuousCache(model, { size, flatness: 0 }).score(text);
    for (let t = 1; t < text.length; t++) {
      const last = text.subarray(Math.max(0, t - size), t);
      const frequency = last.filter((id) => id === text[t]).length / last.length;
      assertAlmostEquals(Math.exp(scores[t]), frequency, 1e-9);
    }
  });

  Deno.test("words that come again make the mixture better than the network", () => {
    const models = [model, continuousCache(model)];
    const weights = interpolationWeights(models, ids);
    assert(weights[1] > 0.05);
    assert(perplexity(interpolate(models, weights), ids) < 0.9 * perplexity(model, ids));
  });

  Deno.test("words known by their letters alone are one word of the cache, <unk>", () => {
    const open = new OpenVocabulary(vocabulary.words.slice(3), [["unseen", "other"]]);
    const input: InputSpec = { kind: "characters", characters: 3, filters: [2, 3] };
    const spelled = buildLanguageModel(found, { ...spec, input }, {
      ...{ vocabulary: open, random: seeded(3) },
    });
    const cache = continuousCache(spelled, { size: 4, flatness: 2 });
    const text = open.encode(["the", "unseen", "other", "the", "nowhere", "other", "unseen"]);
    const scores = cache.score(text);
    let state = cache.initialState();
    text.forEach((id, t) => {
      const P = cache.logProbabilities(state).map(Math.exp);
      assertAlmostEquals(P.reduce((sum, each) => sum + each, 0), 1, 1e-5);
      assertAlmostEquals(P[open.predicted(id)], Math.exp(scores[t]), 1e-5);
      state = cache.advance(state, id);
    });
    spelled.dispose();
  });

  Deno.test("a size or a flatness out of range is refused", () => {
    assertThrows(() => continuousCache(model, { size: 0 }), RangeError, "got 0 and 0.3");
    assertThrows(() => continuousCache(model, { flatness: -1 }), RangeError, "got 500 and -1");
    const flatness = Infinity;
    assertThrows(() => continuousCache(model, { flatness }), RangeError, "got 500 and Infinity");
  });
}

import { assert, assertEquals } from "@std/assert";
import { windowBatches, WindowLanguageModel } from "#lib/feedforward/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import { plateauRate, sgd, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { languageModelContract } from "../_support/language_model_contract.ts";
import { isGranted } from "../_support/permitted.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids, counts } = indexSentences(toySentences);
const sizes = { window: 3, width: 8, hidden: 12, direct: true };

if (isGranted("read")) {
  const found = await engine({ prefer: "wasm" });
  for (const acrossSentences of [false, true]) {
    const model = new WindowLanguageModel(found, {
      ...{ ...sizes, acrossSentences, vocabulary, counts, random: seeded(1) },
    });
    languageModelContract(`window model, across sentences: ${acrossSentences}`, () => ({
      model,
      text: ids,
      contexts: [[], ["the"], ["students", "opened", "their"], ["mat", "mat", "mat", "mat"]],
      tolerance: 1e-4,
    }));
  }
}

testEngines(
  "the first perplexity is that of the word frequencies; training lowers it",
  async (e) => {
    const model = new WindowLanguageModel(e, { ...sizes, vocabulary, counts, random: seeded(1) });
    const entropy = counts.reduce((sum, c) => sum - (c && c * Math.log(c / ids.length)), 0);
    const untrained = perplexity(model, ids);
    assert(Math.abs(untrained / Math.exp(entropy / ids.length) - 1) < 0.05, `${untrained}`);
    const batches = windowBatches(model.examples(ids), { size: 16 });
    const options = {
      ...{ optimizer: sgd({ rate: 0.5 }), epochs: 25, random: seeded(2), sparse: ["E"] },
      schedule: plateauRate(0.5),
      evaluate: () => perplexity(model, ids),
    };
    for await (const _ of train(model, batches, options));
    const trained = perplexity(model, ids);
    assert(trained < 4, `${untrained} to ${trained}`);
    assertEquals(model.size, Object.values(model.parameters).reduce((n, v) => n + v.size, 0));
    model.dispose();
  },
);

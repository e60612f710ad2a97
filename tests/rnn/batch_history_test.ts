import { assertAlmostEquals, assertEquals } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { sgd, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { buildLanguageModel, type RecurrentLanguageModel } from "#lib/rnn/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { languageModelContract } from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids, counts } = indexSentences(toySentences);
const found = await engine({ prefer: "wasm" });

/** An RNN with hashed trigrams, trained for a moment. */
async function trained(crossesSentences: boolean): Promise<RecurrentLanguageModel> {
  const model = buildLanguageModel(found, {
    ...{ width: 6, cell: "logistic", units: 6, crossesSentences },
    output: { kind: "classes", classes: 6, ngrams: { order: 3, size: 1 << 14 } },
  }, { vocabulary, counts, random: seeded(2) });
  const batches = model.batches(ids, { batchSize: 3, steps: 7 });
  const options = { optimizer: sgd({ rate: 1 }), epochs: 2, random: seeded(1) };
  for await (const _ of train(model, batches, options));
  return model;
}

for (const crosses of [true, false]) {
  const model = await trained(crosses);
  languageModelContract(`RNN + MaxEnt, ${crosses ? "one stream" : "sentence by sentence"}`, () => ({
    ...{ model, text: ids.subarray(0, 60), tolerance: 1e-4 },
    contexts: [["the", "students"], ["the", "cat", "saw"], []],
  }));
}

Deno.test("RNN + MaxEnt: the loss of batches is the mean score of their words", async () => {
  const model = await trained(true);
  const text = ids.subarray(0, 80);
  let nats = 0;
  for await (const batch of model.batches(text, { batchSize: 1, steps: 7 })(seeded(1))) {
    found.tf.tidy(() => {
      const loss = model.loss(batch, { training: false, random: seeded(1) }).dataSync()[0];
      nats += loss * model.tokens(batch);
    });
  }
  const scored = model.score(text).reduce((sum, logP) => sum - logP, 0);
  assertAlmostEquals(nats, scored, 1e-3);
  const { parameters: { d } } = model;
  assertEquals(d.size, 1 << 14);
  model.dispose();
});

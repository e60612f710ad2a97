import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import { sgd, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { buildLanguageModel, type OutputSpec } from "#lib/rnn/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { toySentences } from "../../_support/toy_text.ts";

const { vocabulary, ids, counts } = indexSentences(toySentences);
const SPECS: readonly OutputSpec[] = [
  { kind: "full" },
  { kind: "full", tied: true },
  { kind: "full", unigramBias: true },
  { kind: "sampled", samples: 20 },
  { kind: "sampled", samples: 20, tied: true, unigramBias: true },
  { kind: "blackout", samples: 20 },
  { kind: "blackout", samples: 20, unigramBias: true },
  { kind: "nce", samples: 20 },
  { kind: "adaptive", cutoffs: [12, 25] },
  { kind: "adaptive", cutoffs: [12, 25], unigramBias: true },
  { kind: "classes", classes: 7 },
  { kind: "classes", classes: 7, ngrams: { order: 2, size: 1 << 14 } },
];

for (const output of SPECS) {
  Deno.test(`same network, another output layer: ${JSON.stringify(output)} learns`, async () => {
    const found = await engine({ prefer: "wasm" });
    const spec = { width: 16, cell: "lstm", units: 16, output } as const;
    const model = buildLanguageModel(found, spec, { vocabulary, counts, random: seeded(3) });
    const options = { optimizer: sgd({ rate: 4 }), epochs: 12, clipNorm: 1, random: seeded(1) };
    const batches = model.batches(ids, { batchSize: 4, steps: 5 });
    for await (const _ of train(model, batches, options));
    const after = perplexity(model, ids);
    assert(after < 17, `perplexity ${after}: a unigram model has 21.7`);
    model.dispose();
  });
}

const FROM_UNIGRAMS: readonly OutputSpec[] = [
  { kind: "full", unigramBias: true },
  { kind: "sampled", samples: 3, unigramBias: true },
  { kind: "blackout", samples: 3, unigramBias: true },
  { kind: "adaptive", cutoffs: [12, 25], unigramBias: true },
];

for (const output of FROM_UNIGRAMS) {
  Deno.test(`${output.kind} may start with the unigram model`, async () => {
    const found = await engine({ prefer: "wasm" });
    const spec = { width: 4, cell: "tanh", units: 4, range: 1e-9, output } as const;
    const model = buildLanguageModel(found, spec, { vocabulary, counts, random: seeded(1) });
    const total = counts.reduce((sum, n) => sum + n + 1, 0), never = counts[vocabulary.start] + 1;
    const logP = model.logProbabilities(model.initialState());
    counts.forEach((n, id) => {
      if (id === vocabulary.start) return;
      assertAlmostEquals(logP[id], Math.log((n + 1) / (total - never)), 1e-5);
    });
    model.dispose();
  });
}

Deno.test("a sampled softmax tied to the word vectors learns them alone", async () => {
  const found = await engine({ prefer: "wasm" });
  const output = { kind: "sampled", samples: 20, tied: true } as const;
  const spec = { width: 16, cell: "lstm", units: 16, output } as const;
  const model = buildLanguageModel(found, spec, { vocabulary, counts, random: seeded(3) });
  assertEquals("U" in model.parameters, false);
  assertEquals(model.parameters.E.shape, [vocabulary.size, 16]);
  model.dispose();
  const narrow = () =>
    buildLanguageModel(found, { ...spec, width: 8 }, { vocabulary, counts, random: seeded(3) });
  assertThrows(narrow, RangeError, "Cannot tie the weights");
});

Deno.test("layers that need counts say so", async () => {
  const found = await engine({ prefer: "wasm" });
  const output = { kind: "blackout", samples: 3 } as const;
  const spec = { width: 4, cell: "tanh", units: 4, output } as const;
  const make = () => buildLanguageModel(found, spec, { vocabulary, random: seeded(1) });
  assertThrows(make, TypeError, "expected counts");
});

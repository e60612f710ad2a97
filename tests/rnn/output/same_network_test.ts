import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
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
  { kind: "sampled", samples: 20 },
  { kind: "blackout", samples: 20 },
  { kind: "blackout", samples: 20, unigramBias: true },
  { kind: "nce", samples: 20 },
  { kind: "adaptive", cutoffs: [12, 25] },
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

Deno.test("BlackOut may start with the log unigram", async () => {
  const found = await engine({ prefer: "wasm" });
  const output = { kind: "blackout", samples: 3, unigramBias: true } as const;
  const spec = { width: 4, cell: "tanh", units: 4, output } as const;
  const model = buildLanguageModel(found, spec, { vocabulary, counts, random: seeded(1) });
  const b2 = found.values(model.parameters.b2), total = ids.length + vocabulary.size;
  counts.forEach((n, id) => assertAlmostEquals(b2[id], Math.log((n + 1) / total), 1e-6));
  model.dispose();
});

Deno.test("layers that need counts say so", async () => {
  const found = await engine({ prefer: "wasm" });
  const output = { kind: "blackout", samples: 3 } as const;
  const spec = { width: 4, cell: "tanh", units: 4, output } as const;
  const make = () => buildLanguageModel(found, spec, { vocabulary, random: seeded(1) });
  assertThrows(make, TypeError, "expected counts");
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import { windowBatches, WindowTagger } from "#lib/feedforward/mod.ts";
import { adam, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { TaggedSentence } from "#lib/tagging/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { testEngines } from "../_support/engines.ts";

/**
 * A word's tag depends on both neighbours at once, as exclusive or: no sum of one score a position
 * gets more than three of the four cases right, so the linear twin cannot learn it.
 */
const sentences: TaggedSentence[] = Array.from({ length: 24 }, (_, i) => {
  const [left, right] = [i % 2, (i >> 1) % 2];
  const words = [["a", "b"][left], "x", ["a", "b"][right]];
  return { words, tags: ["side", left === right ? "same" : "other", "side"] };
});
const { vocabulary } = indexSentences(sentences.map(({ words }) => words));
const tags = ["side", "same", "other"];

testEngines("hidden units learn what the linear twin cannot", async (engine) => {
  const accuracies = [];
  for (const hidden of [0, 16]) {
    const tagger = new WindowTagger(engine, {
      ...{ vocabulary, tags, reach: 1, width: 4, hidden, activation: "tanh", random: seeded(2) },
    });
    const batches = windowBatches(tagger.examples(sentences), { size: 24 });
    const options = { optimizer: adam({ rate: 0.1 }), epochs: 60, random: seeded(3) };
    for await (const _ of train(tagger, batches, options));
    accuracies.push(await tagger.accuracy(sentences));
    if (hidden) {
      assertEquals(await tagger.tag([["a", "x", "a"], ["b", "x", "a"]]), [
        ["side", "same", "side"],
        ["side", "other", "side"],
      ]);
    }
    tagger.dispose();
  }
  const [linear, hidden] = accuracies;
  assertEquals(hidden, 1);
  assert(linear < 0.92, `linear ${linear}`); // two thirds and at most three quarters of the rest
});

testEngines("a tag that is none of the classes is refused", (engine) => {
  const tagger = new WindowTagger(engine, {
    ...{ vocabulary, tags, width: 2, hidden: 2, random: seeded(2) },
  });
  assertThrows(() => tagger.examples([{ words: ["a"], tags: ["??"] }]), RangeError, '"??"');
  tagger.dispose();
});

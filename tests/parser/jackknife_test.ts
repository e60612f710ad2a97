import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { generateSentences, jackknifeTags, trainTagger } from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const sentences = generateSentences(60, seeded(3));

Deno.test("each sentence is tagged by a tagger that learned from the other parts", () => {
  const tagged = jackknifeTags(sentences, { folds: 3, epochs: 2 });
  const others = trainTagger(sentences.filter((_, i) => i % 3 !== 1), { epochs: 2 });
  for (const [i, { words, tags, tree }] of tagged.entries()) {
    assertEquals([words, tree], [sentences[i].words, sentences[i].tree]);
    if (i % 3 === 1) assertEquals(tags, others.tagSentence(words));
  }
});

Deno.test("the tags have errors that a tagger does not make on what it learned", () => {
  const tagged = jackknifeTags(sentences, { folds: 2, epochs: 3 }).map(({ tags }) => tags);
  const own = trainTagger(sentences, { epochs: 8 });
  const gold = sentences.map(({ tags }) => tags);
  assertNotEquals(tagged, gold);
  const errors = (tags: readonly (readonly string[])[]) =>
    tags.flat().filter((tag, i) => tag !== gold.flat()[i]).length;
  assert(errors(tagged) > errors(sentences.map(({ words }) => own.tagSentence(words))));
});

Deno.test("folds that cannot be made are refused", () => {
  for (const folds of [0, 1, 61, NaN]) {
    assertThrows(() => jackknifeTags(sentences, { folds }), RangeError, "expected 2 to 60 folds");
  }
});

import { assertEquals } from "@std/assert";
import {
  FeatureTable,
  GoldTree,
  isProjective,
  lexiconOf,
  MALT_ALGORITHMS,
  oracleSteps,
} from "#lib/parser/mod.ts";
import { encode, Indicators } from "../../lib/parser/_indicators.ts";
import { seeded } from "#lib/random/mod.ts";
import { SMALL_TREEBANK } from "./_small_treebank.ts";

Deno.test("numbered features are equal exactly when written-out features are", () => {
  const lexicon = lexiconOf(SMALL_TREEBANK);
  for (const { system, templates } of Object.values(MALT_ALGORITHMS)) {
    const indicators = new Indicators(templates), texts = new Map<string, string>();
    for (const sentence of SMALL_TREEBANK.filter(({ tree }) => isProjective(tree.heads))) {
      const encoded = encode(sentence, lexicon);
      const labels = sentence.tree.labels.map((label) => lexicon.labels.id(label));
      const gold = new GoldTree(sentence.tree.heads, labels);
      for (const { configuration } of oracleSteps(system, gold)) {
        indicators.extract(configuration, encoded);
        const written = indicators.describe(configuration, sentence, lexicon.labels.names);
        for (const [t, text] of written.entries()) {
          const key = `${indicators.keys[2 * t]} ${indicators.keys[2 * t + 1]}`;
          assertEquals(texts.get(key) ?? text, text);
          texts.set(key, text);
        }
      }
    }
    assertEquals(new Set(texts.values()).size, texts.size);
  }
});

Deno.test("words and tags never seen in training make no feature", () => {
  const lexicon = lexiconOf(SMALL_TREEBANK), { system, templates } = MALT_ALGORITHMS.stackproj;
  const indicators = new Indicators(templates);
  const sentence = { words: ["xyzzy"], tags: ["UH"] };
  for (const { configuration } of oracleSteps(system, new GoldTree([0], [0]))) {
    indicators.extract(configuration, encode(sentence, lexicon));
    const isSeen = templates.map((_, t) => indicators.keys[2 * t + 1] >= 0);
    const describes = indicators.describe(configuration, sentence, lexicon.labels.names);
    assertEquals(isSeen, describes.map((text) => !/xyzzy|UH/.test(text)));
  }
});

Deno.test("the feature table equals a Map of strings", () => {
  const random = seeded(1), table = new FeatureTable(), map = new Map<string, number>();
  const half = () => Math.floor((random() - 0.5) * (random() < 0.5 ? 40 : 2 ** 32));
  for (let n = 0; n < 20_000; n++) {
    const [low, high] = [half(), half()], key = `${low} ${high}`;
    assertEquals(table.find(low, high), map.get(key) ?? -1);
    if (!map.has(key)) map.set(key, map.size);
    assertEquals(table.add(low, high), map.get(key));
  }
  assertEquals(table.size, map.size);
  const keys = table.keys();
  for (const [key, id] of map) assertEquals(`${keys[2 * id]} ${keys[2 * id + 1]}`, key);
});

import { assertEquals } from "@std/assert";
import {
  agreedTrees,
  alikeInLength,
  type DependencyParser,
  type DependencyTree,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const sentence = { words: ["He", "sings", "songs"], tags: ["PRP", "VBZ", "NNS"] };
const right: DependencyTree = { heads: [2, 0, 2], labels: ["nsubj", "root", "obj"] };
const always = (...trees: DependencyTree[]): DependencyParser => ({
  parse: () => Promise.resolve(trees),
});

Deno.test("sentences are kept where both parsers give every word the same head and label", async () => {
  const otherHead = { ...right, heads: [3, 0, 2] };
  const otherLabel = { ...right, labels: ["nsubj", "root", "iobj"] };
  const second = { ...sentence, words: ["She", "sings", "songs"] };
  const first = always(right, right, right, right);
  const other = always(otherHead, right, otherLabel, { ...right, heads: [...right.heads] });
  const found = await agreedTrees([sentence, second, sentence, second], [first, other]);
  assertEquals(found, [{ ...second, tree: right }, { ...second, tree: right }]);
});

Deno.test("a parser agrees with itself on all sentences but one without words", async () => {
  const parser = always(right, { heads: [], labels: [] });
  const found = await agreedTrees([sentence, { words: [], tags: [] }], [parser, parser]);
  assertEquals(found, [{ ...sentence, tree: right }]);
});

Deno.test("drawn sentences are as long as those they are to be like", () => {
  const ofLength = (length: number, tag: string) => ({
    words: Array<string>(length).fill("a"),
    tags: Array<string>(length).fill(tag),
  });
  const pool = [1, 1, 1, 1, 1, 2, 3, 3].map((length, i) => ofLength(length, String(i)));
  const like = [1, 3, 3, 4].map((length) => ofLength(length, "x"));
  const drawn = alikeInLength(pool, like, { times: 2, random: seeded(1) });
  assertEquals(drawn.map(({ words }) => words.length).sort(), [1, 1, 3, 3]);
  assertEquals(new Set(drawn).size, 4);
  const again = alikeInLength(pool, like, { times: 2, random: seeded(1) });
  assertEquals(again, drawn);
  const tags = new Set(
    [1, 2, 3, 4].map((seed) =>
      alikeInLength(pool, [like[0]], { times: 1, random: seeded(seed) })[0].tags[0]
    ),
  );
  assertEquals(tags.size > 1, true); // which of five is drawn is left to chance
});

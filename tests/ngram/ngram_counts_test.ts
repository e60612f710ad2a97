import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { countNgrams, NgramCounter, type NgramCounts } from "#lib/ngram/mod.ts";
import { indexSentences, Vocabulary } from "#lib/text/mod.ts";
import { naiveCounts } from "../_support/naive_ngrams.ts";

/** The n-grams of one order with their counts, read off the trie. */
function listed({ trie, counts, vocabulary }: NgramCounts, order: number): Map<string, number> {
  let level: [string, number][] = [["", 0]];
  for (let n = 1; n <= order; n++) {
    level = level.flatMap(([text, node]) => {
      const children: [string, number][] = [];
      for (let child = trie.firstChild[node]; child < trie.firstChild[node + 1]; child++) {
        children.push([`${text} ${vocabulary.word(trie.lastWord[child])}`.trim(), child]);
      }
      return children;
    });
  }
  return new Map(level.map(([text, node]) => [text, counts[node]]));
}

const text = fc.array(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 8 }), {
  minLength: 1,
  maxLength: 12,
});

Deno.test("countNgrams() counts what a map of strings counts", () => {
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 5 }), (sentences, order) => {
    const { vocabulary, ids } = indexSentences(sentences);
    const counted = countNgrams(ids, { order, vocabulary });
    const naive = naiveCounts(sentences, order);
    naive[1].set("<unk>", 0); // every word of the vocabulary has a node
    for (let n = 1; n <= order; n++) {
      assertEquals(listed(counted, n), new Map([...naive[n]].sort(([a], [b]) => byIds(a, b))));
    }
    assertEquals(counted.counts[0], ids.length);

    function byIds(a: string, b: string): number {
      const [x, y] = [a, b].map((words) => vocabulary.encode(words.split(" ")));
      for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return x[i] - y[i];
      return 0;
    }
  }));
});

Deno.test("each node's suffix is the longest shorter n-gram at its end", () => {
  fc.assert(fc.property(text, (sentences) => {
    const { vocabulary, ids } = indexSentences(sentences);
    const { trie } = countNgrams(ids, { order: 4, vocabulary });
    const words = new Map<number, number[]>([[0, []]]);
    for (let node = 0; node < trie.levels[trie.order]; node++) {
      for (let child = trie.firstChild[node]; child < trie.firstChild[node + 1]; child++) {
        words.set(child, [...words.get(node)!, trie.lastWord[child]]);
      }
    }
    for (const [node, ngram] of words) {
      if (node === 0) continue;
      assertEquals(trie.find(ngram), node);
      assertEquals(trie.suffix[node], trie.find(ngram.slice(1)));
    }
  }));
});

Deno.test("counting in blocks gives the same trie and counts as counting at once", () => {
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 40 }), (sentences, blockSize) => {
    const { vocabulary, ids } = indexSentences(sentences);
    const counter = new NgramCounter({ order: 3, vocabulary, blockSize });
    for (const sentence of sentences) counter.add(vocabulary.encodeSentences([sentence]));
    const inBlocks = counter.counts(), atOnce = countNgrams(ids, { order: 3, vocabulary });
    assertEquals(inBlocks.counts, atOnce.counts);
    assertEquals(inBlocks.trie, atOnce.trie);
  }));
});

Deno.test("an n-gram never crosses the end of a sentence", () => {
  const { vocabulary, ids } = indexSentences([["a"], ["b"]]);
  const { trie } = countNgrams(ids, { order: 3, vocabulary });
  assert(trie.find(vocabulary.encode(["a", "</s>"])) > 0);
  assertEquals(trie.find(vocabulary.encode(["a", "</s>", "<s>"])), -1);
});

Deno.test("bad orders, empty texts and bad ids are refused, and nothing is counted of them", () => {
  const vocabulary = new Vocabulary(["a"]);
  const count = (...ids: number[]) => countNgrams(Int32Array.from(ids), { order: 2, vocabulary });
  for (const order of [0, -1, 1.5, 256, NaN]) {
    assertThrows(() => new NgramCounter({ order, vocabulary }), RangeError, `got ${order}`);
  }
  assertThrows(() => count(), RangeError, "expected at least one sentence");
  assertThrows(() => count(4, 2), RangeError, "got 4 at position 0");
  assertThrows(() => count(3, 1, 2), RangeError, "without <s> (1), got 1 at position 1");
  assertThrows(() => count(3, 2, 3), RangeError, "expected </s> (2)");
  const counter = new NgramCounter({ order: 2, vocabulary });
  assertThrows(() => counter.add(Int32Array.of(3, 2, 9, 2)), RangeError);
  counter.add(Int32Array.of(3, 2));
  assertEquals(counter.counts().counts[0], 2);
});

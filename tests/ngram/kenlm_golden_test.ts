import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  countNgrams,
  kneserNey,
  kneserNeyDiscounts,
  type KneserNeyOptions,
  parseArpa,
} from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { hasGolden, readGolden } from "../_support/golden.ts";

/** lmplz (kpu/kenlm 4cb443e) estimated these from the first sentences of the Penn Treebank text. */
interface Reference {
  name: string;
  text: string;
  order: number;
  options?: KneserNeyOptions;
}

const references: readonly Reference[] = [
  { name: "ptb200.o1", text: "ptb200.txt", order: 1 },
  { name: "ptb200.o2", text: "ptb200.txt", order: 2 },
  { name: "ptb200.o3", text: "ptb200.txt", order: 3 },
  {
    name: "ptb200.o5.fallback",
    text: "ptb200.txt",
    order: 5,
    options: { onBadDiscount: "fallback" },
  },
  { name: "ptb200.o3.prune001", text: "ptb200.txt", order: 3, options: { prune: [0, 0, 1] } },
  { name: "ptb200.o3.prune011", text: "ptb200.txt", order: 3, options: { prune: [0, 1, 1] } },
  { name: "ptb2k.o4", text: "ptb2k.txt", order: 4 },
  { name: "ptb2k.o5", text: "ptb2k.txt", order: 5 },
];

const golden = (name: string) => readGolden(`kenlm/${name}`);
const sentences = (text: string) => text.trim().split("\n").map((line) => line.trim().split(/ +/));

function estimate({ text, order, options }: Reference) {
  const { vocabulary, ids } = indexSentences(sentences(golden(text)));
  const counts = countNgrams(ids, { order, vocabulary });
  return { counts, model: kneserNey(counts, options) };
}

/** "2 3313 D1=0.848019 D2=1.26747 D3+=1.25812", by order. */
function printedDiscounts(stderr: string): number[][] {
  return Array.from(
    stderr.matchAll(/^\d+ [\d/]+ D1=(\S+) D2=(\S+) D3\+=(\S+)$/gm),
    ([, ...discounts]) => discounts.map(Number),
  );
}

/** The log10 of each word of "word=id length log10" fields. */
function printedScores(query: string): number[] {
  return Array.from(query.matchAll(/\S+=\d+ \d+ (\S+)/g), ([, log10]) => Number(log10));
}

for (const reference of references) {
  const { name } = reference;
  const test = (title: string, fn: () => void | Promise<void>) =>
    Deno.test({ name: `${name}: ${title} (needs ../shared/golden)`, ignore: !hasGolden, fn });

  test("the discounts are lmplz's", () => {
    const discounts = kneserNeyDiscounts(estimate(reference).counts, reference.options);
    const printed = printedDiscounts(golden(`${name}.stderr`));
    assertEquals(printed.length, reference.order);
    for (const [i, d] of printed.entries()) {
      for (const k of [0, 1, 2]) assertAlmostEquals(discounts[i][k], d[k], 1e-5);
    }
  });

  test("every probability and back-off weight is lmplz's", async () => {
    const { model } = estimate(reference);
    const theirs = await parseArpa([golden(`${name}.arpa`)]);
    for (let n = 1; n <= reference.order; n++) {
      assertEquals(model.trie.size(n), theirs.trie.size(n));
    }
    let probability = 0, backoff = 0; // the largest differences
    const compare = (here: number, there: number) => {
      const p = difference(model.logProbability[here], theirs.logProbability[there]);
      probability = Math.max(probability, p);
      if (there >= theirs.logBackoff.length) return;
      backoff = Math.max(backoff, difference(model.logBackoff[here], theirs.logBackoff[there]));
      compareChildren(here, there);
    };
    const compareChildren = (here: number, there: number) => {
      const { firstChild, lastWord } = theirs.trie;
      for (let child = firstChild[there]; child < firstChild[there + 1]; child++) {
        const word = theirs.vocabulary.word(lastWord[child]);
        assert(model.vocabulary.has(word), word);
        compare(model.trie.child(here, model.vocabulary.id(word)), child);
      }
    };
    compareChildren(0, 0);
    assert(probability < 1e-5, `probabilities differ by ${probability}`);
    assert(backoff < 1e-5, `back-off weights differ by ${backoff}`);
  });

  if (reference.order === 1) continue; // query wants bigrams
  test("query's log10 of every word of seen and new text is ours", () => {
    const { model } = estimate(reference);
    const texts = {
      test50: sentences(golden("test50.txt")),
      train20: sentences(golden(reference.text)).slice(0, 20),
    };
    for (const [text, words] of Object.entries(texts)) {
      const ours = model.score(model.vocabulary.encodeSentences(words));
      const theirs = printedScores(golden(`${name}.${text}.query.txt`));
      assertEquals(ours.length, theirs.length);
      for (let i = 0; i < ours.length; i++) {
        assertAlmostEquals(ours[i] / Math.LN10, theirs[i], 1e-5, `${text}, word ${i}`);
      }
    }
  });
}

/** In log10; 0 for two that are −Infinity. */
function difference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.LN10;
}

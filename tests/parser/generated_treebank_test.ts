import { assert, assertEquals } from "@std/assert";
import {
  type AnnotatedSentence,
  generatedTreebank,
  generateSentences,
  isProjective,
  MALT_ALGORITHMS,
  scoreTrees,
  trainMaltParser,
  treeProblem,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const treebank = generatedTreebank();

Deno.test("3,000, 300 and 300 sentences with projective trees, the same every time", () => {
  const { train, dev, test } = treebank;
  assertEquals([train.length, dev.length, test.length], [3000, 300, 300]);
  for (const { words, tags, universalTags, tree } of [...train, ...dev, ...test]) {
    assertEquals([tags.length, universalTags!.length], [words.length, words.length]);
    assertEquals(treeProblem(tree.heads), undefined);
    assert(isProjective(tree.heads));
    assert(tree.labels.every((label) => /^[a-z]+(:[a-z]+)?$/.test(label)), `${tree.labels}`);
    assert(/^\p{Lu}/u.test(words[0]) && /^[.!]$/.test(words.at(-1)!));
    assert(words.length < 100);
  }
  assertEquals(generatedTreebank().test[7], test[7]);
});

/** The tag patterns after which a word was attached in more than one way, and how often. */
function ambiguity(label: (name: string) => boolean): Map<string, Set<string>> {
  const ways = new Map<string, Set<string>>();
  for (const sentence of treebank.train) {
    for (const [i, name] of sentence.tree.labels.entries()) {
      if (label(name)) add(ways, sentence, i);
    }
  }
  return ways;
}

function add(ways: Map<string, Set<string>>, { tags, tree }: AnnotatedSentence, i: number): void {
  const context = tags.slice(Math.max(0, i - 5), i + 1).join(" ");
  ways.set(context, (ways.get(context) ?? new Set()).add(tags[tree.heads[i] - 1]));
}

Deno.test("prepositional phrases, relative clauses and coordination are ambiguous", () => {
  for (const label of [/^(obl|nmod)$/, /^acl:relcl$/, /^conj$/]) {
    const ways = [...ambiguity((name) => label.test(name)).values()];
    const several = ways.filter((heads) => heads.size > 1).length;
    assert(several >= 10, `${label}: ${several} of ${ways.length} contexts`);
  }
});

for (const algorithm of Object.keys(MALT_ALGORITHMS) as (keyof typeof MALT_ALGORITHMS)[]) {
  Deno.test(`MaltParser, ${algorithm}, learns it well but not fully`, async () => {
    const parser = trainMaltParser(treebank.train, { algorithm });
    const score = scoreTrees(treebank.dev, await parser.parse(treebank.dev));
    assert(score.uas > 95 && score.las > 95, `UAS ${score.uas}, LAS ${score.las}`);
    const { gold, correct } = score.counts.byLabel.get("obl")!; // prepositional phrases of verbs
    assert(correct / gold > 0.5 && correct / gold < 0.9, `${correct} of ${gold}`);
  });
}

Deno.test("another seed gives other sentences", () => {
  const [a, b] = [1, 2].map((seed) => generateSentences(20, seeded(seed)));
  assert(a.some(({ words }, i) => words.join(" ") !== b[i].words.join(" ")));
});

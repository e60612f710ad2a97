import { assertRejects, assertThrows } from "@std/assert";
import {
  type AnnotatedSentence,
  BeamParser,
  type DependencyParser,
  NeuralParser,
  neuralTraining,
  searchSentence,
  trainBiaffineParser,
  trainMaltParser,
  trainMstParser,
  trainTagger,
  trainTurboParser,
} from "#lib/parser/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { SMALL_TREEBANK } from "./_small_treebank.ts";
import { smallNetwork } from "./neural/_small.ts";

const WHOLE = SMALL_TREEBANK[1], { tree } = WHOLE;
const UNTAGGED = { ...WHOLE, tags: ["PRP", "VBZ"] };
/** She sleeps, with a tag, a head or a label less or more than words. */
const UNEQUAL: Record<string, AnnotatedSentence> = {
  "a tag": UNTAGGED,
  "a head": { ...WHOLE, tree: { ...tree, heads: [...tree.heads, 2] } },
  "a label": { ...WHOLE, tree: { ...tree, labels: ["nsubj", "root"] } },
};
const SAYS = `Cannot read the sentence "She sleeps .": expected `;
const CYCLIC: AnnotatedSentence = { ...WHOLE, tree: { ...tree, heads: [2, 1, 0] } };
const HAS_CYCLE = `Cannot read the sentence "She sleeps ." at word 1: expected a tree, got a cycle`;
const SMALL = { bits: 10, prunerBits: 10, arcBits: 10, labelBits: 10, epochs: 1 };

async function assertRefuses(parser: DependencyParser): Promise<void> {
  await assertRejects(async () => await parser.parse([UNTAGGED]), RangeError, `${SAYS}a tag`);
}

const trainers = { trainMaltParser, trainMstParser, trainTurboParser };
for (const [name, train] of Object.entries(trainers)) {
  Deno.test(`${name}(): cycles and columns of unequal length are refused`, async () => {
    assertThrows(() => train([CYCLIC], SMALL), RangeError, HAS_CYCLE);
    for (const [what, sentence] of Object.entries(UNEQUAL)) {
      assertThrows(() => train([sentence], SMALL), RangeError, SAYS + what);
    }
    await assertRefuses(train([WHOLE], SMALL));
  });
}

Deno.test("trainTagger(): words without a tag are refused", () => {
  assertThrows(() => trainTagger([UNTAGGED]), RangeError, `${SAYS}a tag`);
});

testEngines("biaffine training: cycles and columns of unequal length are refused", async () => {
  await assertRejects(() => trainBiaffineParser([CYCLIC]), RangeError, HAS_CYCLE);
  for (const [what, sentence] of Object.entries(UNEQUAL)) {
    await assertRejects(() => trainBiaffineParser([sentence]), RangeError, SAYS + what);
  }
});

testEngines(
  "neural parsers and their training refuse columns of unequal length",
  async (engine) => {
    const network = smallNetwork(engine);
    for (const [what, sentence] of Object.entries(UNEQUAL)) {
      const training = neuralTraining(engine, [...SMALL_TREEBANK, sentence]);
      await assertRejects(() => training.next(), RangeError, SAYS + what);
      assertThrows(() => searchSentence(sentence, network.task), RangeError, SAYS + what);
    }
    for (const parser of [new NeuralParser(network), new BeamParser(network)]) {
      await assertRefuses(parser);
      parser.dispose();
    }
    network.dispose();
  },
);

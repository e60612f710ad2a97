import type { Tagger } from "#lib/tagging/mod.ts";
import { splitSentences, treebankTokenize } from "#lib/text/mod.ts";
import { alignTokens } from "./_align_tokens.ts";
import type { ConlluSentence } from "./conllu_sentence.ts";
import type { DependencyTree } from "./dependency_tree.ts";
import type { AnnotatedSentence, DependencyParser } from "./sentence.ts";

/** A sentence of a text with its tree, tags and tree found by models. */
export interface ParsedSentence extends AnnotatedSentence {
  /** The sentence as it stands in the text. */
  readonly text: string;
  /** Whether white space, or the end of the sentence, follows each word. */
  readonly spaceAfter: readonly boolean[];
}

/**
 * From raw text to trees: splits sentences, tokenizes, tags, parses.
 *
 * @example
 * ```ts
 * import { generatedTreebank, TextParser, trainMaltParser, trainTagger } from "#lib/parser/mod.ts";
 *
 * const train = generatedTreebank().train.slice(0, 300);
 * const english = new TextParser(trainTagger(train), trainMaltParser(train));
 * const [{ words, tags, tree }] = await english.parse("The old dog sees a cat.");
 * console.log(words, tags, tree.heads, tree.labels);
 * ```
 */
export class TextParser {
  /** Gives words their tags. */
  readonly tagger: Tagger;
  /** Gives tagged words their trees. */
  readonly parser: DependencyParser;

  /** Puts the two together; both should have learned from the same treebank. */
  constructor(tagger: Tagger, parser: DependencyParser) {
    this.tagger = tagger;
    this.parser = parser;
  }

  /**
   * The sentences of a text with their trees, each {@linkcode withOneRoot}. The words keep the characters
   * of the text.
   */
  async parse(text: string): Promise<ParsedSentence[]> {
    const sentences = splitSentences(text).map((sentence) => {
      const tokens = alignTokens(sentence, treebankTokenize(sentence));
      return {
        text: sentence,
        words: tokens.map(({ form }) => form),
        spaceAfter: tokens.map(({ spaceAfter }) => spaceAfter),
      };
    });
    const tags = await this.tagger.tag(sentences.map(({ words }) => words));
    const tagged = sentences.map((sentence, i) => ({ ...sentence, tags: tags[i] }));
    const trees = await this.parser.parse(tagged);
    return tagged.map((sentence, i) => ({ ...sentence, tree: withOneRoot(trees[i]) }));
  }
}

/**
 * The tree with one root, as UD wants it: further words below ROOT hang from the first one, as
 * `parataxis`, and words below others that a parser has labelled `root` are `dep`, the relation that
 * is not known.
 */
export function withOneRoot({ heads, labels }: DependencyTree): DependencyTree {
  const root = heads.indexOf(0);
  const isFurther = heads.map((head, i) => head === 0 && i !== root);
  const labelOf = (label: string, i: number) => {
    if (isFurther[i]) return "parataxis";
    return label === "root" && i !== root ? "dep" : label;
  };
  return {
    heads: heads.map((head, i) => isFurther[i] ? root + 1 : head),
    labels: labels.map(labelOf),
  };
}

/** A parsed sentence in CoNLL-U; columns nothing is known about hold "_". */
export function conlluOf(sentence: ParsedSentence): ConlluSentence {
  const { words, tags, tree, spaceAfter } = sentence;
  const rows = words.map((form, i) => ({
    ...{ id: String(i + 1), form, lemma: "_", upos: "_", xpos: tags[i], feats: "_" },
    ...{ head: String(tree.heads[i]), deprel: tree.labels[i], deps: "_" },
    misc: spaceAfter[i] ? "_" : "SpaceAfter=No",
  }));
  return { comments: [`# text = ${sentence.text.replaceAll(/\s+/g, " ")}`], rows };
}

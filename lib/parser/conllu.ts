import { ConllReader } from "./_conll_reader.ts";
import type { ConlluSentence } from "./conllu_sentence.ts";

/**
 * The sentences of a text in CoNLL-U (https://universaldependencies.org/format.html).
 *
 * Checked are the columns, the numbering, the heads (if given: a tree with one root), and the empty
 * line after each sentence, which only the last one may lack.
 *
 * @param text a whole file; {@linkcode readConllu} takes a big one piece by piece
 * @throws {TreebankError} naming line and column, if the text is not CoNLL-U
 *
 * @example
 * ```ts
 * import { formatConllu, parseConllu } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "# text = Stop!\n" +
 *   "1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n" +
 *   "2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_\n\n";
 * const [sentence] = parseConllu(text);
 * assertEquals(sentence.rows[1].deprel, "punct");
 * assertEquals(formatConllu([sentence]), text);
 * ```
 */
export function parseConllu(text: string): ConlluSentence[] {
  return parseLines(text, "CoNLL-U");
}

/**
 * The sentences of a text in CoNLL-X (Buchholz & Marsi 2006): as CoNLL-U without comments,
 * multiword tokens and empty nodes; several words may hang from ROOT. The columns CPOSTAG, POSTAG,
 * PHEAD and PDEPREL are `upos`, `xpos`, `deps` and `misc` here.
 *
 * @throws {TreebankError} naming line and column, if the text is not CoNLL-X
 */
export function parseConllx(text: string): ConlluSentence[] {
  return parseLines(text, "CoNLL-X");
}

function parseLines(text: string, format: "CoNLL-U" | "CoNLL-X"): ConlluSentence[] {
  const reader = new ConllReader(format);
  const sentences: ConlluSentence[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    const sentence = reader.push(text.slice(start, end));
    if (sentence) sentences.push(sentence);
    start = end + 1;
  }
  if (start < text.length) reader.push(text.slice(start));
  const last = reader.end();
  if (last) sentences.push(last);
  return sentences;
}

/** The sentences as CoNLL-U text (as CoNLL-X if they came from it), each with its empty line. */
export function formatConllu(sentences: Iterable<ConlluSentence>): string {
  let text = "";
  for (const { comments, rows } of sentences) {
    for (const comment of comments) text += comment + "\n";
    for (const r of rows) {
      text += `${r.id}\t${r.form}\t${r.lemma}\t${r.upos}\t${r.xpos}\t${r.feats}\t` +
        `${r.head}\t${r.deprel}\t${r.deps}\t${r.misc}\n`;
    }
    text += "\n";
  }
  return text;
}

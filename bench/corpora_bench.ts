/**
 * How long it takes to read each corpus, with the files in the cache:
 * `deno bench -P=tables --preload=tools/use_mirror.ts bench/corpora_bench.ts`
 *
 * @module
 */
import {
  readBrown,
  readColorNames,
  readEnglishWebTreebank,
  readMobyDick,
  readNltk,
  readPennTreebankText,
  readReuters,
  readStateOfTheUnion,
} from "#lib/data/mod.ts";
import { splitSentences, treebankTokenize, wordPunct } from "#lib/text/mod.ts";

const readers: Record<string, () => Promise<unknown>> = {
  "Reuters-21578 (27.6 MB of SGML)": () => readReuters(),
  "Penn Treebank text (6.0 MB)": () => readPennTreebankText(),
  "English Web Treebank (17.8 MB, as text)": () => readEnglishWebTreebank(),
  "NLTK treebank (1.7 MB zipped)": () => readNltk("treebank"),
  "Brown (10 MB, tagged)": readBrown,
  "State of the Union (10.8 MB)": readStateOfTheUnion,
  "Moby-Dick (1.2 MB)": readMobyDick,
  "colour names": readColorNames,
};
for (const [name, read] of Object.entries(readers)) {
  Deno.bench(name, { group: "read" }, async () => {
    await read();
  });
}

const reuters = (await readReuters()).map(({ text }) => text);
const speeches = (await readStateOfTheUnion()).map(({ text }) => text.slice(0, 20_000));
const sentences = speeches.flatMap((speech) => splitSentences(speech));

Deno.bench("wordPunct() of lower-cased Reuters (1.7M tokens)", { group: "tokenize" }, () => {
  for (const text of reuters) wordPunct(text.toLowerCase());
});
Deno.bench("splitSentences() of 20,000 letters a speech", { group: "tokenize" }, () => {
  for (const speech of speeches) splitSentences(speech);
});
Deno.bench("treebankTokenize() of their sentences", { group: "tokenize" }, () => {
  for (const sentence of sentences) treebankTokenize(sentence);
});

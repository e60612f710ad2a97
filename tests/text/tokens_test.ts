import { readNltk } from "#lib/data/mod.ts";
import { splitSentences, treebankTokenize, wordPunct } from "#lib/text/mod.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { hasMirror } from "../_support/permission.ts";

const examples: [sentence: string, tokens: string][] = [
  ["They'll save and invest more.", "They 'll save and invest more ."],
  ["hi, my name can't hello,", "hi , my name ca n't hello ,"],
  [
    '"We beat some pretty good teams to get here," Slocum said.', // double quotes by position
    "`` We beat some pretty good teams to get here , '' Slocum said .",
  ],
  [
    "It cost $3.88 (U.S.) in New York, at 3:15 p.m. on 1,000 days.",
    "It cost $ 3.88 ( U.S. ) in New York , at 3:15 p.m. on 1,000 days .",
  ],
  [
    "The dogs' bowl isn't Ann's; I'd go -- wouldn't you?",
    "The dogs ' bowl is n't Ann 's ; I 'd go -- would n't you ?",
  ],
  [
    "I cannot; d'ye? Gimme, lemme, I'm gonna, wanna, gotta; more'n; 'Tis 'twas.",
    "I can not ; d 'ye ? Gim me , lem me , I 'm gon na , wan na , got ta ; more 'n ; 'T is 't was .",
  ],
  [
    "Wait... [see (A) & <B>]: 100% @home #1!",
    "Wait ... [ see ( A ) & < B > ] : 100 % @ home # 1 !",
  ],
  ["WE'RE HERE, THEY'VE GONE, HE DIDN'T.", "WE 'RE HERE , THEY 'VE GONE , HE DID N'T ."],
  ["He said “it’s over.”", "He said `` it 's over . ''"],
  ['(He said "no.")', "( He said `` no . '' )"],
  ["", ""],
  [" \n ", ""],
];

Deno.test("treebankTokenize() follows the treebank's rules", () => {
  for (const [sentence, tokens] of examples) {
    assertEquals(treebankTokenize(sentence).join(" "), tokens);
  }
});

/** Sentences of pieces that meet the rules. */
const pieces = fc.array(
  fc.constantFrom(
    ...[
      "can't",
      "Mr.",
      "1,000",
      "a",
      "dog",
      "it's",
      ",",
      "...",
      '"',
      "(",
      ")",
      "--",
      "$",
      "n't",
      "''",
      "``",
    ],
  ),
).map((list) => list.join(" "));

Deno.test("treebankTokenize() loses no character and leaves no blank (property)", () => {
  const plain = (text: string) =>
    text.replaceAll(/\s/g, "").replaceAll(/["“”]/g, "''").replaceAll(/[`‘’]/g, "'");
  fc.assert(fc.property(fc.oneof(pieces, fc.string({ unit: "grapheme" })), (text) => {
    const tokens = treebankTokenize(text);
    assert(tokens.every((token) => /^\S+$/.test(token)));
    assertEquals(plain(tokens.join("")), plain(text));
  }));
});

Deno.test("wordPunct() keeps words of any script whole", () => {
  assertEquals(wordPunct("El Niño, naïve_1: où 東京...?!"), [
    ...["El", "Niño", ",", "naïve_1", ":", "où", "東京", "...?!"],
  ]);
});

Deno.test("wordPunct() loses no character, and its tokens are words or punctuation (property)", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const tokens = wordPunct(text);
    assert(tokens.every((token) => /^[\p{L}\p{N}_]+$|^[^\p{L}\p{N}_\s]+$/u.test(token)));
    assertEquals(tokens.join(""), text.replaceAll(/\s/g, ""));
  }));
});

Deno.test("splitSentences() splits at ends, not at abbreviations and initials", () => {
  const cases: [text: string, sentences: string[]][] = [
    ["Mr. Smith met Dr. J. S. Bach. Why? Nobody knows!", [
      "Mr. Smith met Dr. J. S. Bach.",
      "Why?",
      "Nobody knows!",
    ]],
    ["It opened on Jan. 26. It cost $3.50, e.g. on line.", [
      "It opened on Jan. 26.",
      "It cost $3.50, e.g. on line.",
    ]],
    ['"No." He left.\nNew line without an end\n\n  ', [
      '"No."',
      "He left.",
      "New line without an end",
    ]],
    ["To Mr.\nFrom Mrs.", ["To Mr.", "From Mrs."]],
    ["", []],
  ];
  for (const [text, sentences] of cases) assertEquals(splitSentences(text), sentences);
  const options = { locale: "de", abbreviations: new Set(["hr"]) };
  assertEquals(splitSentences("Guten Tag, Hr. Bach. Wie geht's?", options), [
    "Guten Tag, Hr. Bach.",
    "Wie geht's?",
  ]);
  assertThrows(() => splitSentences("a", { locale: "no such tag" }), RangeError);
});

Deno.test("splitSentences() loses nothing but white space, and is done when done (property)", () => {
  const text = fc.oneof(
    fc.array(fc.constantFrom("Mr.", "Bell", "rang.", "Why?", "U.S.", "no.", '"', "\n")).map((
      list,
    ) => list.join(" ")),
    fc.string({ unit: "grapheme" }),
  );
  fc.assert(fc.property(text, (text) => {
    const sentences = splitSentences(text);
    const dense = (part: string) => part.replaceAll(/\s/g, "");
    assertEquals(dense(sentences.join("")), dense(text));
    assert(sentences.every((sentence) => sentence !== "" && sentence === sentence.trim()));
  }));
});

/** Positions, in the text without white space, where the parts end; the last one is left out. */
function ends(parts: readonly string[]): Set<number> {
  let position = 0;
  const found = new Set(parts.map((part) => position += part.replaceAll(/\s/g, "").length));
  found.delete(position);
  return found;
}

/** Counts of ends in the treebank, of those found, and of those found rightly. */
class Agreement {
  gold = 0;
  found = 0;
  right = 0;

  add(gold: Set<number>, found: Set<number>): void {
    this.gold += gold.size;
    this.found += found.size;
    this.right += gold.intersection(found).size;
  }
}

Deno.test({
  name: "treebankTokenize() and splitSentences() agree with the Penn Treebank (needs the corpora)",
  ignore: !hasMirror,
  fn: async () => {
    const texts = await readNltk("treebank");
    const tokens = new Agreement(), sentences = new Agreement(), segmenter = new Agreement();
    let files = 0;
    for (const [path, raw] of texts) {
      if (!path.startsWith("raw/wsj_")) continue;
      const lines = raw.split("\n").map((line) => line.trim())
        .filter((line) => line !== "" && line !== ".START");
      const straight = (token: string) => token.replaceAll(/``|''/g, '"');
      const gold = tokensOf(texts.get(`${path.replace("raw/", "tagged/")}.pos`)!).map(straight);
      const found = lines.flatMap(treebankTokenize).map(straight);
      if (gold.join("") !== found.join("")) continue; // the raw text is another than the tagged one
      files++;
      tokens.add(ends(gold), ends(found));
      const text = lines.join(" ");
      sentences.add(ends(lines), ends(splitSentences(text)));
      segmenter.add(ends(lines), ends(splitSentences(text, { abbreviations: new Set() })));
    }
    assertEquals(files, 194);
    assert(tokens.right / tokens.found > 0.998, `${tokens.right} of ${tokens.found}`);
    assert(tokens.right / tokens.gold > 0.996, `${tokens.right} of ${tokens.gold}`);
    assert(sentences.right / sentences.found > 0.9, `${sentences.right} of ${sentences.found}`);
    assert(sentences.right / sentences.gold > 0.97, `${sentences.right} of ${sentences.gold}`);
    assert(sentences.right / sentences.found > segmenter.right / segmenter.found + 0.1);
  },
});

/** Tokens of a tagged file: `word/TAG`, with brackets around noun phrases and lines of `=`. */
function tokensOf(tagged: string): string[] {
  return tagged.split(/\s+/)
    .filter((item) => !/^(|\[|\]|=+)$/.test(item))
    .map((item) => item.slice(0, item.lastIndexOf("/")).replaceAll(/\\([/*])/g, "$1"));
}

/**
 * `generate_corpus.ts FOLDER SHARDS [TOKENS]`: writes SHARDS text files of TOKENS words each
 * (10 million if not said), drawn from a trigram Kneser–Ney model of the State of the Union
 * addresses, for measuring how counting grows. Words the addresses have once only are `<unk>` to the
 * model; a drawn `<unk>` becomes one of a million invented words, by Zipf's law, so that the
 * vocabulary grows with the text as real ones do. Shard i is drawn with seed i; shards that are
 * there are left alone.
 *
 * @module
 */
import { existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { readStateOfTheUnion } from "#lib/data/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { type Random, seeded } from "#lib/random/mod.ts";
import { indexSentences, splitSentences, treebankTokenize } from "#lib/text/mod.ts";

const INVENTED_WORDS = 1e6;
const PIECE = 1 << 20; // characters written at once

const [folder, shards, tokens = "10e6"] = Deno.args;

const speeches = await readStateOfTheUnion();
const sentences = speeches.flatMap(({ text }) => splitSentences(text).map(treebankTokenize));
const { vocabulary, ids } = indexSentences(sentences, { minCount: 2 });
const model = kneserNey(countNgrams(ids, { order: 3, vocabulary }));

/** A word of rank r with probability proportional to about 1 / r. */
function inventedWord(random: Random): string {
  return `w${Math.floor(INVENTED_WORDS ** random())}`;
}

/** Text of `length` words and more, up to the end of the last sentence. */
function* drawText(random: Random, length: number): Generator<string> {
  let piece = "", state = model.initialState(), isFirst = true;
  for (let drawn = 0; drawn < length || !isFirst; drawn++) {
    const id = model.sample(state, random);
    const isEnd = id === vocabulary.end;
    const word = id === vocabulary.unknown ? inventedWord(random) : vocabulary.words[id];
    piece += isEnd ? "\n" : isFirst ? word : ` ${word}`;
    isFirst = isEnd;
    state = model.advance(state, id);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

mkdirSync(folder, { recursive: true });
for (let shard = 0; shard < Number(shards); shard++) {
  const path = `${folder}/shard-${String(shard).padStart(3, "0")}.txt`;
  if (existsSync(path)) continue;
  const file = openSync(`${path}.part`, "w");
  for (const piece of drawText(seeded(shard), Number(tokens))) writeSync(file, piece);
  renameSync(`${path}.part`, path);
  console.error(path);
}

import { type PronouncedWord, readPronouncingDictionary } from "#lib/data/mod.ts";
import { beamSearch, type ConditionalLanguageModel } from "#lib/rnn/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import type { ConditionalData, ConditionalPlan } from "./_conditional_run.ts";
import { once } from "./_once.ts";

const LETTERS = new Vocabulary("abcdefghijklmnopqrstuvwxyz'");
const BEAM = 4, SHOWN = 20;
const SHARE = 1 / 4; // of dev, to choose passes on

/** Phonemes without stress, as grapheme-to-phoneme models are usually scored. */
function unstressed(phonemes: readonly string[]): string[] {
  return phonemes.map((phoneme) => phoneme.replace(/\d/, ""));
}

const readDictionary = once((_: void) => readPronouncingDictionary());
const readData = once(async (_: void): Promise<ConditionalData> => {
  const { train, dev } = await readDictionary();
  const sounds = train.flatMap(({ pronunciations }) => pronunciations.flatMap(unstressed));
  const vocabulary = new Vocabulary(new Set(sounds.sort()));
  const pairsOf = (words: readonly PronouncedWord[]) =>
    words.flatMap(({ word, pronunciations }) =>
      pronunciations.map((phonemes) => ({
        x: LETTERS.encode([...word]),
        y: vocabulary.encode(unstressed(phonemes)),
      }))
    );
  const some = dev.slice(0, dev.length * SHARE);
  return { train: pairsOf(train), dev: pairsOf(some), vocabulary, source: LETTERS };
});

/** Letters to phonemes: an LSTM reads the word, another one writes how it is said. */
export const pronunciation: ConditionalPlan = {
  id: "pronunciation-lstm-attention",
  system: "Encoder and decoder LSTM with attention: spelling to phonemes",
  data: "CMU Pronouncing Dictionary, a tenth of its words for testing; phonemes without stress",
  run: {
    model: {
      x: { kind: "sequence", width: 32 },
      ...{ attention: true, cell: "lstm", width: 32, units: 192, forgetBias: 1 },
      dropout: { rate: 0.1 },
    },
    ...{ symbols: 600, rate: 0.002, epochs: 8, schedule: { hold: 4, decay: 0.5 }, seed: 1 },
  },
  quick: { units: 64, pairs: 8000, scored: 300 },
  read: () => readData(),
  figures: async (model, most) => {
    const { dev, test } = await readDictionary();
    const onTest = errorsOf(model, test.slice(0, most));
    const { wordErrorRate: validWordErrorRate } = errorsOf(model, dev.slice(0, most));
    const { samples, ...rates } = onTest;
    return { metrics: { ...rates, validWordErrorRate }, samples };
  },
};

/**
 * Shares of words and phonemes that are wrong, in %. A word is right if it is said in one of its
 * ways; phonemes are compared with the way nearest to what was written.
 */
function errorsOf(model: ConditionalLanguageModel, words: readonly PronouncedWord[]) {
  const xs = words.map(({ word }) => LETTERS.encode([...word]));
  const found = beamSearch(model, xs, { beam: BEAM, maxLength: 40 });
  let wrong = 0, edits = 0, phonemes = 0;
  const samples: string[] = [];
  words.forEach(({ word, pronunciations }, i) => {
    const said = model.vocabulary.decode(found[i][0].y);
    const ways = pronunciations.map(unstressed);
    const distances = ways.map((way) => editDistance(said, way));
    const nearest = distances.indexOf(Math.min(...distances));
    if (distances[nearest] > 0) wrong++;
    edits += distances[nearest];
    phonemes += ways[nearest].length;
    const right = distances[nearest] === 0
      ? ""
      : ` (in the dictionary: ${ways[nearest].join(" ")})`;
    if (i < SHOWN) samples.push(`${word}: ${said.join(" ")}${right}`);
  });
  return {
    wordErrorRate: 100 * wrong / words.length,
    phonemeErrorRate: 100 * edits / phonemes,
    samples: [samples.join("\n")],
  };
}

/** The fewest insertions, deletions and replacements that make b of a (Levenshtein 1966). */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  a.forEach((symbol, i) => {
    const next = [i + 1];
    b.forEach((other, j) =>
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (symbol === other ? 0 : 1)))
    );
    row = next;
  });
  return row[b.length];
}

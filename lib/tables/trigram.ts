import { type DataOptions, readReuters, readStateOfTheUnion } from "#lib/data/mod.ts";
import { countNgrams, maximumLikelihood, type MaximumLikelihoodModel } from "#lib/ngram/mod.ts";
import { indexSentences, wordPunct } from "#lib/text/mod.ts";
import { once } from "./_once.ts";
import type { RowPlan, Table } from "./table.ts";

interface Trigrams {
  model: MaximumLikelihoodModel;
  /** Words of the text, without the `</s>` after each document. */
  tokens: number;
}

const REUTERS = "Reuters-21578 ApteMod, lower-cased";
const SPEECHES = "State of the Union, lower-cased";

/** The words after "today the", as the slide "n-gram Language Models in practice" gives them. */
const SLIDE = { company: 0.153, bank: 0.153, price: 0.077, italian: 0.039, emirate: 0.039 };

const reutersTrigrams = once(async (data: DataOptions) =>
  count((await readReuters(data)).map(({ text }) => text))
);
const speechTrigrams = once(async (_: DataOptions) =>
  count((await readStateOfTheUnion()).map(({ text }) => text))
);

/** "n-gram Language Models in practice": what follows two words, by a trigram model. */
export const trigram: Table = {
  id: "trigram",
  title: "n-gram Language Models in practice",
  rows: [
    ...Object.entries(SLIDE).map(([word, probability]) =>
      row(REUTERS, reutersTrigrams, { prefix: "today the", word, published: { probability } })
    ),
    // the same from a corpus that is always there
    ...["people", "flag", "dream", "republics", "government"].map((word) =>
      row(SPEECHES, speechTrigrams, { prefix: "the american", word, published: {} })
    ),
  ],
};

function row(
  data: string,
  trigrams: (data: DataOptions) => Promise<Trigrams>,
  question: { prefix: string; word: string; published: Record<string, number> },
): RowPlan {
  const { prefix, word, published } = question;
  return {
    id: `${data.split(/\W/)[0].toLowerCase()}-${word}`,
    system: `trigram P(${word} | ${prefix})`,
    ...{ data, published, engine: "typescript" },
    measure: async (options) => {
      const { model, tokens } = await trigrams(options.data);
      const { vocabulary, counts: { trie, counts } } = model;
      let state = model.initialState();
      for (const id of vocabulary.encode(prefix.split(" "))) state = model.advance(state, id);
      const ngram = trie.child(state, vocabulary.id(word));
      return {
        probability: Math.exp(model.logProbabilities(state)[vocabulary.id(word)]),
        count: ngram < 0 ? 0 : counts[ngram],
        contextCount: model.contextCount(state),
        tokens,
      };
    },
  };
}

/** Counts the trigrams of texts; an n-gram never crosses the end of one. */
function count(texts: readonly string[]): Trigrams {
  const { vocabulary, ids } = indexSentences(texts.map((text) => wordPunct(text.toLowerCase())));
  const model = maximumLikelihood(countNgrams(ids, { order: 3, vocabulary }));
  return { model, tokens: ids.length - texts.length };
}

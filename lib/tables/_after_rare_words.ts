import { perplexity } from "#lib/lm/mod.ts";
import type { SplitText } from "#lib/data/mod.ts";
import type { RecurrentLanguageModel } from "#lib/rnn/mod.ts";

/**
 * Perplexities of a model whose vocabulary is open: of all words, and of the test words that come
 * after one the training text has too rarely to be in the vocabulary, or not at all.
 */
export function perplexitiesAfterRareWords(
  model: RecurrentLanguageModel,
  { train, valid, test }: SplitText,
): Record<string, number> {
  const { vocabulary } = model, seen = new Set(train.flat());
  const ids = vocabulary.encodeSentences(test), logP = model.score(ids);
  const of = (wanted: (word: string) => boolean) => {
    let [sum, words] = [0, 0];
    for (let t = 1; t < ids.length; t++) {
      const before = ids[t - 1];
      if (vocabulary.predicted(before) === before || !wanted(vocabulary.word(before))) continue;
      sum -= logP[t];
      words++;
    }
    return { perplexity: Math.exp(sum / words), words };
  };
  const [rare, unseen] = [of((word) => seen.has(word)), of((word) => !seen.has(word))];
  return {
    perplexity: Math.exp(-logP.reduce((sum, nats) => sum + nats, 0) / ids.length),
    validPerplexity: perplexity(model, vocabulary.encodeSentences(valid)),
    perplexityAfterRare: rare.perplexity,
    perplexityAfterUnseen: unseen.perplexity,
    ...{ wordsAfterRare: rare.words, wordsAfterUnseen: unseen.words, tokens: ids.length },
    parameters: Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0),
  };
}

import { assert, assertEquals } from "@std/assert";
import { perplexity } from "#lib/lm/mod.ts";
import { addDelta, countNgrams } from "#lib/ngram/mod.ts";
import { scoredOnce } from "#lib/tables/score_run.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { languageModelContract } from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const model = addDelta(countNgrams(ids, { order: 2, vocabulary }), 0.1);

languageModelContract("scored once", () => ({
  model: scoredOnce(model),
  text: ids,
  contexts: [["the", "students"], []],
}));

Deno.test("scoredOnce() asks the model once for each text", () => {
  let asked = 0;
  const counted = scoredOnce({
    vocabulary,
    initialState: () => model.initialState(),
    logProbabilities: (state: number) => model.logProbabilities(state),
    advance: (state: number, id: number) => model.advance(state, id),
    score: (text: Int32Array) => (asked++, model.score(text)),
  });
  assertEquals(perplexity(counted, ids), perplexity(counted, ids));
  assert(asked === 1, `${asked}`);
});

import { NeuralParser } from "#lib/parser/mod.ts";
import { agreedText, TRI_TRAINING } from "./_agreed_text.ts";
import { EWT } from "./_parser_scores.ts";
import { seededRow } from "./_seeded_rows.ts";
import { WEISS } from "./_transition_runs.ts";
import type { SeededRow } from "./seeded_row.ts";
import { specOf, trainedNetwork } from "./transition_run.ts";

const RUN = { ...WEISS, triTraining: TRI_TRAINING };

/** The network of row `ewt-weiss-greedy`, which learns from sentences that two parsers agree on too. */
export const triTrainingRow: SeededRow = seededRow(EWT, {
  ...{ id: "ewt-weiss-tri-training", published: {}, spec: specOf(RUN) },
  system: "Weiss et al. 2015, greedy network, tri-training on Brown and Reuters",
  open: async (options) => {
    const found = await agreedText(options), { treebank } = options;
    const train = [...found.sentences, ...treebank.train]; // a quick run takes the first of them
    const { network, log } = await trainedNetwork(RUN, {
      ...{ ...options, treebank: { ...treebank, train } },
    });
    const parser = new NeuralParser(network);
    const counts = {
      ...{ parsedSentences: found.parsed, agreedSentences: found.agreed },
      addedSentences: found.sentences.length,
    };
    return {
      ...{ parser, log, more: () => counts },
      dispose: () => [parser, network].forEach((each) => each.dispose()),
    };
  },
});

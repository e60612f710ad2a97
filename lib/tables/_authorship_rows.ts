import { type LabelledText, textAccuracy, type TextClassifier } from "#lib/classify/mod.ts";
import { type Authorship, presidentModels, presidentWords, readAuthorship } from "./authorship.ts";
import { inDev } from "./_parser_scores.ts";
import type { RowPlan } from "./table.ts";

const DATA = "State of the Union, passages of 100 words of each president's last speech";

/** λ of a president's own model: the best on dev is taken. */
const WEIGHTS = [0.3, 0.5, 0.7];

/** Who said it, by language models of what each president said. */
export const authorshipRows: readonly RowPlan[] = [
  row("authorship-majority", "The president of most passages", (data) => [majority(data)]),
  row("authorship-naive-bayes", "Naive Bayes over words", (data) => [presidentWords(data)]),
  row(
    "authorship-kneser-ney-2",
    "Kneser–Ney bigrams of each president, interpolated with all presidents'",
    (data) => WEIGHTS.map((weight) => presidentModels(data, { order: 2, weight })),
  ),
];

/** A row: of the classifiers made, the one that is best on dev is scored on test. */
function row(
  id: string,
  system: string,
  make: (data: Authorship) => TextClassifier[],
): RowPlan {
  return {
    ...{ id, system, data: DATA, published: {}, engine: "typescript" },
    takesMinutes: true,
    measure: async ({ report }) => {
      const data = await readAuthorship(), { dev, test } = data;
      let best: TextClassifier | undefined, most = -1;
      for (const classifier of make(data)) {
        const accuracy = await textAccuracy(classifier, dev);
        report(`  ${id}: accuracy on dev ${(100 * accuracy).toFixed(2)} %`);
        if (accuracy > most) [best, most] = [classifier, accuracy];
      }
      return {
        ...await figures(best!, test),
        ...inDev(await figures(best!, dev)),
        classes: data.train.size,
      };
    },
  };
}

async function figures(
  classifier: TextClassifier,
  passages: readonly LabelledText[],
): Promise<Record<string, number>> {
  const speeches = [...Map.groupBy(passages, ({ label }) => label)].map(([label, some]) => ({
    label,
    words: some.flatMap(({ words }) => words),
  }));
  return {
    accuracy: 100 * await textAccuracy(classifier, passages),
    speechAccuracy: 100 * await textAccuracy(classifier, speeches),
    passages: passages.length,
  };
}

/** Always the president who has most passages in dev. */
function majority({ dev, train }: Authorship): TextClassifier {
  const classes = [...train.keys()], counts = Map.groupBy(dev, ({ label }) => label);
  const row = classes.map((name) => Math.log((counts.get(name)?.length ?? 0) / dev.length));
  return {
    classes,
    logProbabilities: (texts) => Promise.resolve(Float64Array.from(texts.flatMap(() => row))),
  };
}

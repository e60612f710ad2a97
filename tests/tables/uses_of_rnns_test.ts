import { assert, assertEquals } from "@std/assert";
import { readAuthorship, scorers, sentenceClassifiers, type Table } from "#lib/tables/mod.ts";
import { hasMirror, mayRead } from "../_support/permission.ts";

const options = { scale: "quick", data: {}, report: () => {} } as const;

async function measured(table: Table, id: string): Promise<Record<string, number>> {
  return await table.rows.find((row) => row.id === id)!.measure(options);
}

Deno.test("each corpus has its bag of words before the networks, which take minutes", () => {
  for (const rows of Map.groupBy(sentenceClassifiers.rows, ({ data }) => data).values()) {
    assertEquals(rows.map(({ takesMinutes = false }) => takesMinutes).indexOf(true), 1);
    assert(rows[0].id.endsWith("-naive-bayes"));
  }
});

Deno.test({
  name: "naive Bayes classifies questions: what an encoder must beat (needs the corpora)",
  ignore: !hasMirror,
  fn: async () => {
    const { accuracy, devAccuracy } = await measured(sentenceClassifiers, "questions-naive-bayes");
    assert(accuracy > 65 && accuracy < 85, `${accuracy}`);
    assert(devAccuracy > 70 && devAccuracy < 80, `${devAccuracy}`);
  },
});

Deno.test({
  name: "unigrams put non-words right, and almost never words (needs the corpora)",
  ignore: !hasMirror,
  fn: async () => {
    const found = await measured(scorers, "spelling-unigrams");
    assert(found.nonWordAccuracy > 50, `${found.nonWordAccuracy}`);
    assert(found.realWordAccuracy < 50, `${found.realWordAccuracy}`);
    assert(found.errorRate < found.errorRateTyped, `${found.errorRate}`);
  },
});

Deno.test({
  name: "passages are of 100 words, from speeches that are not learned from",
  ignore: !mayRead,
  fn: async () => {
    const { train, dev, test } = await readAuthorship();
    assertEquals(train.size, 37);
    const learned = new Set([...train.values()].flat().map((words) => words.join(" ")));
    for (const { words, label } of [...dev, ...test]) {
      assert(words.length >= 100 && train.has(label));
    }
    const isNew = ({ words }: { words: readonly string[] }) =>
      words.join(" ").split(" </s>").some((sentence) => !learned.has(sentence.trim()));
    assert([...dev, ...test].every(isNew));
  },
});

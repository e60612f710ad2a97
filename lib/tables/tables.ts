import { generation } from "./generation.ts";
import { parsers } from "./parsers.ts";
import { parsersNeural } from "./parsers_neural.ts";
import { perplexity } from "./perplexity.ts";
import { scorers } from "./scorers.ts";
import { sentenceClassifiers } from "./sentence_classifiers.ts";
import type { Table } from "./table.ts";
import { taggers } from "./tagger_rows.ts";
import { trigram } from "./trigram.ts";
import { vectorization } from "./vectorization.ts";
import { windowClassifier } from "./window_classifier.ts";

/** The tables of the lecture that can be reproduced, in the lecture's order. */
export const tables: readonly Table[] = [
  parsers,
  parsersNeural,
  vectorization,
  windowClassifier,
  trigram,
  perplexity,
  generation,
  taggers,
  sentenceClassifiers,
  scorers,
];

/**
 * The table of this id.
 *
 * @throws {RangeError} if there is none
 */
export function findTable(id: string): Table {
  const table = tables.find((table) => table.id === id);
  if (table) return table;
  throw new RangeError(
    `Cannot reproduce a table: expected one of ${
      tables.map(({ id }) => id).join(", ")
    }, got "${id}"`,
  );
}

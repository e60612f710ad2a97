import { trainedConditionalRow } from "./_conditional_run.ts";
import { trainedGenerationRows } from "./_generation_models.ts";
import { mixtureRows } from "./_mixture.ts";
import { modelRows } from "./_model_rows.ts";
import { namedColours } from "./_named_colours.ts";
import { pronunciation } from "./_pronunciation.ts";
import { classifierRows } from "./sentence_classifiers.ts";
import { taggerRows } from "./tagger_rows.ts";
import type { TrainedRow } from "./trained_row.ts";

/** All rows that are trained by `deno task train-tables`. */
export const trainedRows: readonly TrainedRow[] = [
  ...modelRows,
  ...mixtureRows,
  ...trainedGenerationRows,
  trainedConditionalRow(namedColours),
  trainedConditionalRow(pronunciation),
  ...taggerRows,
  ...classifierRows,
];

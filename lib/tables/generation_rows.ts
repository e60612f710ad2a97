import { type GenerationText, generationTexts } from "./generation_texts.ts";
import type { LanguageModelRun } from "./language_model_run.ts";

/** A recurrent row of the table `generation`, trained by `deno task train-tables`. */
export interface GenerationRow {
  /** Short name of the row, its files and its recorded run. */
  id: string;
  /** The text it learns from. */
  text: GenerationText;
  /** The full-scale run. */
  run: LanguageModelRun;
}

/** One LSTM for all texts of characters; batches small enough for some hundred updates a pass. */
const CHARACTERS: LanguageModelRun = {
  model: { width: 32, cell: "lstm", units: 256, forgetBias: 1, dropout: { rate: 0.1 } },
  ...{ batchSize: 8, steps: 50, optimizer: "adam", rate: 0.003, clipNorm: 1, seed: 1 },
  ...{ epochs: 24, schedule: { hold: 10, decay: 0.8 } },
};

const WORDS: LanguageModelRun = {
  model: {
    ...{ width: 200, cell: "lstm", units: 200, dropout: { rate: 0.4 } },
    output: { kind: "full", tied: true },
  },
  ...{ batchSize: 10, steps: 20, optimizer: "adam", rate: 0.002, clipNorm: 1, seed: 1 },
  ...{ epochs: 15, schedule: { hold: 6, decay: 0.7 } },
};

/** What a text asks for beside the common settings: longer texts need fewer passes. */
const RUNS: Readonly<Record<string, LanguageModelRun>> = {
  "colour-names": CHARACTERS,
  recipes: { ...CHARACTERS, batchSize: 16, epochs: 12, schedule: { hold: 6, decay: 0.6 } },
  obama: { ...CHARACTERS, model: { ...CHARACTERS.model, dropout: { rate: 0.3 } } },
  "obama-words": WORDS,
  "moby-dick": { ...CHARACTERS, batchSize: 16, epochs: 10, schedule: { hold: 5, decay: 0.6 } },
  "moby-dick-words": { ...WORDS, epochs: 8, schedule: { hold: 4, decay: 0.5 } },
};

/** The recurrent rows of the table `generation`. */
export const generationRows: readonly GenerationRow[] = generationTexts.map((text) => ({
  id: `${text.id}-lstm`,
  text,
  run: {
    ...RUNS[text.id],
    model: { ...RUNS[text.id].model, crossesSentences: text.isStream },
  },
}));

/**
 * The lecture's tables, measured anew: `deno task reproduce-tables`, and the same for programs.
 *
 * ```ts
 * import { findTable, measureRows } from "#lib/tables/mod.ts";
 *
 * const options = { scale: "quick", data: {}, report: () => {}, recordedOnly: true } as const;
 * for await (const row of measureRows(findTable("trigram"), options)) {
 *   console.log(row.system, row.metrics, row.published, row.skipped);
 * }
 * ```
 *
 * @module
 */
export { presidentModels, presidentWords, readAuthorship } from "./authorship.ts";
export type { Authorship, AuthorshipOptions, PresidentOptions } from "./authorship.ts";
export { biaffineRows } from "./biaffine_rows.ts";
export { loadBiaffineRun, trainBiaffineRun } from "./biaffine_run.ts";
export type { BiaffineRun, TrainBiaffineOptions, TrainedBiaffineParser } from "./biaffine_run.ts";
export { compareParsers } from "./compare_parsers.ts";
export type { CompareParsersOptions, ParserComparison } from "./compare_parsers.ts";
export { formatJson, formatMarkdown, formatText } from "./format_rows.ts";
export type { Format } from "./format_rows.ts";
export { generation } from "./generation.ts";
export { type GenerationRow, generationRows } from "./generation_rows.ts";
export { type GenerationText, generationTexts, type SplitSequences } from "./generation_texts.ts";
export { checkpointFile } from "./checkpoint_file.ts";
export { loadTrainedRun, trainRun } from "./language_model_run.ts";
export type {
  LanguageModelRun,
  LoadRunOptions,
  RunLog,
  RunProgress,
  TrainedLanguageModel,
  TrainingText,
  TrainRunOptions,
} from "./language_model_run.ts";
export { measureRows } from "./measure_rows.ts";
export type { MeasureRowsOptions } from "./measure_rows.ts";
export { newsCourse, raceFile, races, recordedRace, treesCourse } from "./optimizer_race.ts";
export type { Race, RaceName, RecordedRace } from "./optimizer_race.ts";
export { parsers } from "./parsers.ts";
export { parsersNeural } from "./parsers_neural.ts";
export { perplexity } from "./perplexity.ts";
export { recordRun } from "./record_run.ts";
export { mergedOrder, recordComparison, recordedComparison } from "./recorded_comparison.ts";
export type { ComparisonRun, KeptComparison, RecordedComparison } from "./recorded_comparison.ts";
export { recordedRun } from "./recorded_run.ts";
export { firstSeeds, recordSeed } from "./recorded_seeds.ts";
export type { RecordedSeed, RecordSeedOptions } from "./recorded_seeds.ts";
export { PENN_TREEBANK, POOLED } from "./language_model_text.ts";
export type { LanguageModelText } from "./language_model_text.ts";
export { recurrentRows } from "./recurrent_rows.ts";
export type { RecurrentRow } from "./recurrent_row.ts";
export { perplexities, scoreRun, sha256 } from "./score_run.ts";
export type { ScoredRun } from "./score_run.ts";
export { scorers } from "./scorers.ts";
export { seedSummary } from "./seed_summary.ts";
export { SEEDS } from "./seeded_row.ts";
export type { ScoredSeed, SeededRow, SeedOptions, TrainingLog } from "./seeded_row.ts";
export { sentenceClassifiers } from "./sentence_classifiers.ts";
export type { MeasureOptions, RecordedRun, Row, RowPlan, Scale, Table } from "./table.ts";
export { taggers } from "./tagger_rows.ts";
export { findTable, tables } from "./tables.ts";
export { trainedRows } from "./trained_rows.ts";
export type { TrainedRow, TrainRowOptions } from "./trained_row.ts";
export { type ComparedFigure, type VerifiedRow, verifyRow } from "./verify_row.ts";
export { trigram } from "./trigram.ts";
export { transitionRows } from "./transition_rows.ts";
export {
  specOf,
  STRUCTURED,
  structuredParser,
  type TrainedNetwork,
  trainedNetwork,
  type TransitionRun,
} from "./transition_run.ts";
export { vectorization } from "./vectorization.ts";
export { plainLoopsTime, vectorizationTimes } from "./vectorization_times.ts";
export type { VectorizationSizes, VectorizationTimes } from "./vectorization_times.ts";
export { windowClassifier } from "./window_classifier.ts";

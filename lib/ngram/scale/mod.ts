/**
 * N-gram counting and models where the corpus or its n-grams do not fit into memory: the counting is
 * a few grouping queries, which DuckDB runs on one machine, spilling to disk. DuckDB is a native
 * library, loaded as it is first used; it needs the permission `--allow-ffi=node_modules`.
 *
 * ```ts
 * import { countCorpus } from "#lib/ngram/scale/mod.ts";
 *
 * async function example() {
 *   const counts = await countCorpus(["news.txt.gz"], { order: 5, folder: "counts" });
 *   console.log(counts.ngrams); // the number of distinct n-grams, by order
 * }
 * ```
 *
 * @module
 */
export { chooseEngine } from "./choose_engine.ts";
export type { EngineChoice } from "./choose_engine.ts";
export { countCorpus } from "./count_corpus.ts";
export type { CountCorpusOptions, ScaleProgress } from "./count_corpus.ts";
export { columns, countingJob } from "./counting_job.ts";
export type { JobStep } from "./counting_job.ts";
export { openCounts, verifyCounts, writeCountsManifest } from "./counts_folder.ts";
export type { CountsFile, CountsFolder, CountsSummary } from "./counts_folder.ts";
export { DiskModel, openModel } from "./disk_model.ts";
export type { DiskState, OpenModelOptions } from "./disk_model.ts";
export { estimateKneserNey } from "./estimate_kneser_ney.ts";
export type { EstimatedModel, EstimateOptions } from "./estimate_kneser_ney.ts";
export { countsOfCountsQuery, kneserNeyJob } from "./kneser_ney_job.ts";
export type { KneserNeyJobOptions } from "./kneser_ney_job.ts";
export type { DuckDbOptions } from "./duckdb_options.ts";
export type { Precision } from "./precision.ts";
export { readCounts } from "./read_counts.ts";
export { explainFailure, ScaleError } from "./scale_error.ts";
export type { ScaleErrorCode } from "./scale_error.ts";
export type { SparkOptions } from "./spark_options.ts";

import type { Engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import type { TreebankSplit } from "#lib/parser/mod.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/** A parser of the table `parsers-neural` that was trained from one seed, scored. */
export interface ScoredSeed {
  /** The figures by their contract names. */
  metrics: Record<string, number>;
  /** Score on dev after each pass. */
  validationCurve: number[];
  /** SHA-256 of the checkpoint; empty at quick scale. */
  checkpointSha256: string;
  /** What decided the run, but for the seed. */
  spec: JsonValue;
}

/** A row whose parser is trained by `deno task train-parsers`, once for each seed. */
export interface SeededRow extends RowPlan {
  /** The first of its seeds. */
  seed: number;
  /** What decides the run, but for the seed. */
  spec: JsonValue;
  /** Trains from a seed, unless that was done before, and scores on dev and test. */
  score(options: MeasureOptions, seed: number): Promise<ScoredSeed>;
}

/** What is trained and told of one seed. */
export interface SeedOptions extends MeasureOptions {
  /** Name of the row. */
  id: string;
  /** What is learned from, chosen and scored on. */
  treebank: TreebankSplit;
  /** Where everything drawn comes from. */
  seed: number;
  /** What computes. */
  engine: Engine;
}

/** What a training took. */
export type TrainingLog = {
  /** What was measured on dev after each pass, such as a score in %; the best pass's parameters are kept. */
  validations: number[];
  /** Wall time of training in seconds; of parsers, taggers and classifiers dev included. */
  seconds: number;
  /** The same in processor time. */
  cpuSeconds: number;
};

/** Seeds of a full row. */
export const SEEDS: readonly number[] = [1, 2, 3];

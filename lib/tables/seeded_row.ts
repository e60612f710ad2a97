import type { Engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import type { TreebankSplit } from "#lib/parser/mod.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/** A scored row of the table `parsers-neural`. */
export interface ScoredRow {
  /** The figures by their contract names: means over seeds, and the range of test scores. */
  metrics: Record<string, number>;
  /** Score on dev after each pass of the first seed. */
  validationCurve: number[];
  /** SHA-256 of each seed's checkpoint, one after the other; empty at quick scale. */
  checkpointSha256: string;
  /** What decided the run. */
  spec: JsonValue;
}

/** A row whose parser is trained by `deno task train-parsers`, once for each seed. */
export interface SeededRow extends RowPlan {
  /** The first of its seeds. */
  seed: number;
  /**
   * Trains what is not trained yet, and scores it on dev and test; by default with three seeds, at quick
   * scale with one.
   */
  score(options: MeasureOptions, seeds?: readonly number[]): Promise<ScoredRow>;
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
  /** Score on dev after each pass, in %; the best pass's parameters are kept. */
  validations: number[];
  /** Wall time of training in seconds, dev included. */
  seconds: number;
  /** The same in processor time. */
  cpuSeconds: number;
};

/** Seeds of a full row. */
export const SEEDS: readonly number[] = [1, 2, 3];

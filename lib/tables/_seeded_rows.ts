import { engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import { type DependencyParser, scoreSentences, type TreebankSplit } from "#lib/parser/mod.ts";
import { accuracy, type Corpus, inDev, speed } from "./_parser_scores.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { sha256 } from "./score_run.ts";
import { seedSummary } from "./seed_summary.ts";
import {
  type ScoredSeed,
  type SeededRow,
  type SeedOptions,
  SEEDS,
  type TrainingLog,
} from "./seeded_row.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/** A parser trained from one seed. */
export interface SeededParser {
  /** The parser itself. */
  parser: DependencyParser;
  /** What its training took. */
  log: TrainingLog;
  /** Figures of its own. @default {none} */
  more?: () => Record<string, number> | Promise<Record<string, number>>;
  /** Frees it. */
  dispose: () => void;
}

/** What makes a row of its own. */
export interface SeededRowPlan extends Pick<RowPlan, "id" | "system" | "published"> {
  /** What decides the run. */
  spec: JsonValue;
  /** Trains the parser of a seed, or takes what was trained before. */
  open: (options: SeedOptions) => Promise<SeededParser>;
}

/** A row of means over seeds; sentences are scored one by one with the first seed's parser. */
export function seededRow(
  corpus: Corpus,
  { id, system, published, spec, open }: SeededRowPlan,
): SeededRow {
  const optionsOf = async (options: MeasureOptions) => {
    const found = await engine();
    options.report(`  ${found.description}`);
    return { ...options, id, treebank: await corpus.read(options.data), engine: found };
  };
  const score = async (options: MeasureOptions, seed: number) => {
    const shared = await optionsOf(options);
    const opened = await open({ ...shared, seed });
    return {
      metrics: await figures(opened, { ...shared, corpus }),
      validationCurve: opened.log.validations,
      checkpointSha256: options.scale === "full"
        ? await sha256(checkpointFile(`${id}-${seed}`))
        : "",
      spec,
    };
  };
  return {
    ...{ id, system, published, spec, data: corpus.data, seed: SEEDS[0], score },
    engine: "tensorflow.js",
    measure: async (options) => {
      const scored: ScoredSeed[] = [];
      for (const seed of options.scale === "full" ? SEEDS : SEEDS.slice(0, 1)) {
        scored.push(await score(options, seed));
      }
      return seedSummary(scored).metrics;
    },
    testScores: async (options) => {
      const shared = await optionsOf(options), { test } = shared.treebank;
      const { parser, dispose } = await open({ ...shared, seed: SEEDS[0] });
      try {
        return scoreSentences(test, await parser.parse(test));
      } finally {
        dispose();
      }
    },
  };
}

/** Scores a parser, and frees it. */
async function figures(
  { parser, log, more, dispose }: SeededParser,
  { treebank: { dev, test }, corpus }: { treebank: TreebankSplit; corpus: Corpus },
): Promise<Record<string, number>> {
  try {
    return {
      ...await accuracy(parser, test, corpus),
      ...inDev(await accuracy(parser, dev, corpus)),
      ...await more?.(),
      ...await speed(parser, test),
      ...{ trainSeconds: log.seconds, trainCpuSeconds: log.cpuSeconds },
    };
  } finally {
    dispose();
  }
}

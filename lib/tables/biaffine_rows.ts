import process from "node:process";
import { engine } from "#lib/engine/mod.ts";
import {
  type BiaffineParser,
  biaffineTraining,
  PUBLISHED_SIZES,
  type Treebank,
} from "#lib/parser/mod.ts";
import { type Corpus, EWT, NLTK } from "./_parser_scores.ts";
import { seededRow } from "./_seeded_rows.ts";
import {
  type BiaffineRun,
  loadBiaffineRun,
  trainBiaffineRun,
  type TrainedBiaffineParser,
} from "./biaffine_run.ts";
import type { SeededRow, SeedOptions } from "./seeded_row.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/** Half the published widths and two layers of three, for what two cores train in half an hour. */
const SCALED: BiaffineRun = {
  sizes: {
    ...{ wordWidth: 100, tagWidth: 50, layers: 2, units: 200, arcUnits: 200, labelUnits: 50 },
    drop: 0.2,
  },
  ...{ epochs: 12, batchTokens: 600, rate: 0.002, decaySteps: 350, seed: 1 },
};

const HALF = "Dozat & Manning 2017, half size";

/** Dozat & Manning 2017, table 5: the test section of the Penn Treebank (Stanford Dependencies). */
const PUBLISHED = { uas: 95.74, las: 94.08 };

/** The parser of Dozat & Manning 2017, smaller and at its size, without its LSTMs, and with affixes. */
export const biaffineRows: readonly SeededRow[] = [
  biaffineRow(EWT, "biaffine", { system: HALF, published: PUBLISHED }, SCALED),
  biaffineRow(EWT, "biaffine-affixes", {
    system: `${HALF}, with affixes of words`,
    published: {},
  }, { ...SCALED, affixes: true, epochs: 40, decaySteps: 1500 }),
  biaffineRow(EWT, "biaffine-published-size", {
    system: "Dozat & Manning 2017, published size, with affixes of words",
    published: {},
  }, { ...SCALED, sizes: PUBLISHED_SIZES, affixes: true, decaySteps: 450 }),
  biaffineRow(EWT, "biaffine-no-lstm", {
    system: `${HALF}, without LSTMs`,
    published: {},
  }, { ...SCALED, sizes: { ...SCALED.sizes, layers: 0 } }),
  biaffineRow(NLTK, "biaffine", {
    system: HALF,
    published: {},
  }, { ...SCALED, decaySteps: 175 }),
  biaffineRow(NLTK, "biaffine-affixes", {
    system: `${HALF}, with affixes of words`,
    published: {},
  }, {
    ...{ ...SCALED, sizes: { ...SCALED.sizes, drop: 0.33 }, affixes: true },
    ...{ epochs: 40, decaySteps: 600 }, // few sentences: more passes, more is dropped
  }),
];

function biaffineRow(
  corpus: Corpus,
  name: string,
  { system, published }: Pick<RowPlan, "system" | "published">,
  run: BiaffineRun,
): SeededRow {
  return seededRow(corpus, {
    ...{ id: `${corpus.name}-${name}`, system, published },
    spec: JSON.parse(JSON.stringify(run)),
    open: async (options) => {
      const { parser, log } = await trainedParser(run, options);
      const more = () => ({ parameters: parametersOf(parser) });
      return { parser, log, more, dispose: () => parser.dispose() };
    },
  });
}

/** At full scale what is kept, trained first where it is not; else one trained quickly. */
async function trainedParser(
  run: BiaffineRun,
  { scale, report, treebank, id, seed }: SeedOptions,
): Promise<TrainedBiaffineParser> {
  if (scale === "quick") return await quickParser(treebank.train, report);
  const own = { ...run, seed }, name = `${id}-${seed}`;
  await trainBiaffineRun(own, { id: name, treebank, report });
  return await loadBiaffineRun(own, name);
}

function parametersOf({ parts: { network: { parameters } } }: BiaffineParser): number {
  return Object.values(parameters).reduce((sum, { size }) => sum + size, 0);
}

/** A quick row learns from the first sentences only, a few times, with a small network. */
const QUICK = {
  sentences: 1000,
  sizes: {
    ...{ wordWidth: 50, tagWidth: 50, layers: 1, units: 64, arcUnits: 64, labelUnits: 32 },
    drop: 0.2,
  },
  ...{ epochs: 8, batchTokens: 500, decaySteps: 500, seed: 1 },
};

async function quickParser(
  treebank: Treebank,
  report: MeasureOptions["report"],
): Promise<TrainedBiaffineParser> {
  const { sentences, ...options } = QUICK;
  report(`  ${(await engine()).description}`);
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  let parser: BiaffineParser | undefined;
  for await (const at of biaffineTraining(treebank.slice(0, sentences), options)) {
    parser = at.parser;
    report(`  epoch ${at.epoch} of ${options.epochs}, loss ${at.loss.toFixed(3)}`);
  }
  const { user, system } = process.cpuUsage(cpu), seconds = (performance.now() - begun) / 1000;
  return { parser: parser!, log: { validations: [], seconds, cpuSeconds: (user + system) / 1e6 } };
}

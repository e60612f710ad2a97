import { DataError, explained } from "#lib/data/mod.ts";
import { recordedRun } from "./recorded_run.ts";
import type { MeasureOptions, Row, Table } from "./table.ts";

/** Settings of {@linkcode measureRows}. */
export interface MeasureRowsOptions extends MeasureOptions {
  /**
   * Show what is recorded in `results/` and measure nothing.
   *
   * @default {false}
   */
  recordedOnly?: boolean;
  /**
   * Show rows that take minutes as recorded and measure the others.
   *
   * @default {false}
   */
  quickRowsOnly?: boolean;
}

/**
 * Measures a table row by row. A row whose data is not there is skipped and says what brings it,
 * one whose checkpoint is damaged or of another run says which file it is; the others go on.
 *
 * @throws whatever a measurement throws, but for a `DataError` or a `SyntaxError`
 */
export async function* measureRows(
  table: Table,
  options: MeasureRowsOptions,
): AsyncGenerator<Row, void, void> {
  for (const plan of table.rows) {
    const { id, system, data, published, engine, seed = null } = plan;
    const recorded = await recordedRun(table.id, id);
    const row: Row = {
      ...{ table: table.id, row: id, system, data, scale: options.scale },
      ...{ metrics: {}, published, seconds: null, engine, seed },
      ...(recorded ? { recorded } : {}),
    };
    if (!options.recordedOnly && !(options.quickRowsOnly && plan.takesMinutes)) {
      options.report(`${table.id}: ${system} on ${data}`);
      const begun = performance.now();
      try {
        const samples: string[] = [];
        row.metrics = await plan.measure({ ...options, wrote: (text) => samples.push(text) });
        if (samples.length > 0) row.samples = samples;
        row.seconds = (performance.now() - begun) / 1000;
      } catch (error) {
        if (!(error instanceof DataError || error instanceof SyntaxError)) throw error;
        row.skipped = explained(error);
      }
    }
    yield row;
  }
}

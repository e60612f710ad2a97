import type { TrainingReport } from "#lib/nn/mod.ts";

/**
 * The reports of a training whose model was just built. The caller gets the model with the first
 * report; where there is none, it is freed.
 */
export async function* handOver(
  model: { dispose(): void },
  begin: () => AsyncIterable<TrainingReport>,
): AsyncGenerator<TrainingReport, void, void> {
  let isHandedOver = false;
  try {
    for await (const report of begin()) {
      isHandedOver = true;
      yield report;
    }
  } finally {
    if (!isHandedOver) model.dispose();
  }
}

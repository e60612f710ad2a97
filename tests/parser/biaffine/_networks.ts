/** Small networks and sentences of numbers for the tests. */
import type { Engine } from "#lib/engine/mod.ts";
import { type BiaffineBatch, BiaffineNetwork, type BiaffineSizes } from "#lib/parser/mod.ts";
import { joinSentences } from "#lib/parser/biaffine/biaffine_batch.ts";
import { type Random, seeded } from "#lib/random/mod.ts";

export const SMALL: BiaffineSizes = {
  ...{ wordWidth: 5, tagWidth: 4, layers: 2, units: 3, arcUnits: 6, labelUnits: 4, drop: 0 },
};
export const COUNTS = { words: 12, tags: 6, affixes: 9, labels: 3 };

/** A network whose parameters are all drawn, those that start at 0 too. */
export function drawnNetwork(engine: Engine, sizes: Partial<BiaffineSizes> = {}): BiaffineNetwork {
  const random = seeded(3);
  const network = new BiaffineNetwork(engine, {
    sizes: { ...SMALL, ...sizes },
    ...{ counts: COUNTS, random },
  });
  for (const variable of Object.values(network.parameters)) {
    engine.values(variable).forEach((_, i, values) => values[i] = random() - 0.5);
  }
  return network;
}

/** Sentences of so many words each (ROOT comes before them), heads and labels drawn. */
export function drawnSentences(words: readonly number[], random: Random = seeded(4)) {
  const below = (limit: number) => Math.floor(random() * limit);
  const ids = (length: number, limit: number) => Int32Array.from({ length }, () => below(limit));
  return words.map((n) => ({
    ...{ words: ids(n + 1, COUNTS.words), tags: ids(n + 1, COUNTS.tags) },
    affixes: ids(7 * (n + 1), COUNTS.affixes),
    heads: Int32Array.from({ length: n + 1 }, (_, i) => i === 0 ? -1 : below(n + 1)),
    labels: Int32Array.from({ length: n + 1 }, (_, i) => i === 0 ? -1 : below(COUNTS.labels)),
  }));
}

/** The same as one batch. */
export function drawnBatch(words: readonly number[]): BiaffineBatch {
  return joinSentences(drawnSentences(words));
}

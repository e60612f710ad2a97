import type { ScoredSeed } from "./seeded_row.ts";

/**
 * What a row says of its seeds: mean figures, the least and the most of test scores, the first seed's
 * curve, and the hashes of all checkpoints, one after the other.
 *
 * @param seeds at least one
 */
export function seedSummary(seeds: readonly ScoredSeed[]): ScoredSeed {
  const metrics: Record<string, number> = {};
  for (const name of Object.keys(seeds[0].metrics)) {
    const values = seeds.map((seed) => seed.metrics[name]);
    metrics[name] = values.reduce((sum, v) => sum + v, 0) / values.length;
    if (values.length === 1 || !["uas", "lasNoSubtypes"].includes(name)) continue;
    metrics[`${name}Least`] = Math.min(...values);
    metrics[`${name}Most`] = Math.max(...values);
  }
  return {
    metrics: { ...metrics, seeds: seeds.length },
    validationCurve: seeds[0].validationCurve,
    checkpointSha256: seeds.map(({ checkpointSha256 }) => checkpointSha256).join(" "),
    spec: seeds[0].spec,
  };
}

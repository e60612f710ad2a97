import type { NamedArrays } from "./named_arrays.ts";

/** Gradients after clipping. */
export interface Clipped {
  /** The same names; scaled down together where their norm was too large. */
  gradients: Record<string, Float32Array | Float64Array>;
  /** ‖g‖ before clipping: the square root of the sum of all squares. */
  norm: number;
}

/**
 * Clips by the global norm (Pascanu et al. 2013, algorithm 1): if ‖g‖ > c then g ← c·g/‖g‖, with
 * ‖g‖ over all parameters together, so that the direction stays.
 *
 * @param gradients left as they are
 * @param limit c, above 0
 * @throws {RangeError} if `limit` is not above 0
 */
export function clipByGlobalNorm(gradients: NamedArrays, limit: number): Clipped {
  if (!(limit > 0)) {
    throw new RangeError(`Cannot clip gradients: expected a norm above 0, got ${limit}`);
  }
  let squares = 0;
  for (const gradient of Object.values(gradients)) {
    for (const g of gradient) squares += g * g;
  }
  const norm = Math.sqrt(squares);
  const scale = norm > limit ? limit / norm : 1;
  const clipped = Object.entries(gradients).map(([name, gradient]) =>
    [name, gradient.map((g) => g * scale)] as const
  );
  return { gradients: Object.fromEntries(clipped), norm };
}

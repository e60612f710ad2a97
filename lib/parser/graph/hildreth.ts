/** When {@linkcode hildreth} ends. */
export interface HildrethOptions {
  /** Largest number of steps. @default {10_000} */
  maxSteps?: number;
  /** Largest violation that is let be. @default {1e-8} */
  tolerance?: number;
}

/**
 * Hildreth's algorithm (Censor & Zenios 1997): the smallest step Δw = Σᵢ αᵢ·dᵢ, by ½‖Δw‖², that brings
 * Δw·dᵢ ≥ bᵢ for every i. Each round takes the constraint that is violated most and raises its αᵢ by
 * (bᵢ − Δw·dᵢ) / ‖dᵢ‖², but not below 0. With a single constraint α = max(0, b / ‖d‖²).
 *
 * @param margins b, what each constraint lacks; shape [k]
 * @param products the inner products dᵢ·dⱼ; shape [k, k]
 * @returns α, each 0 or more; shape [k]
 */
export function hildreth(
  margins: readonly number[],
  products: readonly (readonly number[])[],
  { maxSteps = 10_000, tolerance = 1e-8 }: HildrethOptions = {},
): number[] {
  const alpha = margins.map(() => 0), lacking = [...margins];
  for (let step = 0; step < maxSteps; step++) {
    let worst = -1, violation = tolerance;
    for (const [i, lack] of lacking.entries()) {
      if (products[i][i] === 0) continue; // no step can help
      // with α = 0 too much of a margin is no violation (complementary slackness)
      const violated = alpha[i] > 0 ? Math.abs(lack) : lack;
      if (violated > violation) [worst, violation] = [i, violated];
    }
    if (worst < 0) break;
    const raised = Math.max(0, alpha[worst] + lacking[worst] / products[worst][worst]);
    const change = raised - alpha[worst];
    alpha[worst] = raised;
    for (const i of lacking.keys()) lacking[i] -= change * products[worst][i];
  }
  return alpha;
}

/** A moment in training. */
export interface Moment {
  /** Passes over the data that are complete, from 0. */
  epoch: number;
  /** Updates made before this one, from 0. */
  step: number;
  /** What `evaluate` returned after each complete epoch. @default {[]} */
  validations?: readonly number[];
}

/** The learning rate η of a moment. */
export type Schedule = (at: Moment) => number;

function atLeast(limit: number, numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!(value >= limit)) {
      throw new RangeError(
        `Cannot build a schedule: expected ${name} of ${limit} or more, got ${value}`,
      );
    }
  }
}

/** η = rate, always. */
export function constantRate(rate: number): Schedule {
  atLeast(0, { rate });
  return () => rate;
}

/** η = rate · ½^⌊epoch / k⌋: halved every k epochs. */
export function halvingRate(rate: number, { every: k }: { every: number }): Schedule {
  atLeast(0, { rate });
  atLeast(1, { every: k });
  return ({ epoch }) => rate * 0.5 ** Math.floor(epoch / k);
}

/** When and how fast {@linkcode heldRate} falls. */
export interface HeldRateOptions {
  /** Epochs at the full rate. */
  hold: number;
  /** What the rate is multiplied by at each epoch after those, 0 or more. */
  decay: number;
}

/** η = rate for `hold` epochs, then multiplied by `decay` at every epoch (Zaremba et al. 2014). */
export function heldRate(rate: number, { hold, decay }: HeldRateOptions): Schedule {
  atLeast(0, { rate, hold, decay });
  return ({ epoch }) => rate * decay ** Math.max(epoch + 1 - hold, 0);
}

/** η = rate · e^(−k t) with t the epoch. */
export function exponentialRate(rate: number, { decay: k }: { decay: number }): Schedule {
  atLeast(0, { rate, decay: k });
  return ({ epoch }) => rate * Math.exp(-k * epoch);
}

/** When {@linkcode plateauRate} halves. */
export interface PlateauOptions {
  /** The share of the last value's size by which an epoch must improve. @default {0.003} */
  improvement?: number;
}

/**
 * η = rate · ½ᵐ with m the epochs from the first on whose validation improved too little: the rate
 * is halved once progress stops, and at every epoch thereafter (Mikolov et al. 2010). Validation is
 * what training's `evaluate` returns; less is better.
 */
export function plateauRate(rate: number, { improvement = 0.003 }: PlateauOptions = {}): Schedule {
  atLeast(0, { rate, improvement });
  return ({ validations = [] }) => {
    const first = validations.findIndex((value, i) => {
      const before = validations[i - 1];
      // before − improvement · |before|
      return i > 0 && !(value < before * (1 - improvement * Math.sign(before)));
    });
    return first < 0 ? rate : rate * 0.5 ** (validations.length - first);
  };
}

/** The range and pace of a rate that goes up and down. */
export interface CycleOptions {
  /** The smallest rate. */
  low: number;
  /** The largest rate. */
  high: number;
  /** Updates from `low` to `high` (triangular), or from `high` to `low` (warm restarts). */
  steps: number;
}

/** Cyclic, triangular (Smith 2017): up from `low` to `high` in `steps` updates, and down again. */
export function triangularRate({ low, high, steps }: CycleOptions): Schedule {
  atLeast(0, { low });
  atLeast(low, { high });
  atLeast(1, { steps });
  return ({ step }) => {
    const position = (step / steps) % 2; // 0 low, 1 high, 2 low again
    return low + (high - low) * (1 - Math.abs(1 - position));
  };
}

/** How cycles of warm restarts grow. */
export interface WarmRestartOptions extends CycleOptions {
  /** Each cycle has this many times the steps of the one before. @default {1} */
  growth?: number;
}

/**
 * Stochastic gradient descent with warm restarts (Loshchilov and Hutter 2017, eq. 5):
 * η = low + ½(high − low)(1 + cos(π·t/T)), t updates into a cycle of T.
 */
export function warmRestartRate({ low, high, steps, growth = 1 }: WarmRestartOptions): Schedule {
  atLeast(0, { low });
  atLeast(low, { high });
  atLeast(1, { steps, growth });
  return ({ step }) => {
    let [t, length] = [step, steps];
    while (t >= length) [t, length] = [t - length, length * growth];
    return low + 0.5 * (high - low) * (1 + Math.cos(Math.PI * t / length));
  };
}

/** η = rate / √t, with t the number of this update, from 1. */
export function inverseRootRate(rate: number): Schedule {
  atLeast(0, { rate });
  return ({ step }) => rate / Math.sqrt(step + 1);
}

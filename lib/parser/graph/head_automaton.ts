import type { FactorConfiguration, ScoredFactor } from "./factor.ts";

/** What a {@linkcode HeadAutomaton} is made of. */
export interface HeadAutomatonParts {
  /** Arcs into the head, by number; empty for ROOT. */
  incoming: ArrayLike<number>;
  /** Arcs from the head to dependents on one side, by number, the nearest dependent first. */
  outgoing: ArrayLike<number>;
  /**
   * Scores of consecutive siblings, shape [m + 1, m + 2] for m outgoing arcs: row 0 is START, row i the
   * i-th dependent; column i the i-th dependent that follows it, column m + 1 STOP. Column 0 is unused.
   */
  siblings: Float64Array;
  /** Scores of grandparents, shape [incoming, m]: the arc into the head and the one from it. */
  grandparents: Float64Array;
  /**
   * Scores of grand-siblings, shape [incoming, m + 1, m + 2]: the arc into the head with each two
   * siblings. @default {none are scored}
   */
  grandSiblings?: Float64Array;
}

/**
 * The factor of one head and side (Koo, Rush, Collins, Jaakkola & Sontag 2010; with the arc into the
 * head, Martins, Almeida & Smith 2013): it takes exactly one arc into the head, if there are any, and
 * any dependents. Its score is that of the siblings taken one after the other, from START to STOP, of the
 * grandparent with each of them and, where there are scores for it, with each two.
 */
export class HeadAutomaton implements ScoredFactor {
  /** Incoming arcs, then outgoing ones. */
  readonly variables: Int32Array;
  /** Number of incoming arcs. */
  readonly incoming: number;
  readonly #outgoing: number;
  /** For each arc into the head the scores of siblings under it, [m + 1, m + 2]. */
  readonly #siblings: readonly Float64Array[];
  readonly #grandparents: Float64Array;
  readonly #best: Float64Array;
  readonly #previous: Int32Array;

  /** Takes the parts over; the arrays are not copied. */
  constructor(
    { incoming, outgoing, siblings, grandparents, grandSiblings }: HeadAutomatonParts,
  ) {
    this.variables = Int32Array.from([...Array.from(incoming), ...Array.from(outgoing)]);
    this.incoming = incoming.length;
    this.#outgoing = outgoing.length;
    this.#siblings = Array.from({ length: Math.max(1, incoming.length) }, (_, g) => {
      const own = grandSiblings?.subarray(g * siblings.length, (g + 1) * siblings.length);
      return own && incoming.length > 0 ? siblings.map((score, i) => score + own[i]) : siblings;
    });
    this.#grandparents = grandparents;
    this.#best = new Float64Array(outgoing.length + 1);
    this.#previous = new Int32Array(outgoing.length + 1);
  }

  /** The best arc into the head and dependents, in O(incoming · m²). */
  maximize(potentials: Float64Array, scale: number): FactorConfiguration {
    let best = -Infinity, on: number[] = [];
    for (let g = 0; g < Math.max(1, this.incoming); g++) {
      const { value, last } = this.#bestChain(potentials, scale, g);
      const whole = this.incoming === 0 ? value : value + potentials[g];
      if (whole <= best) continue;
      best = whole;
      on = this.incoming === 0 ? [] : [g];
      const first = on.length;
      for (let i = last; i > 0; i = this.#previous[i]) on.splice(first, 0, this.incoming + i - 1);
    }
    const taken = Int32Array.from(on);
    return { on: taken, score: this.scoreOf(taken) };
  }

  /** Viterbi over the last dependent taken; V₀ is START. */
  #bestChain(potentials: Float64Array, scale: number, g: number): { value: number; last: number } {
    const m = this.#outgoing, best = this.#best, siblings = this.#siblings[g];
    let value = scale * siblings[m + 1], last = 0;
    for (let i = 1; i <= m; i++) {
      let highest = -Infinity;
      for (let j = 0; j < i; j++) {
        const sum = best[j] + scale * siblings[j * (m + 2) + i];
        if (sum > highest) {
          highest = sum;
          this.#previous[i] = j;
        }
      }
      best[i] = highest + potentials[this.incoming + i - 1] +
        (this.incoming === 0 ? 0 : scale * this.#grandparents[g * m + i - 1]);
      const whole = best[i] + scale * siblings[i * (m + 2) + m + 1];
      if (whole > value) {
        value = whole;
        last = i;
      }
    }
    return { value, last };
  }

  /** The siblings of a configuration as places in the sibling scores. */
  siblingsOf(on: Int32Array): number[] {
    const m = this.#outgoing, places: number[] = [];
    let previous = 0;
    for (let k = this.incoming === 0 ? 0 : 1; k < on.length; k++) {
      const i = on[k] - this.incoming + 1;
      places.push(previous * (m + 2) + i);
      previous = i;
    }
    places.push(previous * (m + 2) + m + 1);
    return places;
  }

  /** The grandparents of a configuration as places in the grandparent scores. */
  grandparentsOf(on: Int32Array): number[] {
    if (this.incoming === 0) return [];
    return Array.from(on.subarray(1), (k) => on[0] * this.#outgoing + k - this.incoming);
  }

  /** The grand-siblings of a configuration as places in the grand-sibling scores. */
  grandSiblingsOf(on: Int32Array): number[] {
    if (this.incoming === 0) return [];
    const first = on[0] * this.#siblings[0].length;
    return this.siblingsOf(on).map((place) => first + place);
  }

  /** The score of a configuration: its siblings, grandparents and grand-siblings. */
  scoreOf(on: Int32Array): number {
    let sum = 0;
    const siblings = this.#siblings[this.incoming === 0 ? 0 : on[0]];
    for (const place of this.siblingsOf(on)) sum += siblings[place];
    for (const place of this.grandparentsOf(on)) sum += this.#grandparents[place];
    return sum;
  }
}

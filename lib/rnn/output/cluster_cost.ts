import type { Engine } from "#lib/engine/mod.ts";
import { parameter, uniform, zeros } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { ClusterCost } from "./adaptive_cutoffs.ts";
import { tailWidth } from "./adaptive_softmax.ts";

/** What {@linkcode measureClusterCost} measures. */
export interface ClusterCostOptions {
  /** H, the width of the states. */
  units: number;
  /** B, places in a batch. */
  rows: number;
  /** The most words a cluster may have; larger ones are extrapolated. @default {4000} */
  words?: number;
  /** For how many tails. @default {4} */
  maxTails?: number;
}

/** A cost model and what it is made of. */
export interface MeasuredCost {
  /** Milliseconds of a training step on a cluster. */
  cost: ClusterCost;
  /** For each cluster: c, μ and λ of c + μ k + λ k n, in milliseconds. */
  coefficients: [c: number, mu: number, lambda: number][];
}

/**
 * Measures what a cluster of k words at n places costs in training, and fits
 *
 *     g(k, n) = c + μ k + λ k n
 *
 * for each width of states. The model of Grave et al. 2017 (eq. 6) is flat until k n exceeds what
 * keeps a GPU busy; on a CPU the part that does not depend on n is that of reading and updating k
 * columns of weights, μ k. Takes about a second.
 */
export function measureClusterCost(engine: Engine, options: ClusterCostOptions): MeasuredCost {
  const { units, rows, words = 4000, maxTails = 4 } = options;
  const sizes = [words / 16, words / 4, words].map(Math.ceil);
  const places = [rows / 16, rows / 4, rows].map(Math.ceil);
  const coefficients = Array.from({ length: maxTails + 1 }, (_, cluster) => {
    const points = sizes.flatMap((k) =>
      places.map((n) => ({ k, n, time: stepTime(engine, { units, rows, cluster, k, n }) }))
    );
    return fitCost(points);
  });
  const cost: ClusterCost = (cluster, k, n) => {
    const [c, mu, lambda] = coefficients[Math.min(cluster, maxTails)];
    return c + mu * k + lambda * k * n;
  };
  return { cost, coefficients };
}

/** Milliseconds of loss, gradients and update of a cluster: the least of six, for others work too. */
function stepTime(
  engine: Engine,
  { units, rows, cluster, k, n }: {
    units: number;
    rows: number;
    cluster: number;
    k: number;
    n: number;
  },
): number {
  const { tf, operations, updates } = engine;
  const width = cluster === 0 ? units : tailWidth(units, cluster), random = seeded(1);
  const draw = (shape: number[]) => parameter(engine, { shape, initializer: uniform(0.1), random });
  const states = draw([cluster === 0 ? n : rows, units]),
    P = draw([units, width]),
    U = draw([width, k]);
  const b = parameter(engine, { shape: [k], initializer: zeros(), random });
  const targets = tf.tensor1d(Int32Array.from({ length: n }, (_, i) => i % k), "int32");
  const places = tf.tensor1d(Int32Array.from({ length: n }, (_, i) => i), "int32");
  const loss = () => {
    const narrow = cluster === 0 ? states : tf.matMul(operations.embed(states, places), P);
    return operations.linearCrossEntropy(narrow, { weights: U, bias: b, targets });
  };
  const variables = cluster === 0 ? [states, U, b] : [states, P, U, b];
  const times = Array.from({ length: 6 }, () => {
    const begun = performance.now();
    tf.tidy(() => {
      const gradient = tf.variableGrads(loss, variables).grads[U.name];
      const scale = 1 / (1 + (updates?.sumOfSquares(gradient) ?? 0));
      updates?.sgd({ theta: U, gradient, slots: {} }, { rate: 0.01, scale });
    });
    return performance.now() - begun;
  });
  tf.dispose([states, P, U, b, targets, places]);
  return Math.min(...times);
}

/** c, μ, λ ≥ 0 with the least sum of squared relative errors. */
export function fitCost(
  points: readonly { k: number; n: number; time: number }[],
): [c: number, mu: number, lambda: number] {
  const subsets = [[0, 1, 2], [1, 2], [0, 2], [2], [0, 1], [1], [0]];
  let best: [number, number, number] = [0, 0, 0], least = Infinity;
  for (const subset of subsets) { // a negative coefficient would make large clusters free
    const found: [number, number, number] = [0, 0, 0];
    const rows = points.map(({ k, n, time }) => subset.map((f) => [1, k, k * n][f] / time));
    leastSquares(rows).forEach((v, i) => found[subset[i]] = v);
    const error = points.reduce((sum, { k, n, time }) => {
      return sum + ((found[0] + found[1] * k + found[2] * k * n) / time - 1) ** 2;
    }, 0);
    if (found.every((v) => v >= 0) && error < least) [best, least] = [found, error];
  }
  return best;
}

/** The x with the least ‖A x − 1‖, by Gauss's normal equations. */
function leastSquares(A: readonly number[][]): number[] {
  const n = A[0].length;
  const M = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => A.reduce((sum, row) => sum + row[i] * row[j], 0)),
    A.reduce((sum, row) => sum + row[i], 0),
  ]);
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < n; r++) {
      const factor = r === i ? 0 : M[r][i] / M[i][i];
      for (let j = i; j <= n; j++) M[r][j] -= factor * M[i][j];
    }
  }
  return M.map((row, i) => row[n] / row[i]);
}

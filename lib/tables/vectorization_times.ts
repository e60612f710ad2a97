import { type Engine, medianTime } from "#lib/engine/mod.ts";
import { type Random, seeded } from "#lib/random/mod.ts";

/** The slide's sizes. */
export interface VectorizationSizes {
  /** N, the number of vectors. */
  N: number;
  /** d, their length. */
  d: number;
  /** C, the number of classes. */
  C: number;
}

/** Median times of the same C × N results, in microseconds. */
export interface VectorizationTimes {
  /** W times one vector after the other, each a tensor operation that makes a new tensor. */
  readonly tensorLoop: number;
  /** W times one vector after the other, each a product into a tensor that is there. */
  readonly loop: number;
  /** The same calls with next to nothing to compute: 1 × 1 times 1 × 1. */
  readonly overhead: number;
  /** W times all vectors, one product into a tensor that is there. */
  readonly product: number;
}

/** Numbers as `numpy.random.rand` draws them: W, shape [C, d], and X, shape [d, N]. */
function draw({ N, d, C }: VectorizationSizes, random: Random) {
  const fill = (length: number) => Float32Array.from({ length }, random);
  return { W: fill(C * d), X: fill(d * N) };
}

/** W X in float64 sums, shape [C, N]: what all ways must give. */
function expected({ N, d, C }: VectorizationSizes, W: Float32Array, X: Float32Array) {
  return Float64Array.from({ length: C * N }, (_, k) => {
    const c = Math.floor(k / N), i = k % N;
    let sum = 0;
    for (let j = 0; j < d; j++) sum += W[c * d + j] * X[j * N + i];
    return sum;
  });
}

/** Fails unless two results agree to 1e-4 of their size. */
function checkEqual(way: string, found: ArrayLike<number>, right: Float64Array): void {
  const off = right.findIndex((v, k) =>
    !(Math.abs(found[k] - v) <= 1e-4 * Math.max(1, Math.abs(v)))
  );
  if (off >= 0) {
    throw new Error(`Cannot time ${way}: it gives ${found[off]} for ${right[off]} at place ${off}`);
  }
}

/**
 * Times the slide "Vectorization" on an engine: looping over word vectors against one matrix.
 *
 * @returns medians of 101 runs after warming up
 * @throws {Error} if the ways do not give the same numbers within 1e-4
 */
export function vectorizationTimes(engine: Engine, sizes: VectorizationSizes): VectorizationTimes {
  const { N, d, C } = sizes, { tf } = engine;
  const values = draw(sizes, seeded(1));
  const right = expected(sizes, values.W, values.X);
  return tf.tidy(() => {
    const W = tf.tensor2d(values.W, [C, d]), X = tf.tensor2d(values.X, [d, N]);
    const vectors = tf.split(X, N, 1), Y = tf.zeros([C, N]);
    const results = vectors.map(() => tf.zeros([C, 1]));
    const loop = () => vectors.forEach((x, i) => engine.multiplyInto(results[i], { a: W, b: x }));
    const product = () => engine.multiplyInto(Y, { a: W, b: X });
    const tensorLoop = () => vectors.forEach((x) => tf.matMul(W, x).dispose());
    const one = tf.ones([1, 1]), small = vectors.map(() => [tf.ones([1, 1]), tf.zeros([1, 1])]);
    const calls = () => small.forEach(([x, y]) => engine.multiplyInto(y, { a: one, b: x }));
    const times = {
      tensorLoop: medianTime(tensorLoop, { warmUp: 10, runs: 51 }),
      loop: medianTime(loop),
      overhead: medianTime(calls),
      product: medianTime(product),
    };
    const columns = results.map((y) => y.dataSync());
    checkEqual("the loop", Array.from(right, (_, k) => columns[k % N][Math.floor(k / N)]), right);
    checkEqual("the product", Y.dataSync(), right);
    return times;
  });
}

/** The same by nested loops over arrays, without any engine; median in microseconds. */
export function plainLoopsTime(sizes: VectorizationSizes): number {
  const { N, d, C } = sizes, { W, X } = draw(sizes, seeded(1));
  const Y = new Float32Array(C * N);
  const loops = () => {
    for (let c = 0; c < C; c++) {
      for (let i = 0; i < N; i++) {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += W[c * d + j] * X[j * N + i];
        Y[c * N + i] = sum;
      }
    }
  };
  const time = medianTime(loops);
  checkEqual("nested loops", Y, expected(sizes, W, X));
  return time;
}

import type { Heap } from "./_heap.ts";
import type { Product, ProductInput } from "./_product.ts";

/** What a library is compared with. */
export interface SelfTestOptions {
  /** Where both compute. */
  heap: Heap;
  /** The product that is known to be right. */
  own: Product;
}

const LARGEST = 256 * 256; // values of the largest matrix used

/** Values without pattern, between −1 and 1 (Weyl's sequence of the golden ratio). */
function fill(values: Float32Array, start: number): void {
  for (let i = 0; i < values.length; i++) values[i] = 2 * (((start + i) * 0.6180339887) % 1) - 1;
}

/** Every layout at sizes that leave odd rests, adding or not, with gaps between rows. */
function trials(a: number, b: number): Omit<ProductInput, "c">[] {
  const sizes = [[1, 1, 1], [37, 53, 61], [20, 200, 50], [200, 50, 130], [129, 255, 65]];
  return sizes.flatMap(([m, n, k]) =>
    [false, true].flatMap((transposeA) =>
      [false, true].map((transposeB) => ({
        ...{ m, n, k, a, b, transposeA, transposeB, accumulate: transposeA, ldc: n + 1 },
      }))
    )
  );
}

/** The best time of several, in milliseconds. */
function bestTime(product: Product, input: ProductInput): number {
  let best = Infinity;
  for (let i = 0; i < 6; i++) {
    const start = performance.now();
    product(input);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** What a test found. */
export interface SelfTest {
  /** What is wrong with the product, or "" when nothing is. */
  fault: string;
  /** Times our own product's speed; 0 where results are wrong. */
  speedup: number;
}

/**
 * Tests a library's product for correctness and speed; libraries that compute wrongly on some
 * processors, and slow reference implementations, are in use.
 */
export function tested(product: Product, { heap, own }: SelfTestOptions): SelfTest {
  const bytes = 4 * LARGEST;
  const a = heap.reserve(4 * bytes), [b, c, expected] = [a + bytes, a + 2 * bytes, a + 3 * bytes];
  const values = (address: number) => new Float32Array(heap.memory.buffer, address, LARGEST);
  try {
    fill(values(a), 1);
    fill(values(b), 7);
    for (const trial of trials(a, b)) {
      for (const address of [c, expected]) fill(values(address), 3);
      product({ ...trial, c });
      own({ ...trial, c: expected });
      const right = values(expected);
      const wrong = values(c).findIndex((v, i) => !(Math.abs(v - right[i]) < 1e-3));
      if (wrong >= 0) {
        const { m, n, k } = trial;
        const fault = `wrong result for ${m}×${k} times ${k}×${n}: ${values(c)[wrong]}, not ${
          right[wrong]
        }`;
        return { fault, speedup: 0 };
      }
    }
    const square = { m: 256, n: 256, k: 256, a, b, c };
    const [theirs, ours] = [bestTime(product, square), bestTime(own, square)];
    const fault = theirs < ours
      ? ""
      : `slower than our kernel (${theirs.toFixed(1)} against ${ours.toFixed(1)} ms)`;
    return { fault, speedup: ours / theirs };
  } finally {
    heap.release(a);
  }
}

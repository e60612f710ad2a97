import type { Scalar, Tensor } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Engine, TensorFlow } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { assertGradients } from "../_support/gradients.ts";

function random({ tf }: Engine, shape: number[], seed: number): Tensor {
  const next = seeded(seed);
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => next() - 0.5), shape);
}

/** Rows and columns of one matrix out of a stack, read as it is or transposed. */
function matrix(t: Tensor, index: number, transpose: boolean): (i: number, j: number) => number {
  const [rows, columns] = t.shape.slice(-2), data = t.dataSync();
  const start = index * rows * columns;
  return (i, j) => data[start + (transpose ? j * columns + i : i * columns + j)];
}

/** Σ_l A(i, l) B(l, j) in float64, for the matrices with these indices. */
function naive(
  [a, b]: [Tensor, Tensor],
  { size: [m, k, n], transpose: [ta, tb], index: [i, j] }: {
    size: [number, number, number];
    transpose: [boolean, boolean];
    index: [number, number];
  },
): number[] {
  const [A, B] = [matrix(a, i, ta), matrix(b, j, tb)];
  return Array.from({ length: m * n }, (_, p) => {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += A(Math.floor(p / n), l) * B(l, p % n);
    return sum;
  });
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  assertEquals(actual.length, expected.length);
  Array.from(actual).forEach((v, i) => assertAlmostEquals(v, expected[i], 2e-5, `element ${i}`));
}

// Sizes on both sides of the product kernel's tiles (6×8) and blocks (96, 1024, 256).
const sizes: [number, number, number][] = [
  [1, 1, 1],
  [1, 7, 9],
  [6, 4, 8],
  [5, 3, 17],
  [13, 257, 9],
  [97, 5, 11],
  [3, 2, 1030],
  [64, 48, 40],
];

testEngines("matMul: every layout and size equals the plain sum", (engine) => {
  const { tf } = engine;
  for (const [m, k, n] of sizes) {
    for (const [ta, tb] of [[false, false], [false, true], [true, false], [true, true]]) {
      tf.tidy(() => {
        const a = random(engine, ta ? [k, m] : [m, k], m + 1),
          b = random(engine, tb ? [n, k] : [k, n], n);
        const expected = naive([a, b], { size: [m, k, n], transpose: [ta, tb], index: [0, 0] });
        assertClose(tf.matMul(a, b, ta, tb).dataSync(), expected);
      });
    }
  }
});

testEngines("multiplyInto() gives what matMul gives, in a tensor that is there", (engine) => {
  const { tf } = engine;
  tf.tidy(() => {
    for (const [m, k, n] of [...sizes, [5, 300, 1], [4, 19, 1], [6, 3, 12], [2, 5, 0]]) {
      const a = random(engine, [m, k], 1), b = random(engine, [k, n], 2);
      const out = tf.fill([m, n], NaN);
      engine.multiplyInto(out, { a, b });
      const expected = naive([a, b], { size: [m, k, n], transpose: [false, false], index: [0, 0] });
      assertClose(out.dataSync(), expected);
    }
    const [a, b] = [tf.ones([2, 3]), tf.ones([3, 4])];
    for (const shape of [[2, 3], [4, 2], [2]]) {
      const wrong = () => engine.multiplyInto(tf.zeros(shape), { a, b });
      assertThrows(wrong, RangeError, "Cannot multiply float32 [2,3] by float32 [3,4]");
    }
  });
});

testEngines("matMul: stacks of matrices broadcast", (engine) => {
  const { tf } = engine;
  // leading dimensions of a, of b, and for each matrix of the result its place in a and in b
  const stacks: [number[], number[], [number, number][]][] = [
    [[2], [2], [[0, 0], [1, 1]]],
    [[3], [1], [[0, 0], [1, 0], [2, 0]]],
    [[], [2], [[0, 0], [0, 1]]],
    [[2, 1], [3], [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]],
    [[2, 1], [1, 2], [[0, 0], [0, 1], [1, 0], [1, 1]]],
  ];
  for (const [left, right, pairs] of stacks) {
    tf.tidy(() => {
      const a = random(engine, [...left, 3, 4], 1), b = random(engine, [...right, 5, 4], 2);
      const result = tf.matMul(a, b, false, true);
      const options = { size: [3, 4, 5], transpose: [false, true] } as const;
      const expected = pairs.flatMap((index) =>
        naive([a, b], { size: [...options.size], transpose: [...options.transpose], index })
      );
      assertClose(result.dataSync(), expected);
    });
  }
});

testEngines("matMul: empty dimensions give empty results or zeros", ({ tf }) => {
  tf.tidy(() => {
    assertEquals(tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])).shape, [0, 2]);
    assertEquals(tf.matMul(tf.zeros([2, 3]), tf.zeros([3, 0])).shape, [2, 0]);
    const empty = tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3]));
    assertEquals([...empty.dataSync()], [0, 0, 0, 0, 0, 0]);
    assertEquals(tf.matMul(tf.zeros([0, 2, 3]), tf.zeros([0, 3, 4])).shape, [0, 2, 4]);
  });
});

testEngines("matMul: operands that do not fit are refused", ({ tf }) => {
  tf.tidy(() => {
    assertThrows(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([4, 2])), Error);
    assertThrows(() => tf.matMul(tf.zeros([2, 2, 3]), tf.zeros([3, 3, 2])), Error);
  });
});

testEngines(
  "matMul: a product of reshaped and sliced tensors, while the memory grows",
  (engine) => {
    const { tf } = engine;
    tf.tidy(() => {
      const base = random(engine, [4, 6], 3);
      const view = tf.reshape(tf.slice(base, [1, 0], [2, 6]), [3, 4]);
      const before = tf.matMul(view, tf.eye(4)).dataSync();
      const large = Array.from({ length: 8 }, () => tf.zeros([1024, 1024])); // 32 MB
      assertClose(tf.matMul(view, tf.eye(4)).dataSync(), before);
      assertClose(before, view.dataSync());
      assertEquals(large[7].size, 1024 * 1024);
    });
  },
);

testEngines("fused.matMul adds the bias and applies the activation", (engine) => {
  const { tf } = engine;
  tf.tidy(() => {
    const a = random(engine, [3, 4], 1),
      b = random(engine, [4, 5], 2),
      bias = random(engine, [5], 3);
    const z = tf.add(tf.matMul(a, b), bias);
    const fused = (activation: "linear" | "relu" | "elu" | "sigmoid" | "relu6") =>
      tf.fused.matMul({ a, b, bias, activation }).dataSync();
    assertClose(fused("linear"), z.dataSync());
    assertClose(fused("relu"), tf.relu(z).dataSync());
    assertClose(fused("sigmoid"), tf.sigmoid(z).dataSync());
    assertClose(fused("elu"), tf.elu(z).dataSync());
    const alpha = tf.tensor1d([0.1, 0.2, 0.3, 0.4, 0.5]);
    const prelu = tf.fused.matMul({
      a,
      b,
      bias,
      activation: "prelu",
      preluActivationWeights: alpha,
    });
    assertClose(prelu.dataSync(), tf.prelu(z, alpha).dataSync());
  });
});

testEngines("leakyRelu: any size, and whole numbers too", ({ tf }) => {
  tf.tidy(() => {
    for (const size of [1, 4, 7]) {
      const values = Array.from({ length: size }, (_, i) => (i - 2) * 1.5);
      const expected = values.map((v) => Math.fround(v > 0 ? v : 0.25 * v));
      assertEquals([...tf.leakyRelu(tf.tensor1d(values), 0.25).dataSync()], expected);
    }
    assertEquals([...tf.leakyRelu(tf.tensor1d([-4, 3], "int32"), 0.25).dataSync()], [-1, 3]);
    assertEquals([...tf.leakyRelu(tf.tensor1d([NaN, Infinity, -Infinity]), 0.25).dataSync()], [
      ...[NaN, Infinity, -Infinity],
    ]);
  });
});

testEngines("the gradient of gather() adds up rows used twice", ({ tf }) => {
  tf.tidy(() => {
    const gradient = tf.grad((x) =>
      tf.sum(tf.square(tf.gather(x, tf.tensor1d([2, 0, 2], "int32"))))
    );
    const slope = gradient(tf.tensor2d([[1, 2], [3, 4], [5, 6]]));
    assertEquals([...slope.dataSync()], [2, 4, 0, 0, 20, 24]);
  });
});

testEngines("einsum: products, sums, transposes and stacks", (engine) => {
  const { tf } = engine;
  const sums: [string, number[], number[]][] = [
    ["ij,jk->ik", [2, 3], [3, 4]],
    ["bij,bjk->bik", [2, 3, 4], [2, 4, 5]],
    ["ij,kj->ki", [2, 3], [4, 3]],
    ["bi,bi->b", [3, 4], [3, 4]],
    ["i,j->ij", [3], [2]],
    ["abc,cd->dab", [2, 3, 4], [4, 5]],
  ];
  for (const [equation, left, right] of sums) {
    tf.tidy(() => {
      const a = random(engine, left, 1), b = random(engine, right, 2);
      assertClose(tf.einsum(equation, a, b).dataSync(), naiveEinsum(equation, a, b));
    });
  }
  tf.tidy(() => {
    const a = random(engine, [2, 3, 4], 1);
    assertClose(tf.einsum("abc->ca", a).dataSync(), tf.transpose(tf.sum(a, 1)).dataSync());
  });
});

/** Runs over every combination of the labels' values. */
function naiveEinsum(equation: string, a: Tensor, b: Tensor): number[] {
  const [left, result] = equation.split("->"), [la, lb] = left.split(",");
  const size = new Map([...la].map((l, i) => [l, a.shape[i]]));
  [...lb].forEach((l, i) => size.set(l, b.shape[i]));
  const labels = [...size.keys()], total = labels.reduce((n, l) => n * size.get(l)!, 1);
  const at = (names: string, value: Map<string, number>) =>
    [...names].reduce((index, l) => index * size.get(l)! + value.get(l)!, 0);
  const out = Array<number>([...result].reduce((n, l) => n * size.get(l)!, 1)).fill(0);
  const [A, B] = [a.dataSync(), b.dataSync()];
  for (let p = 0; p < total; p++) {
    let rest = p;
    const value = new Map(labels.map((l) => {
      const v = rest % size.get(l)!;
      rest = Math.floor(rest / size.get(l)!);
      return [l, v];
    }));
    out[at(result, value)] += A[at(la, value)] * B[at(lb, value)];
  }
  return out;
}

const WEIGHTED: Record<
  string,
  [x: number[], w: number[], f: (tf: TensorFlow, x: Tensor, w: Tensor) => Tensor]
> = {
  "conv1d": [[2, 6, 3], [2, 3, 4], (tf, x, w) => tf.conv1d(x as never, w as never, 1, "same")],
  "conv2d": [
    [1, 4, 5, 2],
    [2, 3, 2, 3],
    (tf, x, w) => tf.conv2d(x as never, w as never, 1, "valid"),
  ],
  "fused conv2d": [
    [1, 4, 5, 2],
    [2, 3, 2, 3],
    (tf, x, w) => tf.fused.conv2d({ x: x as never, filter: w as never, strides: 1, pad: "valid" }),
  ],
  "its bias": [[1, 4, 5, 2], [3], (tf, x, w) => {
    const filter = tf.ones([2, 3, 2, 3]) as never;
    return tf.fused.conv2d({ x: x as never, filter, strides: 1, pad: "valid", bias: w });
  }],
  "depthwiseConv2d": [
    [1, 4, 5, 2],
    [2, 3, 2, 1],
    (tf, x, w) => tf.depthwiseConv2d(x as never, w as never, 1, "valid"),
  ],
  "prelu": [[3, 4], [4], (tf, x, w) => tf.prelu(x, w)],
};

for (const [name, [shape, weightShape, f]] of Object.entries(WEIGHTED)) {
  testEngines(`${name}: weights that were learned in place are those computed with`, (engine) => {
    const { tf, values } = engine;
    tf.tidy(() => {
      const x = random(engine, shape, 1), w = tf.variable(random(engine, weightShape, 2));
      const other = random(engine, weightShape, 3);
      f(tf, x, w);
      values(w).set(other.dataSync());
      assertEquals(f(tf, x, w).dataSync(), f(tf, x, other).dataSync());
      w.dispose();
    });
  });
}

testEngines("the gradient of a convolution's filter agrees with finite differences", (engine) => {
  const { tf } = engine;
  for (const [pad, stride] of [["valid", 1], ["same", 1], ["same", 2]] as const) {
    tf.tidy(() => {
      const x = random(engine, [2, 5, 6, 3], 1);
      const filter = tf.variable(random(engine, [3, 2, 3, 4], 2));
      const loss = () =>
        tf.sum(tf.square(tf.conv2d(x as never, filter as never, stride, pad))) as Scalar;
      assertGradients(engine, loss, { [`filter, ${pad}, stride ${stride}`]: filter });
      filter.dispose();
    });
  }
});

testEngines(
  "a clone outlives its original; a variable's clone keeps the values it had",
  (engine) => {
    const { tf, values } = engine;
    const x = tf.tensor1d([1, 2]), y = tf.clone(x);
    x.dispose();
    assertEquals([...y.dataSync()], [1, 2]);
    const w = tf.tidy(() => tf.variable(tf.tensor1d([3, 4]))), before = tf.clone(w);
    const next = tf.tensor1d([5, 6]);
    w.assign(next);
    assertEquals([...before.dataSync()], [3, 4]);
    const kept = tf.clone(w);
    if (engine.kind !== "cpu") values(w)[0] = 7; // as the learning rules do
    assertEquals([...kept.dataSync()], [5, 6]);
    tf.dispose([y, w, before, next, kept]);
  },
);

/** TensorFlow.js's own operations on every engine: what models are written in beside the fused ones. */
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { assertGradients } from "../_support/gradients.ts";

/** The shapes of an operation's inputs, and the operation. */
type Case = [shapes: number[][], f: (tf: TensorFlow, ...inputs: Tensor[]) => Tensor];

const ids = (tf: TensorFlow, values: number[]) => tf.tensor1d(values, "int32");

const CASES: Record<string, Case> = {
  "add, broadcast": [[[2, 1, 3], [4, 1]], (tf, a, b) => tf.add(a, b)],
  "sub": [[[2, 3], [3]], (tf, a, b) => tf.sub(a, b)],
  "mul, broadcast": [[[2, 3], [2, 1]], (tf, a, b) => tf.mul(a, b)],
  "div": [[[2, 3], [3]], (tf, a, b) => tf.div(a, tf.add(b, 2))],
  "maximum, broadcast": [[[2, 3], [3]], (tf, a, b) => tf.maximum(a, b)],
  "minimum, broadcast": [[[2, 1], [3]], (tf, a, b) => tf.minimum(a, b)],
  "squaredDifference, broadcast": [[[2, 3], [3]], (tf, a, b) => tf.squaredDifference(a, b)],
  "pow": [[[2, 3]], (tf, a) => tf.pow(tf.add(a, 2), 3)],
  "sqrt, rsqrt": [[[2, 3]], (tf, a) => tf.add(tf.sqrt(tf.add(a, 2)), tf.rsqrt(tf.add(a, 3)))],
  "exp, log": [[[2, 3]], (tf, a) => tf.log(tf.add(tf.exp(a), 1))],
  "log1p, expm1": [[[2, 3]], (tf, a) => tf.add(tf.log1p(tf.add(a, 2)), tf.expm1(a))],
  "abs, neg, square": [[[2, 3]], (tf, a) => tf.add(tf.abs(a), tf.neg(tf.square(a)))],
  "sigmoid, tanh": [[[2, 3]], (tf, a) => tf.mul(tf.sigmoid(a), tf.tanh(a))],
  "relu, leakyRelu": [[[2, 3]], (tf, a) => tf.add(tf.relu(a), tf.leakyRelu(a, 0.1))],
  "elu, softplus": [[[2, 3]], (tf, a) => tf.add(tf.elu(a), tf.softplus(a))],
  "prelu": [[[2, 3], [3]], (tf, a, b) => tf.prelu(a, b)],
  "erf": [[[2, 3]], (tf, a) => tf.erf(a)],
  "clipByValue": [[[2, 3]], (tf, a) => tf.clipByValue(a, -0.5, 0.5)],
  "comparisons as factors": [
    [[2, 3]],
    (tf, a) => tf.mul(a, tf.cast(tf.logicalAnd(tf.greater(a, -0.5), tf.less(a, 0.5)), "float32")),
  ],
  "where": [[[2, 3], [2, 3]], (tf, a, b) => tf.where(tf.greater(a, 0), a, b)],
  "sum": [[[2, 3, 4]], (tf, a) => tf.sum(tf.square(a), [0, 2])],
  "mean": [[[2, 3, 4]], (tf, a) => tf.mean(tf.square(a), 1)],
  "max": [[[2, 3, 4]], (tf, a) => tf.max(a, 1)],
  "min": [[[2, 3, 4]], (tf, a) => tf.min(a, -1)],
  "prod": [[[2, 3]], (tf, a) => tf.prod(tf.add(a, 2), 1)],
  "cumsum": [[[2, 3]], (tf, a) => tf.cumsum(a, 1)],
  "moments": [[[3, 4]], (tf, a) => tf.moments(a, -1, true).variance],
  "norm": [[[3, 4]], (tf, a) => tf.norm(a, 2, 1)],
  "softmax": [[[3, 4]], (tf, a) => tf.softmax(a)],
  "logSoftmax": [[[3, 4]], (tf, a) => tf.logSoftmax(a)],
  "logSumExp": [[[3, 4]], (tf, a) => tf.logSumExp(a, 1)],
  "concat": [[[2, 3], [2, 2]], (tf, a, b) => tf.concat([a, b], 1)],
  "stack, unstack": [[[2, 3], [2, 3]], (tf, a, b) => tf.unstack(tf.stack([a, b], 1), 2)[1]],
  "split": [[[2, 6]], (tf, a) => tf.mul(...tf.split(a, 2, 1) as [Tensor, Tensor])],
  "slice": [[[3, 4]], (tf, a) => tf.slice(a, [1, 1], [2, 2])],
  "pad": [[[2, 3]], (tf, a) => tf.pad(a, [[1, 0], [0, 2]])],
  "tile": [[[2, 3]], (tf, a) => tf.tile(a, [2, 3])],
  "reverse": [[[2, 3, 2]], (tf, a) => tf.reverse(a, 1)],
  "transpose": [[[2, 3, 4]], (tf, a) => tf.transpose(a, [2, 0, 1])],
  "reshape": [[[2, 6]], (tf, a) => tf.reshape(a, [3, 4])],
  "expandDims, squeeze": [[[2, 3]], (tf, a) => tf.squeeze(tf.expandDims(a, 1), [1])],
  "broadcastTo": [[[2, 1]], (tf, a) => tf.broadcastTo(a, [3, 2, 4])],
  "gather, rows": [[[4, 3]], (tf, a) => tf.gather(a, ids(tf, [2, 0, 2]))],
  "gather, columns": [[[4, 3]], (tf, a) => tf.gather(a, ids(tf, [2, 0, 2, 1]), 1)],
  "gather, of a stack": [[[4, 2, 3]], (tf, a) => tf.gather(a, ids(tf, [3, 3]))],
  "unsortedSegmentSum": [
    [[4, 2]],
    (tf, a) => tf.unsortedSegmentSum(a, ids(tf, [1, 0, 1, 2]), 3),
  ],
  "matMul": [[[2, 3], [3, 4]], (tf, a, b) => tf.matMul(a, b)],
  "matMul, transposed": [[[3, 2], [4, 3]], (tf, a, b) => tf.matMul(a, b, true, true)],
  "matMul, stacks": [[[2, 3, 4], [2, 5, 4]], (tf, a, b) => tf.matMul(a, b, false, true)],
  "matMul, a stack by a matrix": [[[2, 3, 4], [4, 5]], (tf, a, b) => tf.matMul(a, b)],
  "matMul, stacks that broadcast": [
    [[2, 1, 4, 3], [3, 5, 4]],
    (tf, a, b) => tf.matMul(a, b, true, true),
  ],
  "matMul, a stack of stacks": [[[2, 2, 3, 4], [2, 2, 4, 2]], (tf, a, b) => tf.matMul(a, b)],
  "dot": [[[3, 4], [4]], (tf, a, b) => tf.dot(a, b)],
  "outerProduct": [[[3], [4]], (tf, a, b) => tf.outerProduct(a as Tensor1D, b as Tensor1D)],
  "biaffine scores: x U y": [
    [[2, 3, 4], [4, 5], [2, 3, 5]],
    (tf, x, U, y) =>
      tf.matMul(tf.reshape(tf.matMul(tf.reshape(x, [6, 4]), U), [2, 3, 5]), y, false, true),
  ],
  "conv1d": [
    [[2, 6, 3], [2, 3, 4]],
    (tf, x, w) => tf.conv1d(x as Tensor3D, w as Tensor3D, 1, "same"),
  ],
  "conv2d": [
    [[1, 4, 5, 2], [2, 3, 2, 3]],
    (tf, x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, "valid"),
  ],
  "avgPool": [[[1, 4, 4, 2]], (tf, x) => tf.avgPool(x as Tensor4D, 2, 2, "valid")],
  "sum of squares of a product": [
    [[2, 3], [3, 2]],
    (tf, a, b) => tf.sum(tf.square(tf.matMul(a as Tensor2D, b as Tensor2D))),
  ],
};

function random(tf: TensorFlow, shape: number[], seed: number): Tensor {
  const next = seeded(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => 1.8 * next() - 0.9), shape);
}

for (const [name, [shapes, f]] of Object.entries(CASES)) {
  testEngines(`${name}: gradients agree with finite differences`, (engine) => {
    const { tf } = engine;
    tf.tidy(() => {
      const inputs = shapes.map((shape, i) => tf.variable(random(tf, shape, i + 1)));
      const J = () => {
        const y = f(tf, ...inputs);
        return tf.sum(tf.mul(y, random(tf, y.shape, 99))) as Scalar;
      };
      assertGradients(engine, J, Object.fromEntries(inputs.entries()), { step: 0.005 }); // on one side of kinks
      tf.dispose(inputs);
    });
  });
}

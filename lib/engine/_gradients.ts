import type { NamedAttrMap, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "./tensorflow.ts";

/** From ∂J/∂y, the tensors saved and the attributes to the gradients of the inputs. */
type Gradient = (dy: Tensor, saved: Tensor[], attributes: NamedAttrMap) => Record<string, Tensor>;

/** Sums a gradient over the dimensions along which an operand of this shape was repeated. */
function sumTo(tf: TensorFlow, gradient: Tensor, shape: readonly number[]): Tensor {
  const missing = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((n, axis) =>
    axis < missing || (shape[axis - missing] === 1 && n !== 1) ? [axis] : []
  );
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, [...shape]);
}

/** The gradients of both operands of an elementwise operation that broadcasts. */
function elementwise(tf: TensorFlow, slopes: (a: Tensor, b: Tensor) => [Tensor, Tensor]): Gradient {
  return (dy, [a, b]) => {
    const [slopeA, slopeB] = slopes(a, b);
    return {
      a: sumTo(tf, tf.mul(dy, slopeA), a.shape),
      b: sumTo(tf, tf.mul(dy, slopeB), b.shape),
    };
  };
}

/** C = A B: ∂J/∂A = G Bᵀ and ∂J/∂B = Aᵀ G, for every way the operands may be transposed. */
function product(tf: TensorFlow): Gradient {
  return (dy, [a, b], { transposeA, transposeB }) => {
    const [ta, tb] = [Boolean(transposeA), Boolean(transposeB)];
    const forA = ta ? tf.matMul(b, dy, tb, true) : tf.matMul(dy, b, false, !tb);
    const forB = tb ? tf.matMul(dy, a, true, ta) : tf.matMul(a, dy, !ta, false);
    return { a: sumTo(tf, forA, a.shape), b: sumTo(tf, forB, b.shape) };
  };
}

/** Comparisons are constant nearly everywhere. */
function zero(tf: TensorFlow): Gradient {
  return (_, [a, b]) => ({ a: tf.zeros(a.shape), b: tf.zeros(b.shape) });
}

/**
 * Gradients that TensorFlow.js has wrong, on every backend: where an operand was repeated along a
 * dimension it does not sum over it (products of stacks, maximum, minimum, squared difference), and
 * conditions made of a parameter (`where(greater(x, 0), …)`) have none.
 */
export function registerGradients(tf: TensorFlow): void {
  const register = (kernelName: string, gradient: Gradient) => {
    if (tf.getGradient(kernelName)) tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (dy, saved, attributes) => {
        const found = gradient(dy as Tensor, saved, attributes);
        return Object.fromEntries(Object.entries(found).map(([name, g]) => [name, () => g]));
      },
    });
  };
  const where = (condition: Tensor) => tf.cast(condition, "float32");
  register("BatchMatMul", product(tf));
  register(
    "Maximum",
    elementwise(tf, (a, b) => [where(tf.greaterEqual(a, b)), where(tf.less(a, b))]),
  );
  register(
    "Minimum",
    elementwise(tf, (a, b) => [where(tf.lessEqual(a, b)), where(tf.greater(a, b))]),
  );
  register(
    "SquaredDifference",
    elementwise(tf, (a, b) => [tf.mul(2, tf.sub(a, b)), tf.mul(2, tf.sub(b, a))]),
  );
  const comparisons = ["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual"];
  for (const name of [...comparisons, "LogicalAnd", "LogicalOr"]) register(name, zero(tf));
}

import type * as tfjs from "@tensorflow/tfjs";
import type { TensorFlow } from "./tensorflow.ts";
import type { Machine } from "./_machine.ts";

/** out[s] = Σ of the rows of x whose segment id is s: the gradient of `gather`. */
function unsortedSegmentSum(
  { heap, kernels }: Machine,
  { x, segmentIds }: { x: tfjs.TensorInfo; segmentIds: tfjs.TensorInfo },
  numSegments: number,
): tfjs.Tensor {
  if (x.dtype !== "float32") {
    throw new TypeError(`Cannot sum segments on this engine: expected float32, got ${x.dtype}`);
  }
  const rows = segmentIds.shape[0];
  const width = x.shape.slice(1).reduce((product, n) => product * n, 1);
  const out = heap.zeros([numSegments, ...x.shape.slice(1)]);
  const [to, ids, from] = [heap.address(out), heap.address(segmentIds), heap.address(x)];
  kernels.scatterAddRows(to, ids, from, rows, width, numSegments);
  return out;
}

/** Sums over the axes of `x` whose labels are not in `keep`, and puts the rest in its order. */
function arrange(
  tf: TensorFlow,
  x: tfjs.Tensor,
  { labels, keep }: { labels: string; keep: string },
): tfjs.Tensor {
  if (new Set(labels).size < labels.length) {
    throw new RangeError(`Cannot compute einsum: a label occurs twice in "${labels}"`);
  }
  const summed = [...labels].flatMap((label, axis) => keep.includes(label) ? [] : [axis]);
  const left = [...labels].filter((label) => keep.includes(label));
  return tf.transpose(tf.sum(x, summed), [...keep].map((label) => left.indexOf(label)));
}

/** Einstein summation of one or two tensors, by one batched matrix product. */
function einsum(tf: TensorFlow, equation: string, inputs: readonly tfjs.Tensor[]): tfjs.Tensor {
  const [left, result = ""] = equation.replaceAll(" ", "").split("->");
  const [a, b] = left.split(",");
  if (inputs.length === 1) return arrange(tf, inputs[0], { labels: a, keep: result });
  if (inputs.length !== 2) {
    throw new RangeError(`Cannot compute einsum "${equation}": expected 1 or 2 tensors`);
  }
  const size = new Map<string, number>();
  [a, b].forEach((labels, i) =>
    [...labels].forEach((l, axis) => size.set(l, inputs[i].shape[axis]))
  );
  const pick = (f: (label: string) => boolean) => [...size.keys()].filter(f).join("");
  const inA = (l: string) => a.includes(l), inB = (l: string) => b.includes(l);
  const kept = (l: string) => result.includes(l);
  const batch = pick((l) => kept(l) && inA(l) && inB(l));
  const contracted = pick((l) => !kept(l) && inA(l) && inB(l));
  const [onlyA, onlyB] = [pick((l) => kept(l) && !inB(l)), pick((l) => kept(l) && !inA(l))];
  const volume = (labels: string) => [...labels].reduce((n, l) => n * size.get(l)!, 1);
  const [B, K, M, N] = [batch, contracted, onlyA, onlyB].map(volume);
  const A = arrange(tf, inputs[0], { labels: a, keep: batch + onlyA + contracted });
  const C = arrange(tf, inputs[1], { labels: b, keep: batch + contracted + onlyB });
  const product = tf.matMul(tf.reshape(A, [B, M, K]), tf.reshape(C, [B, K, N]));
  const labels = batch + onlyA + onlyB;
  const shaped = tf.reshape(product, [...labels].map((l) => size.get(l)!));
  return arrange(tf, shaped, { labels, keep: result });
}

interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: "same" | "valid" | number;
  dataFormat: string;
  dimRoundingMode?: "floor" | "round" | "ceil";
  filterShape: [number, number, number, number];
}

/**
 * ∂J/∂filter of a convolution, one product a filter tap: dW[r, s] = xᵀ dy, over the positions of x
 * that tap met.
 */
function convolutionFilterGradient(
  tf: TensorFlow,
  { x, dy }: { x: tfjs.Tensor4D; dy: tfjs.Tensor4D },
  attributes: ConvolutionAttributes,
): tfjs.Tensor {
  const { strides, pad, filterShape, dimRoundingMode, dataFormat } = attributes;
  if (dataFormat === "NCHW") throw new RangeError("Cannot convolve: expected NHWC, got NCHW");
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth } = tf.backend_util
    .computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const { top, bottom, left, right } = padInfo;
  const padded = tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]]);
  const [height, width, channels, filters] = filterShape;
  const gradient = tf.reshape(dy, [-1, filters]);
  const taps = Array.from({ length: height * width }, (_, tap) => {
    const [r, s] = [Math.floor(tap / width), tap % width];
    const end = [r + (outHeight - 1) * strideHeight + 1, s + (outWidth - 1) * strideWidth + 1];
    const met = tf.stridedSlice(padded, [0, r, s, 0], [x.shape[0], ...end, channels], [
      ...[1, strideHeight, strideWidth, 1],
    ]);
    return tf.matMul(tf.reshape(met, [-1, channels]), gradient, true);
  });
  return tf.reshape(tf.stack(taps), filterShape);
}

/** Registers what training needs and TensorFlow.js's wasm backend lacks. */
export function registerMissingKernels(machine: Machine): void {
  const { tf } = machine;
  const add = (kernelName: string, kernelFunc: tfjs.KernelFunc) => {
    if (!tf.getKernel(kernelName, "wasm")) {
      tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
    }
  };
  add("UnsortedSegmentSum", ({ inputs, attrs }) => {
    const named = inputs as Record<"x" | "segmentIds", tfjs.TensorInfo>;
    return unsortedSegmentSum(machine, named, Number(attrs!.numSegments));
  });
  add("Einsum", ({ inputs, attrs }) =>
    tf.tidy(() => {
      const tensors = Object.keys(inputs).sort().map((name) => inputs[name] as tfjs.Tensor);
      return einsum(tf, String(attrs!.equation), tensors);
    }));
  add("Conv2DBackpropFilter", ({ inputs, attrs }) =>
    tf.tidy(() =>
      convolutionFilterGradient(
        tf,
        inputs as Record<"x" | "dy", tfjs.Tensor4D>,
        attrs as unknown as ConvolutionAttributes,
      )
    ));
}

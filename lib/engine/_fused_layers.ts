import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs";
import { badId, expectIntegers, expectShape } from "./_checks.ts";
import { differentiable } from "./_differentiable.ts";
import { ACTIVATION_KINDS } from "./_kernels.ts";
import type { Machine } from "./_machine.ts";
import type { DenseOptions, LinearCrossEntropyOptions } from "./operations.ts";

function checkIds(
  { heap, kernels }: Machine,
  { name, ids, rows, skip }: { name: string; ids: Tensor; rows: number; skip: number },
): void {
  expectIntegers(name, ids);
  const at = kernels.firstBadId(heap.address(ids), ids.size, rows, skip);
  if (at >= 0) throw badId(name, { id: ids.dataSync()[at], rows });
}

/** See {@linkcode Operations.embed}. */
export function embed(machine: Machine, table: Tensor, ids: Tensor): Tensor {
  const { heap, kernels } = machine;
  expectShape("table", table, [-1, -1]);
  const [rows, width] = table.shape;
  checkIds(machine, { name: "ids", ids, rows, skip: 0 });
  return differentiable(machine, [table], () => {
    const value = heap.tensor([...ids.shape, width]);
    kernels.gatherRows(
      heap.address(table),
      heap.address(ids),
      heap.address(value),
      ids.size,
      width,
    );
    const saved = [ids];
    const gradient = (dy: Tensor, saved: Tensor[]) => {
      const gradient = heap.zeros([rows, width]);
      const [to, at, from] = [gradient, saved[0], dy].map((t) => heap.address(t));
      kernels.scatterAddRows(to, at, from, saved[0].size, width, rows);
      return gradient;
    };
    return { value, saved, gradient };
  });
}

/** See {@linkcode Operations.dense}. */
export function dense(machine: Machine, x: Tensor, options: DenseOptions): Tensor2D {
  const { tf, heap, kernels } = machine;
  const { weights, bias, activation = "identity" } = options;
  const kind = ACTIVATION_KINDS[activation];
  expectShape("weights", weights, [-1, -1]);
  const [k, n] = weights.shape;
  expectShape("x", x, [-1, k]);
  expectShape("bias", bias, [n]);
  const m = x.shape[0];
  return differentiable<Tensor2D>(machine, [x, weights, bias], () => {
    const z = heap.tensor([m, n]);
    const c = heap.address(z);
    kernels.fillRows(c, heap.address(bias), m, n);
    const [a, b] = [heap.address(x), heap.address(weights)];
    machine.provider.product({ m, n, k, a, b, c, accumulate: true });
    const value = activation === "cube" ? heap.tensor([m, n]) : z; // the cube's slope needs z
    kernels.activateAll(kind, c, heap.address(value), m * n);
    const saved = [x, weights, z];
    const gradient = (dy: Tensor, [x, weights, kept]: Tensor[]) =>
      tf.tidy(() => {
        if (activation === "identity") return affineGradients(machine, { x, weights, dz: dy });
        const dz = heap.tensor([m, n]);
        const [from, to] = [heap.address(dy), heap.address(dz)];
        kernels.activateAllBackward(kind, heap.address(kept), from, to, m * n);
        return affineGradients(machine, { x, weights, dz });
      });
    return { value: value as Tensor2D, saved, gradient };
  });
}

/** What the gradients of x W + b come from. */
interface AffineParts {
  /** The input, shape [m, k]. */
  x: Tensor;
  /** W, shape [k, n], or Wᵀ when `transposed`. */
  weights: Tensor;
  /** Whether `weights`, and so their gradient, are transposed. */
  transposed?: boolean;
  /** ∂J/∂(x W + b), shape [m, n]. */
  dz: Tensor;
  /** ∂J/∂b where it is known. */
  db?: Tensor;
}

/** ∂J/∂x = dz Wᵀ, ∂J/∂W = xᵀ dz, and ∂J/∂b, which is the column sums of dz unless it is known. */
export function affineGradients(
  { heap, kernels, provider }: Machine,
  { x, weights, transposed = false, dz, db }: AffineParts,
): Tensor[] {
  const [k, n] = transposed ? weights.shape.toReversed() : weights.shape;
  const m = dz.size / n;
  const [dx, dW] = [heap.tensor(x.shape), heap.tensor(weights.shape)];
  const [X, W, DZ, c] = [x, weights, dz, dW].map((t) => heap.address(t));
  provider.product({ m, n: k, k: n, a: DZ, b: W, transposeB: !transposed, c: heap.address(dx) });
  if (transposed) provider.product({ m: n, n: k, k: m, a: DZ, transposeA: true, b: X, c });
  else provider.product({ m: k, n, k: m, a: X, transposeA: true, b: DZ, c });
  if (db) return [dx, dW, db];
  const sums = heap.zeros([n]);
  kernels.addColumnSums(DZ, heap.address(sums), m, n);
  return [dx, dW, sums];
}

function countTargets({ heap }: Machine, targets: Tensor): number {
  const all = new Int32Array(heap.memory.buffer, heap.address(targets), targets.size);
  return Math.max(all.reduce((n, y) => n + (y < 0 ? 0 : 1), 0), 1);
}

/** A gradient computed on the way forward, times the loss's own gradient (mostly 1). */
function scaled({ tf, heap }: Machine, dy: Tensor, gradient: Tensor): Tensor {
  const factor = heap.values(dy)[0];
  return factor === 1 ? heap.share(gradient) : tf.mul(gradient, factor);
}

/** See {@linkcode Operations.crossEntropy}. */
export function crossEntropy(machine: Machine, logits: Tensor, targets: Tensor): Scalar {
  const { heap, kernels } = machine;
  expectShape("targets", targets, [-1]);
  expectShape("logits", logits, [targets.shape[0], -1]);
  const [n, classes] = logits.shape;
  checkIds(machine, { name: "targets", ids: targets, rows: classes, skip: -1 });
  const counted = countTargets(machine, targets);
  return differentiable<Scalar>(machine, [logits], () => {
    const [loss, slope] = [heap.tensor([]), heap.tensor([n, classes])];
    const [z, y] = [heap.address(slope), heap.address(targets)];
    kernels.copy(z, heap.address(logits), n * classes);
    const sum = kernels.crossEntropy(z, 0, y, 0, n, classes, 1 / counted, true);
    heap.values(loss)[0] = sum / counted;
    const saved = [slope];
    const gradient = (dy: Tensor, [slope]: Tensor[]) => scaled(machine, dy, slope);
    return { value: loss as Scalar, saved, gradient };
  });
}

/** See {@linkcode Operations.logSoftmax}. */
export function logSoftmax(machine: Machine, logits: Tensor): Tensor2D {
  const { tf, heap, kernels } = machine;
  expectShape("logits", logits, [-1, -1]);
  const [rows, classes] = logits.shape;
  return differentiable<Tensor2D>(machine, [logits], () => {
    const value = heap.tensor([rows, classes]) as Tensor2D;
    kernels.logSoftmaxRows(heap.address(logits), heap.address(value), rows, classes);
    const gradient = (dy: Tensor, [logP]: Tensor[]) =>
      tf.tidy(() => tf.sub(dy, tf.mul(tf.exp(logP), tf.sum(dy, 1, true)))); // dy − p Σ dy
    return { value, saved: [value], gradient };
  });
}

/** See {@linkcode Operations.linearCrossEntropy}. */
export function linearCrossEntropy(
  machine: Machine,
  h: Tensor,
  { weights, transposed, bias, targets }: LinearCrossEntropyOptions,
): Scalar {
  const { tf, heap, kernels } = machine;
  expectShape("weights", weights, [-1, -1]);
  const [units, classes] = transposed ? weights.shape.toReversed() : weights.shape;
  expectShape("targets", targets, [-1]);
  const rows = targets.shape[0];
  expectShape("h", h, [rows, units]);
  expectShape("bias", bias, [classes]);
  checkIds(machine, { name: "targets", ids: targets, rows: classes, skip: -1 });
  const withGradient = tf.engine().state.activeTape != null;
  const counted = countTargets(machine, targets);
  return differentiable<Scalar>(machine, [h, weights, bias], () => {
    const [loss, z, db] = [heap.tensor([]), heap.tensor([rows, classes]), heap.zeros([classes])];
    const [a, b, c] = [h, weights, z].map((t) => heap.address(t));
    machine.provider.product({ m: rows, n: classes, k: units, a, b, transposeB: transposed, c });
    const [start, y, sums] = [bias, targets, db].map((t) => heap.address(t));
    // in place: the logits become dz = (p − 1[target]) / N, its column sums are ∂J/∂b₂
    const sum = kernels.crossEntropy(c, start, y, sums, rows, classes, 1 / counted, withGradient);
    heap.values(loss)[0] = sum / counted;
    const gradient = (dy: Tensor, [h, weights, slope, sums]: Tensor[]) =>
      tf.tidy(() => {
        const [dz, db] = [scaled(machine, dy, slope), scaled(machine, dy, sums)];
        return affineGradients(machine, { x: h, weights, transposed, dz, db });
      });
    return { value: loss as Scalar, saved: [h, weights, z, db], gradient };
  });
}

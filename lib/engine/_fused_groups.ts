import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { differentiable } from "./_differentiable.ts";
import { type GroupRows, groupRows } from "./_group_rows.ts";
import type { Machine } from "./_machine.ts";
import type { DirectWeights, GroupOptions } from "./operations.ts";

/** A group with its place in the buffers that hold all groups' rows one after the other. */
interface PlacedGroup extends GroupRows {
  /** The number of its first row among the sorted rows. */
  first: number;
  /** Where its logits begin. */
  offset: number;
}

function placed(groups: readonly GroupRows[]): { groups: PlacedGroup[]; size: number } {
  let first = 0, size = 0;
  const all = groups.map((group) => {
    const at = { ...group, first, offset: size };
    first += group.rows.length;
    size += group.rows.length * (group.to - group.from);
    return at;
  });
  return { groups: all, size };
}

/** Calls for each row of each group, with the address of its logits and its direct weights. */
function eachRow(
  { heap }: Machine,
  { groups, logits }: { groups: readonly PlacedGroup[]; logits: Tensor },
  visit: (row: number, classes: { from: number; count: number }, z: number) => void,
): void {
  for (const { from, to, rows, offset } of groups) {
    const count = to - from;
    let z = heap.address(logits) + 4 * offset;
    for (const row of rows) {
      visit(row, { from, count }, z);
      z += 4 * count;
    }
  }
}

/** See {@linkcode Operations.groupLosses}. */
export function groupLosses(machine: Machine, h: Tensor, options: GroupOptions): Tensor1D {
  const { tf, heap, kernels, provider } = machine;
  const { weights, bias, targets, direct } = options;
  const { groups, size } = placed(groupRows(h, options));
  const [n, units] = h.shape as [number, number];
  const withGradient = tf.engine().state.activeTape != null;
  const order = tf.tensor1d(groups.flatMap(({ rows }) => rows), "int32");
  return differentiable<Tensor1D>(machine, [h, weights, bias], () => {
    const sorted = heap.tensor([order.size, units]), logits = heap.tensor([size]);
    const value = heap.zeros([n]) as Tensor1D;
    const [H, U] = [heap.address(sorted), heap.address(weights)];
    kernels.gatherRows(heap.address(h), heap.address(order), H, order.size, units);
    for (const { from, to, rows, first, offset } of groups) {
      provider.product({
        ...{ m: rows.length, n: to - from, k: units, a: H + 4 * first * units },
        ...{ b: U + 4 * from * units, transposeB: true, c: heap.address(logits) + 4 * offset },
      });
    }
    const right = tf.sub(targets, classStart(tf, { groups, n })), losses = new Float32Array(n);
    eachRow(machine, { groups, logits }, (row, { from, count }, z) => {
      if (direct) addDirect(machine, direct, { row, count, z });
      const [b, y] = [heap.address(bias) + 4 * from, heap.address(right) + 4 * row];
      losses[row] = kernels.crossEntropy(z, b, y, 0, 1, count, 1, withGradient);
    });
    heap.values(value).set(losses);
    const gradient = (dy: Tensor, [sorted, weights, order, logits, places]: Tensor[]) =>
      tf.tidy(() => {
        if (direct) learn(machine, { ...direct, places }, { groups, logits });
        return gradients(machine, { dy, sorted, order, weights, logits, groups });
      });
    const saved = [sorted, weights, order, logits, ...(direct ? [direct.places] : [])];
    return { value, saved, gradient };
  });
}

/** The first class of each row's group. */
function classStart(
  tf: Machine["tf"],
  { groups, n }: { groups: readonly PlacedGroup[]; n: number },
): Tensor {
  const starts = new Int32Array(n);
  for (const { from, rows } of groups) for (const row of rows) starts[row] = from;
  return tf.tensor1d(starts, "int32");
}

function addDirect(
  { heap, kernels }: Machine,
  { table, places }: DirectWeights,
  { row, count, z }: { row: number; count: number; z: number },
): void {
  const features = places.shape[1]!;
  const at = heap.address(places) + 4 * row * features;
  kernels.addDirect(z, count, heap.address(table), at, features);
}

/** Every direct weight that was used moves against its gradient, p − 1[target]. */
function learn(
  machine: Machine,
  { table, places, learn }: DirectWeights,
  at: { groups: readonly PlacedGroup[]; logits: Tensor },
): void {
  if (!learn) return;
  const { heap, kernels } = machine, features = places.shape[1]!;
  const [d, G, p] = [table, learn.squares, places].map((tensor) => heap.address(tensor));
  eachRow(machine, at, (row, { count }, z) => {
    kernels.learnDirect(z, count, d, G, p + 4 * row * features, features, learn.rate);
  });
}

/** What the gradients come from. */
interface GroupSlopes {
  /** ∂J/∂loss of each row. */
  dy: Tensor;
  /** The rows of h, sorted by groups, and their numbers. */
  sorted: Tensor;
  order: Tensor;
  weights: Tensor;
  /** p − 1[target] of every row's group; weighted with dy here, in place. */
  logits: Tensor;
  groups: readonly PlacedGroup[];
}

/** ∂J/∂h, ∂J/∂U and ∂J/∂b; zero for classes of groups that no target is in. */
function gradients(machine: Machine, slopes: GroupSlopes): Tensor[] {
  const { heap, kernels, provider } = machine;
  const { dy, sorted, order, weights, logits, groups } = slopes;
  const [classes, units] = weights.shape as [number, number];
  const [dh, dSorted] = [heap.zeros([dy.size, units]), heap.tensor(sorted.shape)];
  const [dU, db] = [heap.zeros([classes, units]), heap.zeros([classes])];
  const weight = heap.values(dy).slice();
  eachRow(machine, { groups, logits }, (row, { count }, z) => {
    kernels.scale(z, z, count, weight[row]);
  });
  const [H, DH, U, DU, DB] = [sorted, dSorted, weights, dU, db].map((t) => heap.address(t));
  for (const { from, to, rows, first, offset } of groups) {
    const [m, n] = [rows.length, to - from], dz = heap.address(logits) + 4 * offset;
    const [row, column] = [4 * first * units, 4 * from * units];
    provider.product({ m, n: units, k: n, a: dz, b: U + column, c: DH + row });
    const c = DU + column;
    provider.product({ m: n, n: units, k: m, a: dz, transposeA: true, b: H + row, c });
    kernels.addColumnSums(dz, DB + 4 * from, m, n);
  }
  kernels.scatterAddRows(
    heap.address(dh),
    heap.address(order),
    DH,
    order.size,
    units,
    dy.size,
  );
  return [dh, dU, db];
}

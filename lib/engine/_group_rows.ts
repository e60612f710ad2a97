import { badId, expectIntegers, expectShape, expectStarts } from "./_checks.ts";
import type { GroupOptions } from "./operations.ts";
import type { Tensor } from "@tensorflow/tfjs";

/** The rows of one group. */
export interface GroupRows {
  /** The group's first class, and behind its last. */
  from: number;
  to: number;
  /** Numbers of the rows whose target is in the group. */
  rows: number[];
}

/** Checks the shapes and sorts rows by the groups of their targets; groups without rows are left out. */
export function groupRows(h: Tensor, options: GroupOptions): GroupRows[] {
  const { weights, bias, starts, targets, direct } = options;
  expectShape("weights", weights, [-1, -1]);
  const [classes, units] = weights.shape;
  expectShape("bias", bias, [classes]);
  expectIntegers("targets", targets);
  expectShape("targets", targets, [-1]);
  const n = targets.shape[0];
  expectShape("h", h, [n, units]);
  if (direct) {
    expectIntegers("direct.places", direct.places);
    expectShape("direct.places", direct.places, [n, -1]);
    expectShape("direct.table", direct.table, [-1]);
    if (direct.learn) expectShape("direct.learn.squares", direct.learn.squares, direct.table.shape);
  }
  expectStarts(starts, classes);
  const groupOf = new Int32Array(classes);
  for (let g = 0; g + 1 < starts.length; g++) groupOf.fill(g, starts[g], starts[g + 1]);
  const found = new Map<number, GroupRows>();
  targets.dataSync().forEach((id, row) => {
    if (id < -1 || id >= classes) throw badId("targets", { id, rows: classes });
    if (id < 0) return;
    const g = groupOf[id];
    const group = found.get(g) ?? { from: starts[g], to: starts[g + 1], rows: [] };
    group.rows.push(row);
    found.set(g, group);
  });
  if (direct) checkPlaces(direct, [...found.values()]);
  return [...found.values()];
}

/** The kernels do not look where they write. */
function checkPlaces(
  { table, places }: NonNullable<GroupOptions["direct"]>,
  groups: readonly GroupRows[],
): void {
  const at = places.dataSync(), features = places.shape[1]!;
  for (const { from, to, rows } of groups) {
    for (const row of rows) {
      for (let k = row * features; k < (row + 1) * features; k++) {
        if (at[k] >= -1 && at[k] + to - from <= table.size) continue;
        throw badId("direct.places", { id: at[k], rows: table.size - (to - from) + 1 });
      }
    }
  }
}

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { adam, sparseAdam, sumDuplicateRows, type Values } from "#lib/nn/mod.ts";

Deno.test("SparseAdam equals Adam when every row is present", () => {
  const [dense, sparse] = [adam({ rate: 0.1 }), sparseAdam({ rate: 0.1 })];
  let [table, parameters]: [Values, Record<string, Values>] = [
    Float64Array.of(1, 2, 3, 4),
    { E: Float64Array.of(1, 2, 3, 4) },
  ];
  let [state, denseState] = [sparse.init(table), dense.init(parameters)];
  for (let step = 1; step <= 4; step++) {
    const g = Float64Array.of(step, -1, 0.5 * step, 2);
    ({ table, state } = sparse.update({ table, gradient: { rows: [0, 1], values: g }, state }));
    const input = { parameters, gradients: { E: g }, state: denseState };
    ({ parameters, state: denseState } = dense.update(input));
    table.forEach((v, i) => assertAlmostEquals(v, parameters.E[i], 1e-14));
  }
});

Deno.test("absent rows keep every bit of θ, m and v", () => {
  const optimizer = sparseAdam({ rate: 0.1 });
  const first = optimizer.update({
    table: Float64Array.of(1, 2, 3, 4, 5, 6),
    gradient: { rows: [0, 1, 2], values: Float64Array.of(1, 1, 1, 1, 1, 1) },
    state: optimizer.init(new Float64Array(6)),
  });
  const second = optimizer.update({
    ...first,
    gradient: { rows: [1], values: Float64Array.of(5, 5) },
  });
  for (
    const [before, after] of [
      [first.table, second.table],
      [first.state.m, second.state.m],
      [first.state.v, second.state.v],
    ]
  ) {
    assertEquals([0, 1, 4, 5].map((i) => after[i]), [0, 1, 4, 5].map((i) => before[i]));
    assertEquals([2, 3].some((i) => after[i] === before[i]), false);
  }
  assertEquals(second.state.t, 2);
});

Deno.test("a row that occurs twice is updated once, with the sum of its gradients", () => {
  const gradient = { rows: [3, 1, 3], values: Float64Array.of(1, 2, 10, 20, 100, 200) };
  assertEquals(sumDuplicateRows(gradient), {
    rows: Int32Array.of(3, 1),
    values: Float64Array.of(101, 202, 10, 20),
  });
  const optimizer = sparseAdam({ rate: 0.1 }), table = new Float64Array(8);
  const state = optimizer.init(table);
  assertEquals(
    optimizer.update({ table, gradient, state }),
    optimizer.update({ table, gradient: sumDuplicateRows(gradient), state }),
  );
});

Deno.test("a batch without any row changes only the count", () => {
  const optimizer = sparseAdam({ rate: 0.1 }), table = Float64Array.of(1, 2);
  const gradient = { rows: [], values: new Float64Array(0) };
  const result = optimizer.update({ table, gradient, state: optimizer.init(table) });
  assertEquals([result.table, result.state.t], [table, 1]);
});

Deno.test("rows outside the matrix, ragged values and rates of NaN are refused", () => {
  const optimizer = sparseAdam({ rate: 0.1 }), table = new Float64Array(4);
  const update = (rows: number[], values: Float64Array) =>
    optimizer.update({ table, gradient: { rows, values }, state: optimizer.init(table) });
  assertThrows(() => update([2], Float64Array.of(1, 1)), RangeError, "the matrix has 2 rows");
  for (const row of [0.5, NaN, 2 ** 32]) {
    const says = `expected whole numbers of rows, got ${row}`;
    assertThrows(() => update([row], Float64Array.of(1, 1)), RangeError, says);
  }
  assertThrows(
    () => sparseAdam({ rate: NaN }),
    RangeError,
    "expected a rate of 0 or more, got NaN",
  );
  assertThrows(() => update([0, 1], Float64Array.of(1, 1, 1)), RangeError, "got 3 values");
});

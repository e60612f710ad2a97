import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { leastSquares } from "#lib/nn/mod.ts";
import { normal, seeded } from "#lib/random/mod.ts";

const random = seeded(5), draw = () => normal(random);
const [rows, inputs, outputs] = [40, 3, 2];
const x = Float64Array.from({ length: rows * inputs }, draw);

Deno.test("an affine map is found again", () => {
  const map = [1, -2, 0.5, 3, 0, 1, 10, -10]; // three rows of A, then b
  const y = Array.from({ length: rows * outputs }, (_, at) => {
    const [r, o] = [Math.floor(at / outputs), at % outputs];
    const products = [0, 1, 2].map((i) => x[r * inputs + i] * map[i * outputs + o]);
    return products.reduce((sum, product) => sum + product, map[inputs * outputs + o]);
  });
  const found = leastSquares({ x, y, inputs, outputs, ridge: 0 });
  assertEquals(found.length, map.length);
  for (const [i, value] of found.entries()) assertAlmostEquals(value, map[i], 1e-9);
});

Deno.test("no map near the one found costs less", () => {
  const y = Float64Array.from({ length: rows * outputs }, draw), ridge = 0.7;
  const cost = (map: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < inputs * outputs; i++) sum += ridge * map[i] ** 2;
    for (let r = 0; r < rows; r++) {
      for (let o = 0; o < outputs; o++) {
        let guess = map[inputs * outputs + o];
        for (let i = 0; i < inputs; i++) guess += x[r * inputs + i] * map[i * outputs + o];
        sum += (guess - y[r * outputs + o]) ** 2;
      }
    }
    return sum;
  };
  const found = leastSquares({ x, y, inputs, outputs, ridge }), least = cost(found);
  for (const i of found.keys()) {
    for (const step of [-1e-3, 1e-3]) assert(cost(found.with(i, found[i] + step)) > least);
  }
});

Deno.test("rows that do not fit are refused", () => {
  const one = { inputs: 1, outputs: 1 };
  const says = "expected as many rows of 1 numbers as of 1, got 2 and 3 numbers";
  assertThrows(() => leastSquares({ x: [0, 1], y: [1, 3, 5], ...one }), RangeError, says);
  assertThrows(() => leastSquares({ x: [0, 1, 2], y: [1], inputs: 2, outputs: 1 }), RangeError);
});

import { assertAlmostEquals, assertThrows } from "@std/assert";
import { principalMap } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

Deno.test("points on a plane in five dimensions keep all their distances on the map", () => {
  const random = seeded(2), words = Array.from({ length: 30 }, (_, i) => `w${i}`);
  const [a, b] = [[1, 2, 0, -1, 0.5], [0, 1, 1, 1, -2]];
  const vectors = new Float32Array(words.length * 5);
  for (let i = 0; i < words.length; i++) {
    const [s, t] = [3 * random(), random()];
    for (let j = 0; j < 5; j++) vectors[5 * i + j] = 7 + s * a[j] + t * b[j];
  }
  const map = principalMap({ words, width: 5, vectors });
  const variance = (values: number[]) => values.reduce((sum, v) => sum + v * v, 0);
  for (let i = 1; i < words.length; i++) {
    const there = Math.hypot(...a.map((_, j) => vectors[5 * i + j] - vectors[j]));
    assertAlmostEquals(Math.hypot(map[i].x - map[0].x, map[i].y - map[0].y), there, 1e-4);
  }
  if (variance(map.map(({ x }) => x)) < variance(map.map(({ y }) => y))) {
    throw new Error("the first direction varies less than the second");
  }
  assertThrows(() => principalMap({ words: ["a"], width: 1, vectors }), RangeError, "got 1");
});

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { blobs, circle, spiral, twoMoons, xor } from "#lib/feedforward/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const sets = { circle, twoMoons, spiral, xor, blobs };

for (const [name, make] of Object.entries(sets)) {
  Deno.test(`${name}(): classes take turns, the seed decides, all near the unit square`, () => {
    const points = make({ count: 300, random: seeded(1) });
    const { x, y, features, classes } = points;
    assertEquals([x.length, y.length, features], [600, 300, 2]);
    y.forEach((label, i) => assertEquals(label, i % classes));
    assert(x.every((v) => Math.abs(v) < 1.5), "far away");
    assertEquals(make({ count: 300, random: seeded(1) }), points);
    assert(make({ count: 300, random: seeded(2) }).x[0] !== x[0]);
    assertThrows(() => make({ count: 1, random: seeded(1) }), RangeError, "got 1");
  });
}

Deno.test("without noise the points lie where their class says", () => {
  const options = { count: 400, noise: 0, random: seeded(3) };
  const each = (make: keyof typeof sets, check: (x: number, y: number, label: number) => void) => {
    const { x, y } = sets[make](options);
    y.forEach((label, i) => check(x[2 * i], x[2 * i + 1], label));
  };
  each("circle", (x, y, label) => assertEquals(Math.hypot(x, y) > 0.6 ? 1 : 0, label));
  each("xor", (x, y, label) => assertEquals(x * y > 0 ? 0 : 1, label));
  each("twoMoons", (x, y, label) => {
    const [cx, cy] = label === 0 ? [-0.35, -0.15] : [0.35, 0.15];
    assertAlmostEquals(Math.hypot(x - cx, y - cy), 0.7, 1e-6);
    assert(label === 0 ? y >= cy : y <= cy);
  });
  each("spiral", (x, y, label) => {
    const turns = Math.atan2(y, x) / (2 * Math.PI) - Math.hypot(x, y) - label / 2;
    assertAlmostEquals(turns - Math.round(turns), 0, 1e-6);
  });
});

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { raceSchedules } from "#lib/nn/mod.ts";

Deno.test("the race's schedules are those of the slide", () => {
  const at = (name: string, epoch: number, step: number) =>
    raceSchedules[name](0.8, 10)({ epoch, step });
  assertEquals([at("constant", 2, 25), at("halved every epoch", 2, 25)], [0.8, 0.2]);
  assertAlmostEquals(at("lr₀ e^(-t/2)", 2, 25), 0.8 / Math.E);
  assertAlmostEquals(at("cyclic", 0, 0), 0.08);
  assertAlmostEquals(at("cyclic", 0, 5), 0.8);
  assertAlmostEquals(at("cyclic", 1, 10), 0.08);
});

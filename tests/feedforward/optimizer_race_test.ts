import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { raceRun, raceSchedules } from "#lib/feedforward/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { toySentences } from "../_support/toy_text.ts";

const course = {
  ...{ train: toySentences.slice(0, 30), valid: toySentences.slice(30) },
  ...{ epochs: 4, target: 2.8, every: 2, seed: 1 },
};
const racer = { optimizer: "Adam", rate: 0.01, schedule: "constant" };

permittedTest(
  "a run says where its loss was, when it reached the target, and repeats",
  ["read"],
  async () => {
    const found = await engine({ prefer: "wasm" });
    const result = await raceRun(found, racer, course);
    const steps = 4 * Math.ceil(course.train.flat().length / 64 + 0.5);
    assert(Math.abs(result.losses.length - 1 - steps / 2) <= 2, `${result.losses.length}`);
    assertEquals(result.finalLoss, result.losses.at(-1));
    const reached = result.losses.findIndex((loss) => loss <= course.target);
    assertEquals(result.stepsToTarget, reached < 0 ? NaN : 2 * reached);
    assertEquals(await raceRun(found, racer, course), result);
    const sparse = await raceRun(found, { ...racer, optimizer: "SparseAdam" }, course);
    assertEquals(sparse.losses[0], result.losses[0]); // the same start
    assert(sparse.finalLoss !== result.finalLoss);
  },
);

permittedTest(
  "what runs away is a result, not a failure; unknown names are refused",
  ["read"],
  async () => {
    const found = await engine({ prefer: "wasm" });
    const wild = await raceRun(found, { ...racer, optimizer: "SGD", rate: 1e30 }, course);
    assert(wild.divergedAt >= 1);
    assertEquals([wild.finalLoss, wild.stepsToTarget], [NaN, NaN]);
    await assertRejects(
      () => raceRun(found, { ...racer, optimizer: "SDG" }, course),
      RangeError,
      "SDG",
    );
  },
);

Deno.test("the race's schedules are those of the slide", () => {
  const at = (name: string, epoch: number, step: number) =>
    raceSchedules[name](0.8, 10)({ epoch, step });
  assertEquals([at("constant", 2, 25), at("halved every epoch", 2, 25)], [0.8, 0.2]);
  assertAlmostEquals(at("lr₀ e^(-t/2)", 2, 25), 0.8 / Math.E);
  assertAlmostEquals(at("cyclic", 0, 0), 0.08);
  assertAlmostEquals(at("cyclic", 0, 5), 0.8);
  assertAlmostEquals(at("cyclic", 1, 10), 0.08);
});

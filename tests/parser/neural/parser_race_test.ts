import { assert, assertEquals, assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { generatedTreebank, raceParser } from "#lib/parser/mod.ts";
import { permittedTest } from "../../_support/permitted.ts";

const { train, dev } = generatedTreebank();
const course = {
  ...{ train: train.slice(0, 40), valid: dev.slice(0, 20) },
  ...{ epochs: 4, target: 1.5, every: 2, seed: 1 },
};
const racer = { optimizer: "AdaGrad", rate: 0.01, schedule: "constant" };

permittedTest("the raced parser learns, and starts alike for every racer", ["read"], async () => {
  const found = await engine({ prefer: "wasm" });
  const result = await raceParser(found, racer, course);
  assert(result.finalLoss < 0.6 * result.losses[0], `${result.losses}`);
  assert(result.uas > 40, `UAS ${result.uas}`);
  const reached = result.losses.findIndex((loss) => loss <= course.target);
  assertEquals(result.stepsToTarget, reached < 0 ? NaN : 2 * reached);
  const other = await raceParser(found, { ...racer, optimizer: "SparseAdam", rate: 1e-4 }, course);
  assertEquals(other.losses[0], result.losses[0]);
  assert(other.finalLoss > result.finalLoss);
});

permittedTest("a parser whose loss runs away has no UAS", ["read"], async () => {
  const found = await engine({ prefer: "wasm" });
  const wild = await raceParser(found, { ...racer, optimizer: "SGD", rate: 1e3 }, course);
  assert(wild.divergedAt >= 1);
  assertEquals([wild.finalLoss, wild.stepsToTarget, wild.uas], [NaN, NaN, NaN]);
  await assertRejects(
    () => raceParser(found, { ...racer, schedule: "never" }, course),
    RangeError,
    "never",
  );
});

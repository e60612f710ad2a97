import { assert, assertEquals, assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { raceWindowModel } from "#lib/feedforward/mod.ts";
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
    const result = await raceWindowModel(found, racer, course);
    const steps = 4 * Math.ceil(course.train.flat().length / 64 + 0.5);
    assert(Math.abs(result.losses.length - 1 - steps / 2) <= 2, `${result.losses.length}`);
    assertEquals(result.finalLoss, result.losses.at(-1));
    const reached = result.losses.findIndex((loss) => loss <= course.target);
    assertEquals(result.stepsToTarget, reached < 0 ? NaN : 2 * reached);
    assertEquals(await raceWindowModel(found, racer, course), result);
    const sparse = await raceWindowModel(found, { ...racer, optimizer: "SparseAdam" }, course);
    assertEquals(sparse.losses[0], result.losses[0]); // the same start
    assert(sparse.finalLoss !== result.finalLoss);
  },
);

permittedTest(
  "what runs away is a result, not a failure; unknown names are refused",
  ["read"],
  async () => {
    const found = await engine({ prefer: "wasm" });
    const wild = await raceWindowModel(found, { ...racer, optimizer: "SGD", rate: 1e30 }, course);
    assert(wild.divergedAt >= 1);
    assertEquals([wild.finalLoss, wild.stepsToTarget], [NaN, NaN]);
    await assertRejects(
      () => raceWindowModel(found, { ...racer, optimizer: "SDG" }, course),
      RangeError,
      "SDG",
    );
  },
);

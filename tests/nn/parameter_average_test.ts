import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { parameter, ParameterAverage, zeros } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";

testEngines("the average follows θ̄ ← β θ̄ + (1 − β) θ, and the parameters come back", (engine) => {
  const w = parameter(engine, { shape: [2], initializer: zeros(), random: seeded(1) });
  const average = new ParameterAverage({ engine, parameters: { w } }, { decay: 0.5 });
  let expected = 0;
  for (let t = 1; t <= 40; t++) {
    engine.values(w).fill(t);
    const beta = Math.min(0.5, (1 + t) / (10 + t));
    expected = beta * expected + (1 - beta) * t;
    average.add();
  }
  average.putIn();
  for (const value of engine.values(w)) assertAlmostEquals(value, expected, 1e-4);
  average.takeOut();
  assertEquals([...engine.values(w)], [40, 40]);
  const model = { engine, parameters: { w } };
  assertThrows(() => new ParameterAverage(model, { decay: 1 }), RangeError, "in [0, 1), got 1");
  w.dispose();
});

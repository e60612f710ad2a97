import { assert, assertAlmostEquals } from "@std/assert";
import json from "../../notebooks/17-looking-forward.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 17: gates carry the gradient over 50 steps, tanh and half-open gates do not", () => {
  assert(valueOf("vanillaReach") < 1e-4 && valueOf("halfReach") < 1e-8);
  assert(valueOf("gruReach") > 0.01 && valueOf("lstmReach") > 0.01);
});

Deno.test("notebook 17: gated networks copy over 50 steps, the vanilla one guesses", () => {
  assert(valueOf("copyGru") < 0.05 && valueOf("copyLstm") < 0.05);
  assert(valueOf("copyVanilla") > 0.6 * valueOf("guessCopy"));
  assertAlmostEquals(valueOf("guessCopy"), Math.log(8), 1e-3);
});

Deno.test("notebook 17: gated networks add over 50 steps, the vanilla one guesses", () => {
  assertAlmostEquals(valueOf("guessAdding"), 1 / 6, 1e-9);
  assert(valueOf("addGru") < 0.01 && valueOf("addLstm") < 0.01);
  assert(valueOf("addVanilla") > 0.8 * valueOf("guessAdding"));
});

Deno.test("notebook 17: the second layer helps on dev, self-attention on top changes little", () => {
  const [plain, stacked, attention] = ["plainDev", "stackedDev", "attentionDev"].map(valueOf);
  assert(plain > valueOf("majority") + 3, `${plain}`);
  assert(stacked > plain + 0.5, `${plain}, ${stacked}`);
  assert(Math.abs(attention - stacked) < (stacked - plain) / 2, `${stacked}, ${attention}`);
});

Deno.test("notebook 17: a word's attention sums to 1", () => {
  assertAlmostEquals(valueOf("rowSum"), 1, 1e-4);
});

import { assert, assertEquals } from "@std/assert";
import json from "../../notebooks/09-optimizers-and-learning-rates.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 09: on the valley SGD converges below the limit of its rate, not above", () => {
  assert(valueOf("belowLimit") < 1 && valueOf("aboveLimit") > 100);
  for (const name of ["sgd", "momentum", "adagrad", "rmsprop", "adam"]) {
    assert(valueOf(`${name}Distance`) < 4.5, name); // half way at least, from 9.1
  }
});

Deno.test("notebook 09: every optimizer at its best rate learns the language model", () => {
  for (const name of ["sgd", "momentum", "adagrad", "rmsprop", "adam", "sparseAdam"]) {
    const loss = valueOf(`${name}Loss`);
    assert(loss > 3.4 && loss < 4, `${name}: ${loss}`);
  }
});

Deno.test("notebook 09: of the powers of ten few are right, and the largest diverge", () => {
  assertEquals([valueOf("bestRateSgd"), valueOf("bestRateAdam")], [1, 0.01]);
  assert(valueOf("goodRatesSgd") <= 3 && valueOf("goodRatesAdam") <= 3);
  assert(valueOf("diverged") >= 6);
});

Deno.test("notebook 09: falling rates end lower than the best constant one", () => {
  assert(valueOf("lowestHalved") < valueOf("lowestConstant"));
  assert(valueOf("lowestExponential") < valueOf("lowestConstant"));
});

Deno.test("notebook 09: sorted batches are worse than shuffled ones", () => {
  assert(valueOf("sortedLoss") > valueOf("shuffledLoss") + 0.5);
  assert(Math.abs(valueOf("shuffledLoss") - valueOf("orderedLoss")) < 0.2);
});

Deno.test("notebook 09: on the parser rules that divide by the gradient's size learn, SGD does not", () => {
  assert(valueOf("adagradUas") > 50 && valueOf("adamUas") > 50);
  assert(valueOf("sgdUas") < 40 && valueOf("momentumUas") < 40);
  assert(valueOf("bestUasAdaGrad") > 70 && valueOf("bestUasAdam") > 70);
  assert(valueOf("bestUasSgd") < valueOf("bestUasAdam") - 20);
  assert(valueOf("divergedParsers") >= 10);
});

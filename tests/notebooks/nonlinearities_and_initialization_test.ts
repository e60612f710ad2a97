import { assert, assertAlmostEquals } from "@std/assert";
import json from "../../notebooks/08-nonlinearities-and-initialization.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 08: tanh(z) = 2 logistic(2z) - 1, and the slopes' greatest values", () => {
  assert(valueOf("identityError") < 1e-12);
  assertAlmostEquals(valueOf("logisticSlope"), 0.25, 1e-12);
  assertAlmostEquals(valueOf("tanhSlope"), 1, 1e-12);
});

Deno.test("notebook 08: twenty layers keep their variance with Xavier alone", () => {
  assert(valueOf("tanhSmallForward") < 1e-20);
  assert(valueOf("tanhXavierForward") > 0.01 && valueOf("tanhXavierForward") < 1);
  assert(valueOf("tanhXavierBackward") > 0.01 && valueOf("tanhXavierBackward") < 1);
  assert(valueOf("tanhLargeBackward") > 1e5);
  assert(valueOf("logisticXavierBackward") < 1e-15);
  assert(valueOf("reluHeForward") > 0.2 && valueOf("reluHeForward") < 5);
  assert(valueOf("reluHeBackward") > 0.2 && valueOf("reluHeBackward") < 5);
});

Deno.test("notebook 08: equal weights stay equal and cannot learn exclusive or", () => {
  assert(/equalUnits: true/.test(json) && /zeroWeights: true/.test(json));
  assert(valueOf("zerosError") >= 0.45 && valueOf("equalError") >= 0.2);
  assert(valueOf("randomError") <= 0.02);
});

Deno.test("notebook 08: with the best bias the first loss is the labels' entropy", () => {
  assertAlmostEquals(valueOf("bestBiasLoss"), valueOf("entropy"), 1e-6);
  assert(valueOf("zeroBiasLoss") > valueOf("entropy") + 1);
});

Deno.test("notebook 08: hidden units beat the linear twin, and ReLU trains deep networks first", () => {
  assert(valueOf("tanhAccuracy") > valueOf("linearAccuracy"));
  assert(valueOf("reluSteps") < valueOf("linearSteps"));
  assert(valueOf("deepRelu") < 0.6 * valueOf("deepTanh"));
  assert(/deepLogistic: NaN/.test(json));
});

Deno.test("notebook 08: layer normalization trains from every start, plain layers from none as well", () => {
  assert(valueOf("smallPlain") > 0.65 && valueOf("largePlain") > 0.65);
  for (const name of ["small", "xavier", "large"]) {
    assert(valueOf(`${name}Norm`) < 0.6 && valueOf(`${name}Norm`) < valueOf(`${name}Plain`), name);
  }
});

Deno.test("notebook 08: on all of Brown the hidden layer is above its linear twin", () => {
  assert(valueOf("wholeLinear") > 94);
  assert(valueOf("wholeRelu") > valueOf("wholeLinear") && valueOf("wholeRelu") < 97);
});

import type { Scalar, Variable } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";

/** How {@linkcode assertGradients} compares. */
interface Comparison {
  /** h, how far parameters are moved; small where the loss has kinks. @default {0.02} */
  step?: number;
  /** The largest difference, as a share of the gradient's length. @default {3e-3} */
  tolerance?: number;
  /** Names of parameters the loss gives no gradient, for they learn by themselves. @default {none} */
  without?: readonly string[];
}

const ELEMENTS = 20; // of each parameter; all of them where there are fewer

/**
 * Compares the gradients of a loss with differences: along each whole gradient, where the slope is its
 * length, and at single elements, so that a part that is lost is noticed.
 */
export function assertGradients(
  { tf, values }: Engine,
  loss: () => Scalar,
  parameters: Readonly<Record<string, Variable>>,
  { step: h = 0.02, tolerance = 3e-3, without = [] }: Comparison = {},
): void {
  const random = seeded(41);
  const { grads } = tf.tidy(() => tf.variableGrads(loss, Object.values(parameters)));
  for (const [name, variable] of Object.entries(parameters)) {
    if (without.includes(name)) continue;
    assert(grads[variable.name], `${name} has no gradient`);
    const gradient = grads[variable.name].dataSync(), start = values(variable).slice();
    const length = Math.hypot(...gradient), allowed = tolerance * Math.max(length, 0.1);
    /** The slope in a direction of length 1, its error of order h⁴. */
    const slope = (direction: (i: number) => number) => {
      const at = (distance: number) => {
        values(variable).set(start.map((v, i) => v + distance * direction(i)));
        const J = tf.tidy(() => loss().dataSync()[0]);
        values(variable).set(start);
        return J;
      };
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    };
    if (length > 0) assertAlmostEquals(slope((i) => gradient[i] / length), length, allowed, name);
    const few = gradient.length <= ELEMENTS;
    for (let k = 0; k < Math.min(ELEMENTS, gradient.length); k++) {
      const chosen = few ? k : Math.floor(random() * gradient.length);
      const found = slope((i) => i === chosen ? 1 : 0);
      assertAlmostEquals(found, gradient[chosen], allowed, `${name}[${chosen}]`);
    }
  }
  tf.dispose(grads);
}

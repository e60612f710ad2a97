import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradients, cube, logistic, tanh, Tape, type Value } from "#lib/nn/mod.ts";
import { type Random, seeded } from "#lib/random/mod.ts";

function draws(random: Random, n: number): Float64Array {
  return Float64Array.from({ length: n }, () => random() - 0.5);
}

Deno.test("every operation's gradient agrees with central differences", () => {
  const random = seeded(1);
  const parameters = {
    E: draws(random, 5 * 3),
    W: draws(random, 6 * 4),
    b: draws(random, 4),
    s: draws(random, 2),
  };
  const worst = checkGradients(() => {
    const tape = new Tape();
    const E = tape.matrix("E", { rows: 5, columns: 3, data: parameters.E });
    const W = tape.matrix("W", { rows: 6, columns: 4, data: parameters.W });
    const b = tape.matrix("b", { rows: 1, columns: 4, data: parameters.b });
    const s = tape.matrix("s", { rows: 2, columns: 1, data: parameters.s });
    const x = tape.reshape(tape.lookup(E, [4, 1, 1, 0]), 2); // row 1 twice
    const z = tape.add(tape.add(tape.multiply(x, W), b), s);
    const halves = [tape.columns(z, { from: 0, to: 2 }), tape.columns(z, { from: 2, to: 4 })];
    const gate = tape.apply(logistic, halves[0]);
    const other = tape.affine(tape.apply(tanh, halves[1]), { factor: -2, shift: 0.5 });
    const y = tape.concat([tape.hadamard(gate, other), tape.apply(cube, halves[1])]);
    const J = tape.add(tape.crossEntropy(y, [3, 0]), tape.affine(tape.sum(y), { factor: 0.1 }));
    tape.backward(J);
    const gradients = { E: E.gradient, W: W.gradient, b: b.gradient, s: s.gradient };
    return { loss: J.data[0], gradients };
  }, parameters);
  assert(worst.relative < 1e-6);
});

Deno.test("a product's gradients, worked by hand", () => {
  const tape = new Tape();
  const A = tape.variable("A", [[1, 2], [3, 4]]);
  const x = tape.variable("x", [[5], [6]]);
  const J = tape.sum(tape.multiply(A, x)).as("J");
  tape.backward(J);
  assertEquals([J.data[0], ...A.gradient, ...x.gradient], [56, 5, 6, 5, 6, 4, 6]);
});

/** h⁽ᵗ⁾ = σ(W_h h⁽ᵗ⁻¹⁾ + W_e e⁽ᵗ⁾ + b₁), loss on the last state; W_h may be cloned a step. */
function recurrent(tape: Tape, W: (t: number) => Value): Value {
  const We = tape.variable("W_e", [[0.5, -0.3], [0.2, 0.8]]);
  const b = tape.variable("b_1", [[0.1], [-0.1]]);
  let h = tape.variable("h0", [[0.2], [0.4]]);
  [[1, 0], [0, 1], [1, 1]].forEach((e, t) => {
    const input = tape.multiply(We, tape.variable(`e${t + 1}`, e.map((v) => [v])));
    const z = tape.add(tape.add(tape.multiply(W(t), h).as(`W_h h${t}`), input), b);
    h = tape.apply(logistic, z).as(`h${t + 1}`);
  });
  return tape.crossEntropy(tape.reshape(h, 1), [1]).as("J");
}

Deno.test("backpropagation through time: the gradient of W_h is the sum of its steps' gradients", () => {
  const rows = [[0.3, -0.6], [0.7, 0.1]];
  const shared = new Tape();
  const W = shared.variable("W_h", rows);
  shared.backward(recurrent(shared, () => W));
  const cloned = new Tape();
  const clones = [0, 1, 2].map((t) => cloned.variable(`W_h|${t + 1}`, rows));
  cloned.backward(recurrent(cloned, (t) => clones[t]));

  assertEquals(W.contributions.map((c) => c.from), ["W_h h2", "W_h h1", "W_h h0"]);
  W.contributions.toReversed().forEach((c, t) => assertEquals(c.gradient, clones[t].gradient));
  W.gradient.forEach((g, i) => {
    assertAlmostEquals(g, clones.reduce((sum, clone) => sum + clone.gradient[i], 0), 1e-15);
  });
});

Deno.test("the report shows values, gradients and the gradient of each use", () => {
  const tape = new Tape();
  const W = tape.variable("W_h", [[2]]);
  const z = tape.multiply(W, tape.multiply(W, tape.variable("h0", [[3]])).as("z1")).as("z2");
  tape.backward(z);
  assertEquals(
    tape.report(3),
    [
      "W_h (1×1) = 2.00",
      "  ∂J/∂W_h = 12.0",
      "    through z2: 6.00",
      "    through z1: 6.00",
      "h0 (1×1) = 3.00",
      "  ∂J/∂h0 = 4.00",
      "z1 (1×1) = 6.00",
      "  ∂J/∂z1 = 2.00",
      "z2 (1×1) = 12.0",
      "  ∂J/∂z2 = 1.00",
    ].join("\n"),
  );
});

Deno.test("shapes that do not fit are refused", () => {
  const tape = new Tape();
  const A = tape.variable("A", [[1, 2]]);
  assertThrows(() => tape.multiply(A, A), RangeError, "Cannot multiply A (1×2) and A (1×2)");
  assertThrows(() => tape.backward(A), RangeError, "expected 1×1, got 1×2");
  assertThrows(() => tape.reshape(tape.variable("B", [[1, 2, 3]]), 2), RangeError, "Cannot make");
});

Deno.test("rows and classes that there are not are refused", () => {
  const tape = new Tape(), A = tape.variable("A", [[1, 2], [3, 4]]);
  for (const id of [-1, 2, 0.5, NaN]) {
    assertThrows(() => tape.lookup(A, [0, id]), RangeError, `from 0 to 1, got ${id}`);
    assertThrows(() => tape.crossEntropy(A, [0, id]), RangeError, `from 0 to 1, got ${id}`);
  }
  assertThrows(() => tape.crossEntropy(A, [0]), RangeError, "expected 2 targets, got 1");
});

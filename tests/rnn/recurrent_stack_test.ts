import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { type Cell, RecurrentStack, type RecurrentStackOptions } from "#lib/rnn/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { assertGradients } from "../_support/gradients.ts";
import { assertClose, drawn, fill, inputs, makeStack, testing } from "./_stacks.ts";

const CELLS: readonly Cell[] = ["tanh", "logistic", "gru", "lstm"];

const variants: Record<string, Partial<RecurrentStackOptions> & { cell: Cell }> = {
  ...Object.fromEntries(CELLS.map((cell) => [`two layers of ${cell}`, { cell, layers: 2 }])),
  "LSTM with projection": { cell: "lstm", layers: 2, projection: 3, forgetBias: 1 },
  "bidirectional GRU": { cell: "gru", layers: 2, bidirectional: true },
  "bidirectional residual LSTM": { cell: "lstm", layers: 2, bidirectional: true, residual: true },
};

/** The slice of one example and its first steps, [n, 1, D]. */
function example({ tf }: Engine, x: Tensor3D, b: number, steps: number): Tensor3D {
  return tf.slice(x, [0, b, 0], [steps, 1, -1]);
}

for (const [name, options] of Object.entries(variants)) {
  testEngines(`${name}: padding and batching change no number`, (engine) => {
    const stack = makeStack(engine, options);
    engine.tf.tidy(() => {
      const x = inputs(engine, 5, 3), lengths = [5, 2, 4];
      const together = stack.run(x, { ...testing, lengths });
      lengths.forEach((steps, b) => {
        const alone = stack.run(example(engine, x, b, steps), testing);
        assertClose(example(engine, together.output, b, steps), alone.output);
        alone.last.forEach(({ h, c }, layer) => {
          const found = together.last[layer];
          assertClose(engine.tf.slice(found.h, [b, 0], [1, -1]), h);
          if (c) assertClose(engine.tf.slice(found.c!, [b, 0], [1, -1]), c);
        });
      });
      const padding = engine.tf.slice(together.output, [2, 1, 0], [3, 1, -1]);
      assertEquals(new Set(padding.dataSync()), new Set([0]));
    });
    stack.dispose();
  });

  testEngines(`${name}: gradients agree with finite differences, padding included`, (engine) => {
    const { tf } = engine;
    const stack = makeStack(engine, options);
    tf.tidy(() => {
      const x = inputs(engine, 4, 2);
      const weights = drawn(engine, [4, 2, stack.width], 5);
      const loss = () =>
        tf.sum(tf.mul(stack.run(x, { ...testing, lengths: [3, 4] }).output, weights)).asScalar();
      assertGradients(engine, loss, stack.parameters);
    });
    stack.dispose();
  });

  if (options.bidirectional) continue;
  testEngines(`${name}: carried state equals one long unroll`, (engine) => {
    const stack = makeStack(engine, options);
    engine.tf.tidy(() => {
      const x = inputs(engine, 7, 2);
      const whole = stack.run(x, testing);
      const first = stack.run(engine.tf.slice(x, [0, 0, 0], [3, -1, -1]), testing);
      const second = stack.run(engine.tf.slice(x, [3, 0, 0]), { ...testing, state: first.last });
      assertClose(engine.tf.concat([first.output, second.output]), whole.output);
      assertClose(second.last[1].h, whole.last[1].h);
    });
    stack.dispose();
  });
}

testEngines("reversing the input swaps the directions", (engine) => {
  const { tf, values } = engine;
  const options = { cell: "lstm", bidirectional: true } as const;
  const [stack, swapped] = [makeStack(engine, options), makeStack(engine, options)];
  for (const [name, variable] of Object.entries(stack.parameters)) {
    const other = name.endsWith("_back") ? name.slice(0, -5) : `${name}_back`;
    values(swapped.parameters[other]).set(values(variable).slice());
  }
  tf.tidy(() => {
    const x = inputs(engine, 5, 2);
    const mirrored = swapped.run(tf.reverse(x, 0), testing).output;
    const [back, forth] = tf.split(tf.reverse(mirrored, 0), 2, 2);
    assertClose(tf.concat([forth, back], 2), stack.run(x, testing).output);
  });
  stack.dispose();
  swapped.dispose();
});

testEngines("a GRU whose z is 0 copies its state", (engine) => {
  const stack = makeStack(engine, { cell: "gru" });
  fill(engine, stack, "b_h1", (i) => i < 4 ? -1000 : 0);
  engine.tf.tidy(() => {
    const h = drawn(engine, [2, 4]) as Tensor2D;
    const { output } = stack.run(inputs(engine, 20, 2), { ...testing, state: [{ h }] });
    const last = engine.tf.slice(output, [19, 0, 0]).dataSync();
    assertEquals([...last], [...h.dataSync()]);
  });
  stack.dispose();
});

testEngines("an LSTM with f = 1 and i = 0 keeps c for 1,000 steps, bit by bit", (engine) => {
  const stack = makeStack(engine, { cell: "lstm" });
  fill(engine, stack, "b_h1", (i) => i < 4 ? -1000 : i < 8 ? 1000 : 0);
  engine.tf.tidy(() => {
    const [h, c] = [drawn(engine, [2, 4]), drawn(engine, [2, 4], 9)] as Tensor2D[];
    const steps = engine.kind === "cpu" ? 100 : 1000;
    const { last } = stack.run(inputs(engine, steps, 2), { ...testing, state: [{ h, c }] });
    assertEquals([...last[0].c!.dataSync()], [...c.dataSync()]);
  });
  stack.dispose();
});

testEngines("a residual stack of zeroed LSTMs is the identity", (engine) => {
  const options = { cell: "lstm", inputs: 8, layers: 3, bidirectional: true } as const;
  const stack = makeStack(engine, { ...options, residual: true });
  for (const name of Object.keys(stack.parameters)) fill(engine, stack, name, () => 0);
  engine.tf.tidy(() => {
    const x = drawn(engine, [4, 2, 8]) as Tensor3D;
    assertEquals([...stack.run(x, testing).output.dataSync()], [...x.dataSync()]);
  });
  stack.dispose();
});

testEngines(
  "each layer's states can be read at every step, and are what the next layer reads",
  (engine) => {
    const stack = makeStack(engine, { cell: "gru", layers: 2 });
    engine.tf.tidy(() => {
      const { layers, output, last } = stack.run(inputs(engine, 3, 2), testing);
      assertEquals(layers.map(({ shape }) => shape), [[3, 2, 4], [3, 2, 4]]);
      assertEquals([...output.dataSync()], [...layers[1].dataSync()]);
      assertEquals([...last[0].h.dataSync()], [
        ...engine.tf.slice(layers[0], [2, 0, 0]).dataSync(),
      ]);
    });
    stack.dispose();
  },
);

testEngines(
  "dropout: plain draws a mask a step, variational one for all; none at test time",
  (engine) => {
    const { tf } = engine;
    const masks = (variational: boolean) => {
      const stack = makeStack(engine, { cell: "tanh", dropout: { rate: 0.5, variational } });
      fill(engine, stack, "b_h1", (i) => 0.1 * (i + 1)); // no state is 0 by itself
      const result = tf.tidy(() => {
        const x = tf.tile(inputs(engine, 1, 64), [6, 1, 1]) as Tensor3D;
        const { output, layers } = stack.run(x, { training: true, random: seeded(5) });
        assert(output.dataSync().some((v) => v === 0));
        assertEquals(stack.run(x, testing).output.dataSync().some((v) => v === 0), false);
        const kept = tf.notEqual(output, 0).dataSync(), step = kept.length / 6;
        assertEquals(layers[0].dataSync().some((v) => v === 0), false);
        return Array.from({ length: 6 }, (_, t) => kept.slice(t * step, (t + 1) * step).join(""));
      });
      stack.dispose();
      return new Set(result).size;
    };
    assertEquals([masks(true), masks(false)], [1, 6]);
  },
);

testEngines(
  "recurrent dropout: the same units of every state are kept from the next one",
  (engine) => {
    const { tf } = engine;
    const stack = makeStack(engine, { cell: "lstm", dropout: { rate: 0, recurrentRate: 0.5 } });
    tf.tidy(() => {
      const x = inputs(engine, 4, 3), training = { training: true, random: seeded(11) };
      const all = stack.run(x, testing).output, some = stack.run(x, training).output;
      const step = (states: Tensor3D, t: number) => tf.slice(states, [t, 0, 0], [1, -1, -1]);
      assertClose(step(some, 0), step(all, 0)); // comes from h⁽⁰⁾ = 0
      assert(tf.notEqual(step(some, 1), step(all, 1)).dataSync().every(Boolean));
      const seed = Math.floor(seeded(11)() * 2 ** 32) | 0;
      const kept = engine.operations.dropoutMask([4, 1], { keep: 0.5, value: 2, seed }).dataSync();
      fill(
        engine,
        stack,
        "W_h1",
        ((W_h) => (i) => W_h[i] * kept[Math.floor(i / 16)])( // [4, 16]
          stack.parameters.W_h1.dataSync().slice(),
        ),
      );
      assertClose(some, stack.run(x, testing).output);
    });
    stack.dispose();
  },
);

testEngines("what does not fit is refused", (engine) => {
  const random = seeded(1);
  assertThrows(
    () => new RecurrentStack(engine, { cell: "gru", inputs: 3, units: 4, projection: 2, random }),
    RangeError,
    "expected an lstm cell",
  );
  for (const dropout of [{ rate: 1.5 }, { rate: NaN }, { rate: 0, recurrentRate: 1 }]) {
    const make = () => makeStack(engine, { cell: "gru", dropout });
    assertThrows(make, RangeError, `in [0, 1), got ${Math.max(...Object.values(dropout))}`);
  }
  const stack = makeStack(engine, { cell: "gru", bidirectional: true });
  engine.tf.tidy(() => {
    const x = inputs(engine, 3, 2);
    const run = (lengths: number[]) => () => stack.run(x, { ...testing, lengths });
    assertThrows(run([4, 1]), RangeError, "expected 2 whole numbers from 1 to 3, got 4");
    assertThrows(run([0, 1]), RangeError, "got 0");
    assertThrows(run([3]), RangeError, "got 1 of them");
    const state = stack.zeroState(2);
    assertThrows(() => stack.run(x, { ...testing, state }), RangeError, "bidirectional");
  });
  stack.dispose();
  const two = makeStack(engine, { cell: "lstm", layers: 2 });
  engine.tf.tidy(() => {
    const [first, second] = two.zeroState(2);
    for (const state of [[first], [first, second, second]]) {
      const run = () => two.run(inputs(engine, 3, 2), { ...testing, state });
      assertThrows(run, RangeError, `expected one of each of 2 layers, got ${state.length}`);
    }
  });
  two.dispose();
});

testEngines("gradients reach the state a stack starts from, c included", (engine) => {
  const { tf } = engine;
  const stack = makeStack(engine, { cell: "lstm" });
  tf.tidy(() => {
    const x = inputs(engine, 3, 2);
    const f = (h: Tensor, c: Tensor) =>
      tf.sum(stack.run(x, { ...testing, state: [{ h, c } as never] }).output);
    const [dh, dc] = tf.grads(f)([drawn(engine, [2, 4]), drawn(engine, [2, 4], 9)]);
    for (const gradient of [dh, dc]) assert(gradient.dataSync().every((g) => g !== 0));
  });
  stack.dispose();
});

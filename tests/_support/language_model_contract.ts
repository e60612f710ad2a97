import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { generate, type LanguageModel, perplexity } from "#lib/lm/mod.ts";
import { seeded } from "#lib/random/mod.ts";

/** What the contract is tried on. */
export interface ContractCase<State> {
  model: LanguageModel<State>;
  /** Sentences the model was trained on and others, `</s>` after each. */
  text: Int32Array;
  /** Contexts to sum over: seen, half-seen, never seen. */
  contexts: readonly (readonly string[])[];
  /** How far a sum of probabilities may lie from 1. */
  tolerance?: number;
}

/** Registers the tests every language model must pass. */
export function languageModelContract<State>(name: string, make: () => ContractCase<State>): void {
  Deno.test(`${name}: probabilities sum to 1 after every context, and <s> has none`, () => {
    const { model, contexts, tolerance = 1e-9 } = make();
    for (const context of contexts) {
      const logP = model.logProbabilities(after(model, context));
      assertEquals(logP.length, model.vocabulary.size);
      assertEquals(logP[model.vocabulary.start], -Infinity);
      let sum = 0;
      for (const value of logP) sum += Math.exp(value);
      assertAlmostEquals(sum, 1, tolerance, `after "${context.join(" ")}"`);
    }
  });

  Deno.test(`${name}: score() gives what logProbabilities() and advance() give`, () => {
    const { model, text, tolerance = 1e-9 } = make();
    const scored = model.score(text);
    let state = model.initialState();
    for (let t = 0; t < text.length; t++) {
      const expected = model.logProbabilities(state)[text[t]];
      assertAlmostEquals(scored[t], expected, tolerance, `at ${t}`);
      state = model.advance(state, text[t]);
    }
  });

  Deno.test(`${name}: perplexity is the exponential of the mean negative log probability`, () => {
    const { model, text } = make();
    const mean = Float64Array.from(model.score(text)).reduce((sum, logP) => sum - logP, 0) /
      text.length;
    assertAlmostEquals(perplexity(model, text), Math.exp(mean), 1e-9 * Math.exp(mean));
  });

  Deno.test(`${name}: a state stays what it was when the model moves on`, () => {
    const { model, text } = make();
    const state = model.advance(model.initialState(), text[0]);
    const before = model.logProbabilities(state).slice();
    for (const id of text.subarray(0, 50)) model.advance(state, id);
    assertEquals(model.logProbabilities(state), before);
  });

  Deno.test(`${name}: the same seed writes the same text, at every temperature`, () => {
    const { model } = make();
    for (const temperature of [0, 0.7, 1]) {
      const write = () => generate(model, { random: seeded(4), temperature, maxWords: 30 });
      assertEquals(write(), write());
    }
  });

  Deno.test(`${name}: ids of no word are refused, wherever they stand`, () => {
    const { model } = make();
    const { size, unknown } = model.vocabulary;
    for (const id of [size, size + 1, size + 95, -1]) {
      assertThrows(() => model.score(Int32Array.of(unknown, id, unknown)), RangeError, `${id}`);
      assertThrows(() => model.advance(model.initialState(), id), RangeError, `${id}`);
    }
  });

  Deno.test(`${name}: <s> is never predicted, in score() as in logProbabilities()`, () => {
    const { model } = make();
    assertEquals(model.score(Int32Array.of(model.vocabulary.start))[0], -Infinity);
  });

  Deno.test(`${name}: drawn words have the model's frequencies`, () => {
    const { model, contexts } = make();
    if (!model.sample) return;
    const state = after(model, contexts[0]), random = seeded(11), draws = 20_000;
    const p = model.logProbabilities(state).map(Math.exp);
    const drawn = new Float64Array(p.length);
    for (let i = 0; i < draws; i++) drawn[model.sample(state, random)]++;
    assertFitsDistribution(drawn, p);
  });
}

/** The state after `<s>` and these words. */
export function after<State>(model: LanguageModel<State>, words: Iterable<string>): State {
  let state = model.initialState();
  for (const id of model.vocabulary.encode(words)) state = model.advance(state, id);
  return state;
}

/**
 * Pearson's χ² of observed counts against probabilities; outcomes expected less than 5 times are
 * pooled. Passes unless the statistic exceeds the 99.9 % quantile (Wilson and Hilferty 1931).
 */
export function assertFitsDistribution(observed: ArrayLike<number>, p: ArrayLike<number>): void {
  const draws = Array.from(observed).reduce((sum, n) => sum + n, 0);
  let chiSquared = 0, cells = 0, pooledObserved = 0, pooledExpected = 0;
  const addCell = (n: number, expected: number) => {
    chiSquared += (n - expected) ** 2 / expected;
    cells++;
  };
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) assertEquals(observed[i], 0, `outcome ${i} is impossible`);
    else if (p[i] * draws >= 5) addCell(observed[i], p[i] * draws);
    else {[pooledObserved, pooledExpected] = [
        pooledObserved + observed[i],
        pooledExpected + p[i] * draws,
      ];}
  }
  if (pooledExpected > 0) addCell(pooledObserved, pooledExpected);
  assert(cells > 1, "expected more than one outcome");
  const freedom = cells - 1, z = 3.0902; // the 99.9 % quantile of the standard normal
  const limit = freedom * (1 - 2 / (9 * freedom) + z * Math.sqrt(2 / (9 * freedom))) ** 3;
  assert(chiSquared < limit, `chi-squared ${chiSquared} over ${limit}, ${freedom} degrees`);
}

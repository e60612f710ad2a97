import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ActiveSet } from "#lib/parser/graph/_active_set.ts";
import {
  ad3,
  ArcScores,
  type CandidateArc,
  chuLiuEdmonds,
  HeadAutomaton,
  HeadSequence,
  type ScoredFactor,
  SiblingPair,
  TreeFactor,
  TriSiblingAutomaton,
} from "#lib/parser/mod.ts";
import { type Random, seeded } from "#lib/random/mod.ts";
import { allTrees, projectiveTrees } from "../_all_trees.ts";

function allArcs(n: number): CandidateArc[] {
  return Array.from({ length: n }, (_, i) => i + 1).flatMap((dependent) =>
    Array.from({ length: n + 1 }, (_, head) => ({ head, dependent }))
      .filter(({ head }) => head !== dependent)
  );
}

function numbers(size: number, random: Random): Float64Array {
  return Float64Array.from({ length: size }, () => 4 * random() - 2);
}

interface FactorsOptions {
  arcs: readonly CandidateArc[];
  random: Random;
  /** Also grand-siblings, three siblings, pairs of siblings, and heads of words side by side. */
  isFull?: boolean;
}

/** For each head and side an automaton with scores drawn at random, and what the full model adds. */
function randomFactors(n: number, { arcs, random, isFull }: FactorsOptions): ScoredFactor[] {
  const incoming = Array.from(
    { length: n + 1 },
    (_, word) => [...arcs.keys()].filter((i) => arcs[i].dependent === word),
  );
  const ofSides = incoming.flatMap((into, head) =>
    [false, true].flatMap((isRight): ScoredFactor[] => {
      const outgoing = [...arcs.keys()]
        .filter((i) => arcs[i].head === head && (arcs[i].dependent > head) === isRight)
        .sort((a, b) => Math.abs(arcs[a].dependent - head) - Math.abs(arcs[b].dependent - head));
      const m = outgoing.length;
      if (m === 0) return [];
      const automaton = new HeadAutomaton({
        ...{ incoming: into, outgoing, siblings: numbers((m + 1) * (m + 2), random) },
        grandparents: numbers(into.length * m, random),
        ...(isFull && { grandSiblings: numbers(into.length * (m + 1) * (m + 2), random) }),
      });
      if (!isFull || m < 2) return [automaton];
      const threes = numbers((m + 1) ** 2 * (m + 2), random);
      const pairs = outgoing.slice(1).map((outer) =>
        new SiblingPair([outgoing[0], outer], numbers(1, random)[0])
      );
      return [automaton, new TriSiblingAutomaton(outgoing, threes), ...pairs];
    })
  );
  if (!isFull) return ofSides;
  const scores = numbers((n - 1) * n ** 2, random);
  return [...ofSides, new HeadSequence(incoming.slice(1), scores)];
}

/** Places of a factor's variables that a tree turns on. */
function taken({ variables }: ScoredFactor, heads: number[], arcs: readonly CandidateArc[]) {
  return Int32Array.from(
    [...variables.keys()].filter((k) => {
      const { head, dependent } = arcs[variables[k]];
      return heads[dependent - 1] === head;
    }),
  );
}

/** Whether a factor's best configuration is worth as much as the best of these, with scores of its own. */
function assertBest(
  factor: ScoredFactor,
  { configurations, random }: { configurations: readonly number[][]; random: Random },
): void {
  const potentials = numbers(factor.variables.length, random), scale = 0.1 + random();
  const value = (on: Int32Array) =>
    on.reduce((sum, k) => sum + potentials[k], scale * factor.scoreOf(on));
  const best = Math.max(...configurations.map((on) => value(Int32Array.from(on))));
  const { on, score } = factor.maximize(potentials, scale);
  assertAlmostEquals(value(on), best, 1e-9);
  assertAlmostEquals(score, factor.scoreOf(on), 1e-12);
}

/** All subsets of so many places from a first one on. */
function subsets(m: number, first = 0): number[][] {
  return Array.from(
    { length: 2 ** m },
    (_, bits) =>
      Array.from({ length: m }, (_, i) => first + i).filter((k) => (bits >> (k - first)) % 2 === 1),
  );
}

Deno.test("an automaton's best configuration is that of the enumeration of all 2^m subsets", () => {
  const random = seeded(1);
  for (let round = 0; round < 500; round++) {
    const m = 1 + round % 6, g = round % 4, size = (m + 1) * (m + 2);
    const automaton = new HeadAutomaton({
      incoming: Array.from({ length: g }, (_, i) => i),
      outgoing: Array.from({ length: m }, (_, i) => g + i),
      siblings: numbers(size, random),
      grandparents: numbers(g * m, random),
      ...(round % 2 === 0 && { grandSiblings: numbers(g * size, random) }),
    });
    const configurations = subsets(m, g).flatMap((dependents) =>
      g === 0 ? [dependents] : Array.from({ length: g }, (_, from) => [from, ...dependents])
    );
    assertBest(automaton, { configurations, random });
  }
});

Deno.test("three siblings, pairs of siblings and heads side by side: the best of the enumeration", () => {
  const random = seeded(5);
  for (let round = 0; round < 500; round++) {
    const m = 1 + round % 6, arcs = Array.from({ length: m }, (_, i) => 10 + i);
    const threes = new TriSiblingAutomaton(arcs, numbers((m + 1) ** 2 * (m + 2), random));
    assertBest(threes, { configurations: subsets(m), random });
    const pair = new SiblingPair([3, 4], numbers(1, random)[0]);
    assertBest(pair, { configurations: subsets(2), random });
    const sizes = Array.from({ length: 1 + round % 4 }, () => 1 + Math.floor(3 * random()));
    let configurations: number[][] = [[]], all = 0;
    const incoming = sizes.map((size) => {
      const places = Array.from({ length: size }, (_, i) => all + i);
      configurations = configurations.flatMap((on) => places.map((k) => [...on, k]));
      all += size;
      return places.map((place) => 7 + place);
    });
    const bigrams = sizes.slice(1).reduce((sum, size, i) => sum + sizes[i] * size, 0);
    assertBest(new HeadSequence(incoming, numbers(bigrams, random)), { configurations, random });
  }
});

Deno.test("scores of three siblings and of heads side by side, by hand", () => {
  const threes = new TriSiblingAutomaton([5, 6, 7], Float64Array.from({ length: 80 }, (_, i) => i));
  const place = (a: number, b: number, c: number) => (a * 4 + b) * 5 + c;
  assertEquals(threes.scoreOf(Int32Array.of(0, 2)), place(0, 1, 3) + place(1, 3, 4));
  assertEquals(threes.scoreOf(Int32Array.of(1)), place(0, 2, 4));
  assertEquals(threes.scoreOf(Int32Array.of()), 0);
  const sequence = new HeadSequence([[9], [4, 5], [6, 7]], Float64Array.of(1, 2, 4, 8, 16, 32));
  assertEquals([...sequence.variables], [9, 4, 5, 6, 7]);
  assertEquals(sequence.scoreOf(Int32Array.of(0, 2, 3)), 2 + 16); // [9, 5] and [5, 6]
});

Deno.test("an automaton's score, by hand: START, the siblings, STOP, and the grandparent of each", () => {
  // two arcs in (0, 1), three out (2, 3, 4); siblings [4, 5], grandparents [2, 3]
  const siblings = Float64Array.from({ length: 20 }, (_, i) => 2 ** i);
  const grandparents = Float64Array.from({ length: 6 }, (_, i) => 100 ** (i + 1));
  const automaton = new HeadAutomaton({
    ...{ incoming: [0, 1], outgoing: [2, 3, 4], siblings, grandparents },
  });
  const on = Int32Array.of(1, 2, 4); // the second head; the first and third dependent
  const expected = 2 ** 1 + 2 ** (5 + 3) + 2 ** (15 + 4) + 100 ** 4 + 100 ** 6;
  assertEquals(automaton.scoreOf(on), expected);
});

Deno.test("AD3 with nothing but the tree is Chu–Liu/Edmonds, after one round", () => {
  const random = seeded(2);
  for (let n = 1; n <= 12; n++) {
    const arcs = allArcs(n), scores = new ArcScores(n), potentials = numbers(arcs.length, random);
    for (const [i, { head, dependent }] of arcs.entries()) {
      scores.set(head, dependent, potentials[i]);
    }
    const { values, rounds } = ad3(potentials, [new TreeFactor(n, arcs)]);
    const heads = chuLiuEdmonds(scores);
    assertEquals([...values], arcs.map((arc) => Number(heads[arc.dependent - 1] === arc.head)));
    assertEquals(rounds, 1);
  }
});

const CASES = [
  { name: "trees, siblings and grandparents", projective: false, isFull: false },
  { name: "projective trees, siblings and grandparents", projective: true, isFull: false },
  { name: "trees and all parts of the full model", projective: false, isFull: true },
];
for (const { name, projective, isFull } of CASES) {
  Deno.test(`AD3 over ${name}: its bound holds, and whole solutions are the best`, () => {
    const random = seeded(3);
    let whole = 0;
    for (let round = 0; round < (isFull ? 40 : 100); round++) {
      const n = 2 + round % (isFull ? 3 : 4),
        arcs = allArcs(n),
        potentials = numbers(arcs.length, random);
      const automata = randomFactors(n, { arcs, random, isFull });
      const score = (heads: number[]) =>
        arcs.reduce(
          (sum, arc, i) => sum + (heads[arc.dependent - 1] === arc.head ? potentials[i] : 0),
          automata.reduce((sum, each) => sum + each.scoreOf(taken(each, heads, arcs)), 0),
        );
      const trees = projective ? projectiveTrees(n) : allTrees(n);
      const best = Math.max(...trees.map(score));
      const factors = [new TreeFactor(n, arcs, { projective }), ...automata];
      const { values, bound, mixtures } = ad3(potentials, factors);
      assert(bound > best - 1e-6, `bound ${bound}, best ${best}`);
      for (const { shares } of mixtures) {
        assertAlmostEquals(shares.reduce((a, b) => a + b), 1, 1e-6);
      }
      if (values.some((value) => value > 0.01 && value < 0.99)) continue;
      whole++;
      const heads = Array.from(
        { length: n },
        (_, i) => arcs.find((arc, k) => arc.dependent === i + 1 && values[k] > 0.5)!.head,
      );
      assertAlmostEquals(score(heads), best, 1e-6);
    }
    assert(whole > (isFull ? 4 : 30), `${whole} whole solutions`);
  });
}

Deno.test("projecting a tree gives that tree", () => {
  for (const heads of allTrees(4)) {
    const arcs = allArcs(4), set = new ActiveSet(new TreeFactor(4, arcs));
    const tree = arcs.map(({ head, dependent }) => Number(heads[dependent - 1] === head));
    set.wanted.set(tree);
    set.project(1);
    assertEquals([...set.mean].map((z) => Math.round(z * 1e9) / 1e9), tree);
  }
});

Deno.test("a projection is optimal: no tree lies further in the direction of what is left", () => {
  const random = seeded(4);
  for (let round = 0; round < 100; round++) {
    const n = 2 + round % 4, arcs = allArcs(n), set = new ActiveSet(new TreeFactor(n, arcs));
    set.wanted.set(numbers(arcs.length, random));
    for (let i = 0; i < 5; i++) {
      set.project(1 + i); // the scale does not matter to a factor without scores, but starts it anew
    }
    const rest = set.wanted.map((a, k) => a - set.mean[k]);
    const along = rest.reduce((sum, r, k) => sum + r * set.mean[k], 0);
    for (const heads of allTrees(n)) { // (a − z)·(y − z) ≤ 0 for every vertex y
      const value = arcs.reduce(
        (sum, arc, k) => sum + (heads[arc.dependent - 1] === arc.head ? rest[k] : 0),
        0,
      );
      assert(value - along < 1e-6, `${value - along}`);
    }
    assert(set.shares.every((share) => share >= 0));
  }
});

Deno.test("arcs without a tree are refused", () => {
  const crossing = [[0, 3], [3, 1], [4, 2], [3, 4]].map(([head, dependent]) => ({
    head,
    dependent,
  }));
  const potentials = new Float64Array(4);
  assertEquals([...new TreeFactor(4, crossing).maximize(potentials).on], [0, 1, 2, 3]);
  const projective = new TreeFactor(4, crossing, { projective: true });
  assertThrows(() => projective.maximize(potentials), RangeError, "Cannot find a projective tree");
  const none = new TreeFactor(2, [{ head: 1, dependent: 2 }, { head: 2, dependent: 1 }]);
  assertThrows(() => none.maximize(new Float64Array(2)), RangeError, "Cannot find a tree");
});

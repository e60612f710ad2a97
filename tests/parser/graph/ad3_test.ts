import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ActiveSet } from "#lib/parser/graph/_active_set.ts";
import {
  ad3,
  ArcScores,
  type CandidateArc,
  chuLiuEdmonds,
  HeadAutomaton,
  TreeFactor,
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

/** For each head and side an automaton with scores drawn at random. */
function randomAutomata(n: number, arcs: readonly CandidateArc[], random: Random): HeadAutomaton[] {
  return Array.from({ length: n + 1 }, (_, head) => head).flatMap((head) => {
    const incoming = [...arcs.keys()].filter((i) => arcs[i].dependent === head);
    return [false, true].flatMap((isRight) => {
      const outgoing = [...arcs.keys()]
        .filter((i) => arcs[i].head === head && (arcs[i].dependent > head) === isRight)
        .sort((a, b) => Math.abs(arcs[a].dependent - head) - Math.abs(arcs[b].dependent - head));
      const m = outgoing.length;
      if (m === 0) return [];
      const siblings = numbers((m + 1) * (m + 2), random);
      const grandparents = numbers(incoming.length * m, random);
      return [new HeadAutomaton({ incoming, outgoing, siblings, grandparents })];
    });
  });
}

/** Places of an automaton's variables that a tree turns on. */
function taken({ variables }: HeadAutomaton, heads: number[], arcs: readonly CandidateArc[]) {
  return Int32Array.from(
    [...variables.keys()].filter((k) => {
      const { head, dependent } = arcs[variables[k]];
      return heads[dependent - 1] === head;
    }),
  );
}

Deno.test("an automaton's best configuration is that of the enumeration of all 2^m subsets", () => {
  const random = seeded(1);
  for (let round = 0; round < 300; round++) {
    const m = 1 + round % 6, g = round % 4, scale = 0.1 + random();
    const automaton = new HeadAutomaton({
      incoming: Array.from({ length: g }, (_, i) => i),
      outgoing: Array.from({ length: m }, (_, i) => g + i),
      siblings: numbers((m + 1) * (m + 2), random),
      grandparents: numbers(g * m, random),
    });
    const potentials = numbers(g + m, random);
    const value = (on: Int32Array) =>
      on.reduce((sum, k) => sum + potentials[k], scale * automaton.scoreOf(on));
    let best = -Infinity;
    for (let subset = 0; subset < 2 ** m; subset++) {
      const dependents = Array.from({ length: m }, (_, i) => g + i)
        .filter((k) => (subset >> (k - g)) % 2 === 1);
      for (let from = 0; from < Math.max(1, g); from++) {
        best = Math.max(best, value(Int32Array.from([...(g > 0 ? [from] : []), ...dependents])));
      }
    }
    const { on, score } = automaton.maximize(potentials, scale);
    assertAlmostEquals(value(on), best, 1e-9);
    assertAlmostEquals(score, automaton.scoreOf(on), 1e-12);
  }
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

for (const projective of [false, true]) {
  const name = projective ? "projective trees" : "trees";
  Deno.test(`AD3 over ${name}, siblings and grandparents: its bound holds, and whole solutions are the best`, () => {
    const random = seeded(3);
    let whole = 0;
    for (let round = 0; round < 100; round++) {
      const n = 2 + round % 4, arcs = allArcs(n), potentials = numbers(arcs.length, random);
      const automata = randomAutomata(n, arcs, random);
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
    assert(whole > 30, `${whole} whole solutions`);
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

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  arcEager,
  arcHybrid,
  arcStandard,
  Configuration,
  type DynamicOracleSystem,
  GoldTree,
  isProjective,
  type Move,
  NONE,
  oracleSteps,
  stackProjective,
  type TransitionSystem,
  treeProblem,
} from "#lib/parser/mod.ts";
import { hasMirror } from "../_support/permission.ts";
import { headLists } from "./_head_lists.ts";
import { ewtTreebank, nltkTreebank } from "./_treebanks.ts";

const SYSTEMS = [arcStandard, stackProjective, arcEager, arcHybrid];
const projectiveTrees = (longest: number) =>
  headLists(longest).filter((heads) => !treeProblem(heads) && isProjective(heads));

/** Follows the oracle and checks legality on the way; returns the end and the number of steps. */
function replay(system: TransitionSystem, gold: GoldTree): { end: Configuration; steps: number } {
  let steps = 0, end = new Configuration(gold.heads.length - 1);
  for (const { configuration, move } of oracleSteps(system, gold)) {
    if (!system.isLegal(configuration, move)) throw new Error(`illegal move ${move}`);
    steps++;
    end = configuration;
  }
  return { end, steps };
}

function assertRebuilds(system: TransitionSystem, heads: readonly number[]): void {
  const gold = new GoldTree(heads, heads.map((_, i) => i));
  const { end, steps } = replay(system, gold);
  const isRebuilt = end.heads.every((head, word) => head === gold.heads[word]) &&
    end.labels.every((label, word) => label === gold.labels[word]);
  const n = heads.length;
  if (!isRebuilt || (system === arcEager ? steps > 2 * n : steps !== 2 * n)) {
    throw new Error(`${system.name}: ${steps} steps to ${end.heads} for ${heads}`);
  }
}

for (const system of SYSTEMS) {
  Deno.test(`${system.name}: the oracle rebuilds every projective tree of up to 6 words`, () => {
    for (const heads of projectiveTrees(6)) assertRebuilds(system, heads);
  });

  Deno.test({
    name: `${system.name}: the oracle rebuilds EWT's 12,256 projective training trees (needs EWT)`,
    ignore: !hasMirror,
    fn: async () => {
      const { train } = await ewtTreebank();
      const projective = train.filter(({ tree }) => isProjective(tree.heads));
      assertEquals([train.length, projective.length], [12_544, 12_256]);
      for (const { tree } of projective) assertRebuilds(system, tree.heads);
    },
  });

  Deno.test({
    name: `${system.name}: the oracle rebuilds all 3,914 trees of NLTK's sample (needs nltk)`,
    ignore: !hasMirror,
    fn: async () => {
      const trees = Object.values(await nltkTreebank()).flat();
      assertEquals(trees.length, 3914);
      for (const { tree } of trees) assertRebuilds(system, tree.heads);
    },
  });

  Deno.test(`${system.name}: whatever legal moves are made, a parse ends in a tree`, () => {
    for (let n = 1; n <= 4; n++) {
      let parses = 0;
      const visit = (c: Configuration): void => {
        const moves = system.moves.filter((move) => system.isLegal(c, move));
        assertEquals(moves.length === 0, system.isTerminal(c));
        for (const move of moves) visit(after(system, c, move));
        if (moves.length > 0) return;
        parses++;
        const heads = [...c.heads.subarray(1)].map((head) => Math.max(head, 0));
        assert(isProjective(heads), `${heads}`);
        const roots = heads.filter((head) => head === 0).length;
        assert(roots === 1 || system === stackProjective || system === arcEager, `${heads}`);
        const first = heads.indexOf(0) + 1;
        const oneRoot = heads.map((head, i) => (head === 0 && i + 1 !== first ? first : head));
        assertEquals(treeProblem(oneRoot), undefined);
      };
      visit(new Configuration(n));
      assert(parses > 0);
    }
  });
}

function after(system: TransitionSystem, c: Configuration, move: Move): Configuration {
  const next = c.copy();
  system.apply(next, move, 0);
  return next;
}

/** The fewest wrong heads any continuation ends with. */
function leastLoss(system: TransitionSystem, c: Configuration, gold: GoldTree): number {
  if (system.isTerminal(c)) {
    let wrong = 0;
    for (let w = 1; w <= c.length; w++) wrong += Number(Math.max(c.heads[w], 0) !== gold.heads[w]);
    return wrong;
  }
  const moves = system.moves.filter((move) => system.isLegal(c, move));
  return Math.min(...moves.map((move) => leastLoss(system, after(system, c, move), gold)));
}

function assertCostsAreExact(system: DynamicOracleSystem, heads: readonly number[]): void {
  const gold = new GoldTree(heads, heads.map(() => 0));
  const visit = (c: Configuration): number => {
    const moves = system.moves.filter((move) => system.isLegal(c, move));
    if (moves.length === 0) return leastLoss(system, c, gold);
    const losses = moves.map((move) => visit(after(system, c, move)));
    const least = Math.min(...losses);
    for (const [i, move] of moves.entries()) {
      assertEquals(
        system.cost(c, gold, move),
        losses[i] - least,
        `${system.name}, gold ${heads}: move ${move} with stack ` +
          `${c.stack.subarray(0, c.stackSize)}, next ${c.next}, heads ${c.heads}`,
      );
    }
    return least;
  };
  visit(new Configuration(heads.length));
}

for (const system of [arcEager, arcHybrid]) {
  Deno.test(`${system.name}: the dynamic oracle equals exhaustive search, up to 5 words`, () => {
    for (const heads of projectiveTrees(5)) assertCostsAreExact(system, heads);
  });

  Deno.test(`${system.name}: the static oracle's moves cost nothing, up to 6 words`, () => {
    for (const heads of projectiveTrees(6)) {
      const gold = new GoldTree(heads, heads.map(() => 0));
      for (const { configuration, move } of oracleSteps(system, gold)) {
        assertEquals(system.cost(configuration, gold, move), 0);
      }
    }
  });
}

Deno.test("dependents are kept from the outside in", () => {
  const c = new Configuration(5);
  for (const dependent of [2, 1]) c.attach(3, dependent, 0);
  for (const dependent of [4, 5]) c.attach(3, dependent, 1);
  assertEquals([c.leftmost[3], c.inner[1], c.inner[2]], [1, 2, NONE]);
  assertEquals([c.rightmost[3], c.inner[5], c.inner[4]], [5, 4, NONE]);
  assertEquals(c.copy(), c);
});

for (const system of SYSTEMS) {
  Deno.test(`${system.name}: the oracle refuses heads that are no tree, up to 4 words`, () => {
    const { severalRoots } = system;
    for (const heads of [...headLists(4), [2, 1, 9]]) {
      const isTree = !treeProblem(heads, { severalRoots }) && isProjective(heads);
      if (isTree) assertRebuilds(system, heads);
      else assertThrows(() => replay(system, new GoldTree(heads, heads)), RangeError, "oracle");
    }
    assertEquals(replay(system, new GoldTree([], [])).steps, 0);
  });
}

Deno.test("an oracle says what is wrong with a tree", () => {
  const first = (heads: number[]) => () =>
    oracleSteps(arcStandard, new GoldTree(heads, heads)).next();
  const begin = "Cannot follow the oracle of arc-standard";
  assertThrows(first([2, 1, 0]), RangeError, `${begin} at word 1: expected a tree, got a cycle`);
  assertThrows(first([2, 1]), RangeError, `${begin}: expected one word with head 0, got none`);
  assertThrows(
    first([0, 0]),
    RangeError,
    `${begin} at word 2: expected one root, got words 1 and 2`,
  );
});

Deno.test("an oracle refuses a tree with crossing arcs", () => {
  const gold = new GoldTree([3, 4, 0, 3], [0, 0, 0, 0]);
  assertThrows(() => oracleSteps(arcStandard, gold).next(), RangeError, "projective");
});

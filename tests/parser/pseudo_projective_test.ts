import { assert, assertEquals, assertThrows } from "@std/assert";
import { deprojectivize, isProjective, projectivize, treeProblem } from "#lib/parser/mod.ts";
import { hasMirror } from "../_support/permission.ts";
import { headLists } from "./_head_lists.ts";
import { ewtTreebank } from "./_treebanks.ts";

Deno.test("lifting makes every tree of up to 5 words projective and leaves projective ones", () => {
  for (const heads of headLists(5)) {
    if (treeProblem(heads)) continue;
    const tree = { heads, labels: heads.map((_, i) => `label${i + 1}`) };
    const lifted = projectivize(tree);
    assert(isProjective(lifted.heads), `${heads}`);
    assertEquals(treeProblem(lifted.heads), undefined);
    if (isProjective(heads)) assertEquals(lifted, tree);
  }
});

Deno.test("labels all different: every lifted arc finds its head again, up to 5 words", () => {
  for (const heads of headLists(5)) {
    if (treeProblem(heads)) continue;
    const tree = { heads, labels: heads.map((_, i) => `label${i + 1}`) };
    assertEquals(deprojectivize(projectivize(tree)), tree);
  }
});

Deno.test("the shortest arc is lifted and says the label of its first head", () => {
  // "A hearing is scheduled on the issue": on → hearing crosses scheduled
  const tree = {
    heads: [2, 3, 0, 3, 2, 7, 5],
    labels: ["det", "sbj", "root", "vc", "nmod", "det", "pc"],
  };
  const lifted = projectivize(tree);
  assertEquals(lifted.heads, [2, 3, 0, 3, 3, 7, 5]);
  assertEquals(lifted.labels[4], "nmod|sbj");
  assertEquals(deprojectivize(lifted), tree);
});

Deno.test("heads that cross in a cycle are refused", () => {
  const lift = (heads: number[]) => () => projectivize({ heads, labels: heads.map(() => "dep") });
  assertThrows(lift([3, 4, 1, 2]), RangeError, "Cannot lift arcs: expected one word with head 0");
  assertThrows(lift([3, 4, 1, 2, 0]), RangeError, "Cannot lift arcs at word 1: expected a tree");
});

Deno.test("a mark without such a head below leaves the arc where it is and goes", () => {
  const tree = { heads: [0, 1, 1], labels: ["root", "obj", "nmod|sbj"] };
  assertEquals(deprojectivize(tree), { heads: [0, 1, 1], labels: ["root", "obj", "nmod"] });
});

Deno.test({
  name: "EWT dev: lifted trees are projective, and most lifted arcs find their head (needs EWT)",
  ignore: !hasMirror,
  fn: async () => {
    let lifted = 0, found = 0;
    for (const { tree } of (await ewtTreebank()).dev) {
      const projective = projectivize(tree);
      const back = deprojectivize(projective);
      assert(isProjective(projective.heads));
      assertEquals(treeProblem(back.heads), undefined);
      assertEquals(back.labels, tree.labels);
      for (const [i, head] of tree.heads.entries()) {
        if (projective.heads[i] === head) continue;
        lifted++;
        found += Number(back.heads[i] === head);
      }
    }
    assert(lifted > 30 && found / lifted > 0.8, `${found} of ${lifted}`);
  },
});

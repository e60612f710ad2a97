import { assertEquals } from "@std/assert";
import { arcEager, arcStandard, oracleTrace } from "#lib/parser/mod.ts";
import { SMALL_TREEBANK } from "./_small_treebank.ts";

Deno.test('arc-standard steps through "He has good control ." as on the slide', () => {
  const rows = oracleTrace(arcStandard, SMALL_TREEBANK[0])
    .map(({ transition, stack, buffer }) =>
      `${transition} | ${stack.join(" ")} | ${buffer.join(" ")}`
    );
  assertEquals(rows, [
    " | ROOT | He has good control .",
    "SHIFT | ROOT He | has good control .",
    "SHIFT | ROOT He has | good control .",
    "LEFT-ARC nsubj | ROOT has | good control .",
    "SHIFT | ROOT has good | control .",
    "SHIFT | ROOT has good control | .",
    "LEFT-ARC amod | ROOT has control | .",
    "RIGHT-ARC obj | ROOT has | .",
    "SHIFT | ROOT has . | ",
    "RIGHT-ARC punct | ROOT has | ",
    "RIGHT-ARC root | ROOT | ",
  ]);
});

Deno.test("each arc stands in the row of the transition that made it", () => {
  const arcs = oracleTrace(arcEager, SMALL_TREEBANK[0]).map(({ arc }) => arc).filter(Boolean);
  assertEquals(arcs, [
    "nsubj(has, He)",
    "root(ROOT, has)",
    "amod(control, good)",
    "obj(has, control)",
    "punct(has, .)",
  ]);
});

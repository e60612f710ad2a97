import { assert, assertEquals } from "@std/assert";
import json from "../../notebooks/14-generating-text.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 14: recipes are foretold best, by counting and by the network", () => {
  const [colours, recipes, obama] = ["colours5", "recipes5", "obama5"].map(valueOf);
  assert(recipes < 0.7 && obama > 1.5 && obama < 2.2 && colours > 2 && colours < 2.5);
  const [coloursLstm, recipesLstm, obamaLstm] = ["coloursLstm", "recipesLstm", "obamaLstm"]
    .map(valueOf);
  assert(recipesLstm < 1.5 && obamaLstm < 3.5 && coloursLstm < 3.8);
  assert(recipesLstm < obamaLstm && obamaLstm < coloursLstm + 0.5);
});

Deno.test("notebook 14: changed distributions sum to 1 and keep what they say", () => {
  assert(json.includes("allSumToOne: true"));
  assertEquals(valueOf("keptByTop5"), 5);
  assert(valueOf("keptByNucleus") >= 1 && valueOf("keptByNucleus") <= 10);
});

Deno.test("notebook 14: the grammar names only what is in its lists, the counts forget them", () => {
  assertEquals(valueOf("ofGrammar"), 1);
  assert(valueOf("ofNgram") < 0.5 && valueOf("ofNetwork") < 1);
});

Deno.test("notebook 14: 22 colours are named, and basic names have their colours", () => {
  assertEquals(valueOf("namesGiven"), 22);
  assert(valueOf("bluenessOfBlue") > 0 && valueOf("rednessOfRed") > 20);
  assert(valueOf("greennessOfGreen") > 0);
});

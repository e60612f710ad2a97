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
  assert(recipesLstm < 0.7 && obamaLstm < 3.5 && coloursLstm < 3.8);
  assert(recipesLstm < obamaLstm && obamaLstm < coloursLstm + 0.5);
});

Deno.test("notebook 14: changed distributions sum to 1 and keep what they say", () => {
  assert(json.includes("allSumToOne: true"));
  assertEquals(valueOf("keptByTop5"), 5);
  assert(valueOf("keptByNucleus") >= 1 && valueOf("keptByNucleus") <= 10);
});

Deno.test("notebook 14: the network remembers the form and the dish, the counts forget both", () => {
  for (const name of ["Form", "Category"]) {
    const [grammar, ngram, network] = ["grammar", "ngram", "network"]
      .map((by) => valueOf(`${by}${name}`));
    assertEquals(grammar, 1, name);
    assert(network > ngram + 0.2, `${name}: ${ngram}, ${network}`);
  }
});

Deno.test("notebook 14: the grammar names only what is in its lists, both models forget them", () => {
  assertEquals(valueOf("grammarIngredients"), 1);
  assert(valueOf("ngramIngredients") < 0.2 && valueOf("networkIngredients") < 0.2);
});

Deno.test("notebook 14: 22 colours are named, here and by the recorded model", () => {
  assertEquals([valueOf("namesGiven"), valueOf("recordedNames")], [22, 22]);
});

Deno.test("notebook 14: the likeliest colour of a basic name has its hue, means are grey", () => {
  for (const name of ["bluenessOfBlue", "greennessOfGreen", "rednessOfRed"]) {
    assert(valueOf(name) > 50, name);
  }
  assert(valueOf("ofMeans") < 80 && valueOf("ofLikeliest") > 1.5 * valueOf("ofMeans"));
});

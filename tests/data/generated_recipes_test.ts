import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { generateRecipes } from "#lib/data/mod.ts";
import { seeded } from "#lib/random/mod.ts";

Deno.test("generateRecipes() writes the same recipes for the same seed", () => {
  assertEquals(generateRecipes(5, seeded(3)), generateRecipes(5, seeded(3)));
  const [first, second] = generateRecipes(2, seeded(3));
  assert(first.text !== second.text);
});

Deno.test("generateRecipes(): title and list agree, steps name what is in the list alone", () => {
  for (const { text } of generateRecipes(200, seeded(5))) {
    const [head, list, ...steps] = text.split("\n\n");
    const [title, categories, servings] = head.split("\n");
    assert(/^Categories: \w+, [\w -]+$/.test(categories) && /^Yield: \d+ servings$/.test(servings));
    const names = list.split("\n").map((line) =>
      /^[\d/]+ (?:(?:c|tb|ts|lb) )?([a-z ]+)/.exec(line)![1]
    );
    assert(names.length >= 5 && names.length <= 8 && new Set(names).size === names.length);
    assert(title.includes(names[0].toUpperCase()), title);
    assert(!/[{}]/.test(text), text);
    const mentioned = steps.join(" ").matchAll(/\b(?:the|it over the) ([a-z ]+?)(?: and|[,;.]|$)/g);
    assert(steps.some((step) => names.some((name) => step.includes(name))));
    for (const [, words] of mentioned) {
      const isKnown = names.some((name) => words.startsWith(name)) || /^(rest|bowl)/.test(words);
      assert(isKnown, `${words} in ${text}`);
    }
  }
});

Deno.test("generateRecipes(): log P is that of all draws of a recipe, counted by hand", () => {
  const recipe = generateRecipes(400, seeded(1)).find(({ text }) =>
    text.startsWith("Title: TEXAS BEEF SOUP\nCategories: Soups, Low-fat\nYield: 6 servings")
  )!;
  assertEquals(
    recipe.text.split("\n").slice(4).join("\n"),
    `2 lb beef
1 lb chicken
1/2 c rice
1 tomatoes, sliced
3 c walnuts
1 tb honey
2 eggs
1/2 c raisins

Heat the eggs in a heavy skillet; add the rice and cook thoroughly until tender.

Add the walnuts and the chicken, cover and simmer for 20 minutes.

Serve hot with biscuits.`,
  );
  const ingredients = 57; // in the pantry
  const draws = [
    ...[1 / 5, 1 / 7, 2 / 8, 1 / 8, 1 / 7, 3 / 11, 1 / 4], // to the number of ingredients
    ...[1, 2, 3, 4, 5, 6, 7].map((n) => 1 / (ingredients - n)),
    ...[1 / 5 / 3, 2 / 5 / 3, 2 / 10, 1 / 6 / 2 / 5, 1 / 10, 2 / 6, 2 / 6 / 2, 2 / 10], // the list
    ...[2 / 5, 1 / 8, 1 / 4, 1 / 4, 1 / 7, 1 / 4, 1 / 4], // heat
    ...[2 / 3, 1 / 6, 1 / 5, 2 / 10], // simmer
    ...[3 / 5, 1 / 5], // serve
  ];
  const expected = draws.reduce((sum, p) => sum + Math.log(p), 0);
  assertAlmostEquals(recipe.logProbability, expected, 1e-9);
});

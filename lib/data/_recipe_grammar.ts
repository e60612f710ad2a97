/**
 * A small grammar of recipes, our own, in the card-catalogue format of the lecture's slide
 * ("Generating text with an RNN Language Model": recipes).
 *
 * A line of RULES is a name and one way to write it, with a weight after it where that is not 1.
 * `{name}` is replaced by a rule of that name, or by a word of the list of that name in WORDS. What
 * makes recipes more than a row of phrases, and hard for a model with a short memory:
 *
 * - `{main}` and `{dish}` are drawn once: the title names the main ingredient in capitals, the
 *   category and the steps go with the dish, the main ingredient is the first of the list;
 * - `{ingredient}` is one of the recipe's own list, and none comes twice before all have come.
 *
 * No recipe can be written in two ways, so that the probability of its draws is its own.
 *
 * @module
 */
export const RULES = `
title = {adjective} {main} {dish} 3
title = {main} {dish} 2
title = {dish} of {main}
title = {place} {main} {dish} 2
soup_steps = {soften}\\n\\n{simmer}\\n\\n{serve_hot}
stew_steps = {brown}\\n\\n{soften} {simmer}\\n\\n{serve_hot}
salad_steps = {cut}\\n\\n{dressing}\\n\\n{serve_cold}
pie_steps = {mix} {fill}\\n\\n{bake}\\n\\n{serve_cold}
pie_steps = {soften}\\n\\n{fill} {bake}\\n\\n{serve_hot}
casserole_steps = {brown}\\n\\n{layer}\\n\\n{bake} {serve_hot}
soften = Heat the {ingredient} in a {size} {pan}; add the {ingredient} and cook {adverb} until {soft}. 2
soften = Cook the {ingredient} and the {ingredient} in a {size} {pan} for {minutes} minutes. 2
soften = Melt the {ingredient} over {heat} heat and stir in the {ingredient}.
simmer = Add the {ingredient} and the {ingredient}, cover and simmer for {minutes} minutes. 2
simmer = Pour in the {ingredient}; bring to a boil, then simmer until the {ingredient} is {soft}.
brown = Brown the {ingredient} on all sides in a {size} {pan} over {heat} heat. 2
brown = Season the {ingredient} with the {ingredient}, then brown it {adverb} in a {pan}.
cut = Cut the {ingredient} into {shape}s and put it in a {size} bowl with the {ingredient}. 2
cut = Toss the {ingredient}, cut into {shape}s, with the {ingredient}.
dressing = Whisk the {ingredient} with the {ingredient} and pour it over the {ingredient}. 2
dressing = Mix the {ingredient} and the {ingredient} {adverb}; add to the bowl and toss.
mix = Beat the {ingredient} and the {ingredient} until smooth. 2
mix = Combine the {ingredient} with the {ingredient} in a {size} bowl.
fill = Spread the {ingredient} in a pie pan and top with the {ingredient}. 2
fill = Press the {ingredient} into a greased pan; arrange the {ingredient} over it.
layer = Layer the {ingredient} and the {ingredient} in a {size} dish. 2
layer = Put half of the {ingredient} in a greased dish, then the {ingredient}, then the rest.
bake = Bake at {degrees} degrees for {minutes} minutes, or until {done}. 3
bake = Bake in a {heat} oven until {done}, about {minutes} minutes.
serve_hot = Serve hot with {side}. 3
serve_hot = Sprinkle with the {ingredient} and serve at once. 2
serve_cold = Chill for {hours} hours before serving. 2
serve_cold = Garnish with the {ingredient} and serve cold.
cups = {cup} c {name}
spoons = {spoon} tb {name}
pinches = {pinch} ts {name}
pounds = {pound} lb {name}, {cutting} 2
pounds = {pound} lb {name}
pieces = {piece} {name}, {cutting}
pieces = {piece} {name}
`;

/** The words of each list; words may stand twice. */
export const WORDS = `
adjective = quick, country, spicy, old-fashioned, creamy, summer, winter, golden, simple, sunday, baked
place = Boston, Texas, Vermont, Kansas, Virginia, Lisbon, Naples, Dublin
occasion = Main dish, Main dish, Family, Holiday, Picnic, Low-fat, Quick
number = 2, 4, 4, 4, 6, 6, 6, 8, 8, 10, 12
size = large, small, deep, heavy
pan = skillet, saucepan, pot, kettle
adverb = slowly, gently, well, thoroughly
soft = soft, tender, golden, clear
heat = low, medium, moderate, high
shape = cube, slice, strip, wedge
minutes = 5, 10, 15, 20, 20, 25, 30, 30, 40, 45
hours = 2, 3, 4
degrees = 325, 350, 350, 375, 400
done = golden, firm, bubbly, browned, done
side = rice, bread, noodles, potatoes, biscuits
cup = 1/4, 1/2, 1/2, 1, 1, 1, 2, 2, 3, 4
spoon = 1, 1, 2, 2, 3, 4
pinch = 1/4, 1/2, 1/2, 1, 1, 2
pound = 1/2, 1, 1, 2, 3
piece = 1, 2, 2, 3, 4, 6
cutting = chopped, sliced, diced, minced, peeled
`;

/** The dishes, each with its category and what it may be made of. */
export const DISHES = `
soup | Soups | chicken, beef, salmon, tomatoes, lentils, mushrooms, corn
stew | Stews | beef, lamb, chicken, pork, beans, venison
salad | Salads | chicken, tuna, potatoes, tomatoes, cucumbers, pasta, apples
pie | Pies | apples, cherries, pumpkin, chicken, mushrooms, lemons
casserole | Casseroles | tuna, chicken, noodles, beef, potatoes, zucchini
`;

/** Ingredients by how they are measured. */
export const PANTRY = `
cups | flour, sugar, milk, cream, rice, water, chicken broth, beef broth, noodles, pasta, lentils,
  beans, corn, grated cheese, sour cream, raisins, walnuts, bread crumbs, white wine, pumpkin
spoons | butter, olive oil, vinegar, lemon juice, honey, soy sauce, mustard, cornstarch, parsley
pinches | salt, pepper, paprika, cinnamon, nutmeg, thyme, oregano, baking powder
pounds | chicken, beef, pork, lamb, venison, salmon, tuna, potatoes, mushrooms, cherries, bacon
pieces | onions, carrots, tomatoes, eggs, apples, lemons, cucumbers, zucchini, celery stalks
`;

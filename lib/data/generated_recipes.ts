import type { Random } from "#lib/random/mod.ts";
import { DISHES, PANTRY, RULES, WORDS } from "./_recipe_grammar.ts";

/** A recipe written by a grammar. */
export interface GeneratedRecipe {
  /** Title, categories, yield, ingredients, steps: lines of text. */
  text: string;
  /**
   * log P(text), natural logarithm: the grammar's own, which no model of its recipes can surpass on
   * average.
   */
  logProbability: number;
}

/**
 * Recipes in the card-catalogue format of the lecture's slide, written by a small grammar of our own
 * (`_recipe_grammar.ts`), for there is no corpus of recipes that may be passed on: their language is
 * far poorer than a cook's, and figures on them say so wherever they stand.
 *
 * @param count how many
 * @param random where the draws come from
 *
 * @example
 * ```ts
 * import { generateRecipes } from "#lib/data/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 *
 * const [{ text }] = generateRecipes(1, seeded(1));
 * console.assert(text.startsWith("Title: ") && text.includes("\nYield: "));
 * ```
 */
export function generateRecipes(count: number, random: Random): GeneratedRecipe[] {
  return Array.from({ length: count }, () => new Recipe(random).write());
}

/** The lines `name = …` of a text, each with what stands on its right. */
function entries(text: string, separator: string): [string, string][] {
  return text.trim().replaceAll("\n ", "").split("\n").map((line) => {
    const at = line.indexOf(separator);
    return [line.slice(0, at), line.slice(at + separator.length)];
  });
}

/** What may stand for a name, likelier the more often it is there. */
const CHOICES = new Map<string, readonly string[]>(
  entries(WORDS, " = ").map(([name, words]) => [name, words.split(", ")]),
);
for (const [name, rule] of entries(RULES, " = ")) {
  const [, template, weight = "1"] = /^(.*?)(?: (\d+))?$/.exec(rule)!;
  const copies = new Array<string>(Number(weight)).fill(template.replaceAll("\\n", "\n"));
  CHOICES.set(name, [...CHOICES.get(name) ?? [], ...copies]);
}

const DISH_ENTRIES = entries(DISHES, " | ");

const MEASURES = new Map(
  entries(PANTRY, " | ").flatMap(([measure, names]) =>
    names.split(", ").map((name) => [name, measure] as const)
  ),
);
const INGREDIENTS = [...MEASURES.keys()];
const FEWEST = 5, MOST = 8; // ingredients

/** A recipe as it is written. */
class Recipe {
  readonly #random: Random;
  readonly #words = new Map<string, string>(); // drawn once, the same wherever they stand
  #list: string[] = [];
  #unused: string[] = [];
  #logProbability = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  write(): GeneratedRecipe {
    const [dish, rest] = this.#draw(DISH_ENTRIES);
    const [category, mains] = rest.split(" | ");
    const main = this.#draw(mains.split(", "));
    this.#words.set("dish", dish).set("main", main);
    const head = [
      `Title: ${this.#expand("{title}").toUpperCase()}`,
      `Categories: ${category}, ${this.#expand("{occasion}")}`,
      `Yield: ${this.#expand("{number}")} servings`,
    ];
    this.#list = [main];
    const count = FEWEST + this.#draw(Array.from({ length: MOST - FEWEST + 1 }, (_, i) => i));
    while (this.#list.length < count) {
      this.#list.push(this.#draw(INGREDIENTS.filter((name) => !this.#list.includes(name))));
    }
    const lines = this.#list.map((name) => {
      this.#words.set("name", name);
      return this.#expand(`{${MEASURES.get(name)}}`);
    });
    const steps = this.#expand(`{${dish}_steps}`);
    const text = [...head, "", ...lines, "", steps].join("\n");
    return { text, logProbability: this.#logProbability };
  }

  /** The template with each `{name}` replaced. */
  #expand(template: string): string {
    return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (name === "ingredient") return this.#ingredient();
      return this.#words.get(name) ?? this.#expand(this.#draw(CHOICES.get(name)!));
    });
  }

  #ingredient(): string {
    if (this.#unused.length === 0) this.#unused = this.#list.slice();
    const drawn = this.#draw(this.#unused);
    this.#unused = this.#unused.filter((name) => name !== drawn);
    return drawn;
  }

  /** One of the choices; equal ones are one choice of so much more probability. */
  #draw<Choice>(choices: readonly Choice[]): Choice {
    const drawn = choices[Math.floor(this.#random() * choices.length)];
    const equal = choices.filter((choice) => choice === drawn).length;
    this.#logProbability += Math.log(equal / choices.length);
    return drawn;
  }
}

/**
 * The feature models of MaltParser 1.9 (`appdata/features/liblinear`): which conjunctions of words,
 * tags and labels a linear parser looks at. A template is written as its parts: `s0.tag b0.tag` is
 * true of exactly one pair of tags at a time; each pair makes one indicator feature.
 *
 * @module
 */

/** Where a value is read: an item of stack or buffer, its outermost dependent, or its head. */
export type Address =
  | ("s0" | "s1" | "s2" | "b0" | "b1" | "b2" | "b3")
  | ("ld(s0)" | "rd(s0)" | "ld(s1)" | "rd(s1)" | "ld(b0)" | "head(s0)");

/** A template: one to three parts, joined by spaces; words only alone. */
export type Template = string;

/** The 20 templates of `stackproj`, for {@linkcode stackProjective} and {@linkcode arcStandard}. */
export const STACK_TEMPLATES: readonly Template[] = [
  ...["s0.tag", "s1.tag", "s2.tag", "b0.tag", "b1.tag", "b2.tag"],
  ...["s1.tag s0.tag", "s2.tag s1.tag s0.tag", "s1.tag s0.tag b0.tag"],
  ...["s0.tag b0.tag b1.tag", "b0.tag b1.tag b2.tag"],
  ...["ld(s0).label", "rd(s0).label", "ld(s1).label", "rd(s1).label"],
  ...["s0.tag ld(s0).label rd(s0).label", "s1.tag ld(s1).label rd(s1).label"],
  ...["s0.word", "s1.word", "b0.word"],
];

/** The 22 templates of `nivreeager`, for {@linkcode arcEager}. */
export const EAGER_TEMPLATES: readonly Template[] = [
  ...["s0.tag", "b0.tag", "b1.tag", "b2.tag", "b3.tag", "s1.tag"],
  ...["s0.tag b0.tag", "s1.tag s0.tag b0.tag", "s0.tag b0.tag b1.tag"],
  ...["b0.tag b1.tag b2.tag", "b1.tag b2.tag b3.tag"],
  ...["s0.label", "ld(s0).label", "rd(s0).label", "ld(b0).label"],
  ...["s0.tag ld(s0).label rd(s0).label", "s0.tag s0.label", "b0.tag ld(b0).label"],
  ...["s0.word", "b0.word", "b1.word", "head(s0).word"],
];

/** What a template's part reads, and where. */
export interface TemplatePart {
  /** The word, its tag, or the label of the arc it hangs from so far. */
  readonly column: "word" | "tag" | "label";
  /** Whose. */
  readonly address: Address;
}

const PART = /^((?:s[0-2]|b[0-3])|(?:ld|rd)\(s[01]\)|ld\(b0\)|head\(s0\))\.(word|tag|label)$/;

/**
 * The parts of a template.
 *
 * @throws {SyntaxError} if it is not made of one to three parts, or has a word besides others
 *
 * @example
 * ```ts
 * import { parseTemplate } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTemplate("s0.tag ld(s0).label"), [
 *   { column: "tag", address: "s0" },
 *   { column: "label", address: "ld(s0)" },
 * ]);
 * ```
 */
export function parseTemplate(template: Template): TemplatePart[] {
  const parts = template.split(" ").map((part) => {
    const match = PART.exec(part);
    if (match) return { address: match[1] as Address, column: match[2] as TemplatePart["column"] };
    throw new SyntaxError(
      `Cannot read a feature template: expected parts such as s0.tag, got "${part}"`,
    );
  });
  const hasWordBesides = parts.length > 1 && parts.some(({ column }) => column === "word");
  if (parts.length > 3 || hasWordBesides) {
    throw new SyntaxError(
      `Cannot read a feature template: expected at most three parts, and words only alone,` +
        ` got "${template}"`,
    );
  }
  return parts;
}

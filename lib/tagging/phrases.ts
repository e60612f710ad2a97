import { checkTags } from "./tag_accuracy.ts";
import type { TaggedSentence } from "./tagger.ts";

/** A phrase of a sentence: words from `from` up to, without, `to`. */
export interface TaggedPhrase {
  /** Index of its first word, from 0. */
  readonly from: number;
  /** Index behind its last word. */
  readonly to: number;
  /** What it is, such as `PER`. */
  readonly label: string;
}

/**
 * The phrases that tags mark: `B-X` begins one, `I-X` goes on with it, `O` is outside. An `I-X` that
 * cannot go on with anything begins a phrase, as in the scorer of the CoNLL shared tasks, conlleval.
 *
 * @throws {RangeError} if a tag is none of these
 *
 * @example
 * ```ts
 * import { phrasesOf } from "#lib/tagging/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(phrasesOf(["B-PER", "I-PER", "O", "I-LOC"]), [
 *   { from: 0, to: 2, label: "PER" },
 *   { from: 3, to: 4, label: "LOC" },
 * ]);
 * ```
 */
export function phrasesOf(tags: readonly string[]): TaggedPhrase[] {
  const phrases: TaggedPhrase[] = [];
  tags.forEach((tag, t) => {
    if (tag === "O") return;
    const [, place, label] = /^([BI])-(.+)$/.exec(tag) ?? [];
    if (!place) throw new RangeError(`Cannot find phrases: expected O, B-… or I-…, got "${tag}"`);
    const last = phrases.at(-1);
    const goesOn = place === "I" && last?.to === t && last.label === label;
    if (goesOn) phrases[phrases.length - 1] = { ...last, to: t + 1 };
    else phrases.push({ from: t, to: t + 1, label });
  });
  return phrases;
}

/** How many phrases there are, were found, and were found right: same words, same label. */
export class PhraseScore {
  /** Counts; whole numbers, which add up. */
  constructor(
    /** Phrases found that are right. */
    readonly right: number,
    /** Phrases found. */
    readonly found: number,
    /** Phrases there are. */
    readonly gold: number,
  ) {}

  /** The share of what was found that is right; 0 if nothing was. */
  get precision(): number {
    return this.found === 0 ? 0 : this.right / this.found;
  }

  /** The share of what there is that was found; 0 if there is nothing. */
  get recall(): number {
    return this.gold === 0 ? 0 : this.right / this.gold;
  }

  /** F₁ = 2 P R / (P + R), from 0 to 1. */
  get f1(): number {
    return this.right === 0 ? 0 : 2 * this.right / (this.found + this.gold);
  }
}

/**
 * Compares the phrases of tags (Tjong Kim Sang 2002).
 *
 * @param sentences with the right tags
 * @param found a list of tags for each
 * @throws {RangeError} if the lists do not fit, or a tag marks no phrase
 */
export function scorePhrases(
  sentences: readonly TaggedSentence[],
  found: readonly (readonly string[])[],
): PhraseScore {
  checkTags(sentences, found);
  let right = 0, foundCount = 0, goldCount = 0;
  sentences.forEach(({ tags }, s) => {
    const key = ({ from, to, label }: TaggedPhrase) => `${from} ${to} ${label}`;
    const gold = new Set(phrasesOf(tags).map(key)), guessed = phrasesOf(found[s]).map(key);
    goldCount += gold.size;
    foundCount += guessed.length;
    right += guessed.filter((phrase) => gold.has(phrase)).length;
  });
  return new PhraseScore(right, foundCount, goldCount);
}

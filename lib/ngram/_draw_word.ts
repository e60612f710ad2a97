import { drawIndex, type LanguageModel, reshape } from "#lib/lm/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { NgramTrie } from "./ngram_trie.ts";

/** The parts of a `BackoffModel` that words are drawn from. */
interface Backoff extends LanguageModel<number> {
  trie: NgramTrie;
  logProbability: Float64Array;
  logBackoff: Float64Array;
}

/** How many words are thrown away before a distribution is computed whole. */
const PATIENCE = 32;

/** Σ p of each node and its siblings before it, shape [nodes]. */
export function cumulatedSiblings({ trie, logProbability }: Backoff): Float64Array {
  const cumulated = new Float64Array(trie.nodes);
  for (let parent = 0; parent < trie.levels[trie.order]; parent++) {
    let sum = 0;
    for (let node = trie.firstChild[parent]; node < trie.firstChild[parent + 1]; node++) {
      cumulated[node] = sum += Math.exp(logProbability[node]);
    }
  }
  return cumulated;
}

/**
 * Draws from P(· | state) without computing it whole: with probability Σ p(c w) one of the words
 * stored after c, else a word that is not, drawn from P(· | c′) by rejection.
 *
 * @param cumulated what {@linkcode cumulatedSiblings} gave
 * @throws {RangeError} if no word is possible
 */
export function drawWord(
  model: Backoff,
  cumulated: Float64Array,
  { state, random }: { state: number; random: Random },
): number {
  const { trie } = model;
  const contexts = [state]; // the state, and the shorter ones that were backed off to
  let rejected = 0;
  while (true) {
    const context = contexts[contexts.length - 1];
    let word = drawStored(model, cumulated, { state: context, random });
    if (word < 0) contexts.push(trie.suffix[context]);
    while (word >= 0) {
      let longer = contexts.length - 2; // a context the word is stored after, so it may not be it
      while (longer >= 0 && trie.child(contexts[longer], word) < 0) longer--;
      if (longer < 0) return word;
      contexts.length = longer + 2;
      if (rejected++ < PATIENCE) break;
      contexts.pop();
      word = drawOther(model, contexts[longer], random);
    }
  }
}

/** A word stored after the context, or −1 for the others with the probability they have together. */
function drawStored(
  { trie, logBackoff }: Backoff,
  cumulated: Float64Array,
  { state, random }: { state: number; random: Random },
): number {
  const first = trie.firstChild[state], end = trie.firstChild[state + 1];
  const total = first < end ? cumulated[end - 1] : 0;
  const hasOthers = state !== 0 && logBackoff[state] > -Infinity;
  const drawn = hasOthers ? random() : random() * total;
  if (hasOthers && drawn >= total) return -1;
  if (total === 0) throw new RangeError("Cannot draw a word: expected a possible one, got none");
  let low = first, high = end - 1; // the first whose cumulated probability exceeds what was drawn
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulated[middle] <= drawn) low = middle + 1;
    else high = middle;
  }
  return trie.lastWord[low];
}

/** A word that is not stored after the context, from the whole distribution. */
function drawOther(model: Backoff, context: number, random: Random): number {
  const { trie } = model, logP = model.logProbabilities(trie.suffix[context]);
  for (let node = trie.firstChild[context]; node < trie.firstChild[context + 1]; node++) {
    logP[trie.lastWord[node]] = -Infinity;
  }
  // where all possible words are stored, only rounding leaves the others a probability
  const isPossible = logP.some((value) => value > -Infinity);
  return drawIndex(reshape(isPossible ? logP : model.logProbabilities(context)), random);
}

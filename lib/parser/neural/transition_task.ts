import { arcStandard } from "../arc_standard.ts";
import { assertAnnotated } from "../_equal_columns.ts";
import { GoldTree } from "../gold_tree.ts";
import { oracleSteps } from "../oracle_steps.ts";
import { isProjective } from "../projectivity.ts";
import type { AnnotatedSentence, Treebank } from "../sentence.ts";
import type { TransitionSystem } from "../transition_system.ts";
import { LegalTransitions, type SeenTransition } from "./legal_transitions.ts";
import { type NeuralLexicon, neuralLexicon, type NeuralLexiconOptions } from "./neural_lexicon.ts";

/** What a network is to do: choose among transitions, given symbols. */
export interface TransitionTask {
  /** The transition system. */
  readonly system: TransitionSystem;
  /** The symbols it sees, as rows of embedding matrices. */
  readonly lexicon: NeuralLexicon;
  /** The transitions it chooses from. */
  readonly legal: LegalTransitions;
}

/** How {@linkcode transitionTask} reads a treebank. */
export interface TransitionTaskOptions extends NeuralLexiconOptions {
  /** Arc-standard, or another system whose RIGHT-ARC is between the stack's top two. @default {arcStandard} */
  system?: TransitionSystem;
}

/**
 * Collects symbols and transitions of the projective trees of a treebank.
 *
 * @throws {RangeError} if they have no arc between two words, or one is no tree with one root
 */
export function transitionTask(
  treebank: Treebank,
  { system = arcStandard, ...options }: TransitionTaskOptions = {},
): TransitionTask {
  const lexicon = neuralLexicon(treebank, options);
  const projective = treebank.filter(({ tree }) => isProjective(tree.heads));
  const trees = projective.map((sentence) => goldTree(sentence, lexicon));
  return { system, lexicon, legal: new LegalTransitions(system, [...seenIn(trees, system)]) };
}

/**
 * A tree in the form oracles need, its labels numbered as the lexicon's rows.
 *
 * @throws {RangeError} if the sentence has not a tag, a head and a label for each word
 */
export function goldTree(sentence: AnnotatedSentence, { labels }: NeuralLexicon): GoldTree {
  assertAnnotated(sentence);
  const { tree } = sentence;
  return new GoldTree(tree.heads, tree.labels.map((label) => labels.id(label)));
}

/** Every transition on the oracle's way to the trees. */
function* seenIn(trees: readonly GoldTree[], system: TransitionSystem): Generator<SeenTransition> {
  for (const gold of trees) {
    for (const { configuration, move, label } of oracleSteps(system, gold)) {
      const dependent = system.dependentOf(configuration, move);
      yield { move, label, fromRoot: gold.heads[dependent] === 0 };
    }
  }
}

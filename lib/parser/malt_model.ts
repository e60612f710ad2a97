import type { FeatureTable } from "./feature_table.ts";
import type { Lexicon } from "./lexicon.ts";
import type { MaltAlgorithm } from "./malt_algorithms.ts";
import type { TransitionInventory } from "./transition_inventory.ts";

/** All that training gives a MaltParser. */
export interface MaltModel {
  /** Transition system and feature templates. */
  readonly algorithm: MaltAlgorithm;
  /** Words, tags and labels. */
  readonly lexicon: Lexicon;
  /** Id of the label of words left without a head at the end. */
  readonly rootLabel: number;
  /** The classes. */
  readonly transitions: TransitionInventory;
  /** The indicator features seen in training. */
  readonly features: FeatureTable;
  /** w, feature by feature; shape [features × transitions]. */
  readonly weights: Float32Array;
}

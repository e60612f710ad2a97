import {
  CHEN_MANNING_RECIPE,
  CHEN_MANNING_SHAPE,
  WEISS_RECIPE,
  WEISS_SHAPE,
} from "#lib/parser/mod.ts";
import type { TransitionRun } from "./transition_run.ts";

/**
 * Chen & Manning's algorithm as it is; batch, dropout, the average over updates and passes were chosen
 * on EWT's dev set.
 */
export const CHEN_MANNING: TransitionRun = {
  shape: CHEN_MANNING_SHAPE,
  recipe: {
    ...CHEN_MANNING_RECIPE,
    ...{ batch: 250, epochs: 8, dropoutRate: 0.3, averageDecay: 0.999 },
  },
  hasVectors: false,
};
/**
 * With words that start from vectors learned from raw text, and twice the units: after two passes 85.8
 * UAS on dev, with 200 units and dropout of 0.3 it was 85.1.
 */
export const CHEN_MANNING_VECTORS: TransitionRun = {
  shape: { ...CHEN_MANNING_SHAPE, hidden: [400] },
  recipe: { ...CHEN_MANNING.recipe, dropoutRate: 0.4 },
  hasVectors: true,
};
/**
 * For a treebank of a quarter of the size, with the paper's units and dropout; after six passes dev still
 * rose.
 */
export const CHEN_MANNING_VECTORS_NLTK: TransitionRun = {
  ...CHEN_MANNING,
  recipe: { ...CHEN_MANNING.recipe, epochs: 10, dropoutRate: 0.5 },
  hasVectors: true,
};
/** Without vectors, with an embedding of a word's ending at each of the 18 places. */
export const CHEN_MANNING_SUFFIXES: TransitionRun = {
  ...CHEN_MANNING,
  shape: { ...CHEN_MANNING_SHAPE, widths: { ...CHEN_MANNING_SHAPE.widths, x: 50 } },
};
/** The network of Weiss et al. 2015, from which Andor et al. 2016 go on. */
export const WEISS: TransitionRun = { shape: WEISS_SHAPE, recipe: WEISS_RECIPE, hasVectors: true };

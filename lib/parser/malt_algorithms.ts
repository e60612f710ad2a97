import { arcEager } from "./arc_eager.ts";
import { stackProjective } from "./arc_standard.ts";
import { EAGER_TEMPLATES, STACK_TEMPLATES, type Template } from "./indicator_model.ts";
import type { TransitionSystem } from "./transition_system.ts";

/** A parsing algorithm of MaltParser, by the name it has there. */
export type MaltAlgorithm = "stackproj" | "nivreeager";

/** A parsing algorithm: its transitions, and the features it goes by. */
export interface MaltAlgorithmParts {
  /** The transition system. */
  readonly system: TransitionSystem;
  /** The feature templates. */
  readonly templates: readonly Template[];
}

/**
 * The algorithms of MaltParser that are here, each with the feature model it comes with:
 * `stackproj` is the MaltParser of the lecture's table, `nivreeager` MaltParser's default.
 */
export const MALT_ALGORITHMS: Readonly<Record<MaltAlgorithm, MaltAlgorithmParts>> = {
  stackproj: { system: stackProjective, templates: STACK_TEMPLATES },
  nivreeager: { system: arcEager, templates: EAGER_TEMPLATES },
};

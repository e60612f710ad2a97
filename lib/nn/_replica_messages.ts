import type { EngineKind } from "#lib/engine/mod.ts";
import type { JsonValue } from "./json_value.ts";

/** The first message. */
export interface ReplicaStart {
  /** URL of the module that exports `build`. */
  module: string;
  /** What `build` gets. */
  config: JsonValue;
  /** The engine of the program. */
  kind: EngineKind;
  /** The program's parameters, in the order in which they lie in shared memory. */
  sizes: readonly { name: string; size: number }[];
  /** θ. */
  parameters: SharedArrayBuffer;
  /** Where this Worker's gradients go. */
  gradients: SharedArrayBuffer;
}

/** Each later message. */
export interface ReplicaTask {
  /** This Worker's share of the batch. */
  batch: unknown;
  /** For the masks of this step. */
  seed: number;
}

/** The answer to each message. */
export interface ReplicaReply {
  /** Mean loss of the share. */
  loss: number;
  /** What went wrong, if something did. */
  error?: string;
}

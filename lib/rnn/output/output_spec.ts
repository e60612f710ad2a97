import type { Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { Initializer } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { OutputLayer, OutputSizes } from "../output_layer.ts";
import { AdaptiveSoftmax } from "./adaptive_softmax.ts";
import { BlackOut } from "./black_out.ts";
import { ClassFactoredSoftmax, type NgramWeights } from "./class_factored_softmax.ts";
import { FullSoftmax } from "./full_softmax.ts";
import { logUnigram } from "./_log_unigram.ts";
import { NoiseContrastive } from "./noise_contrastive.ts";
import { SampledSoftmax } from "./sampled_softmax.ts";

/** An output layer as data: the one line in which two language models may differ. */
export type OutputSpec =
  | {
    /** {@linkcode FullSoftmax}. */
    kind: "full";
    /** Whether U = Eᵀ; the states must be as wide as the word vectors. @default {false} */
    tied?: boolean;
    /** Whether b₂ starts with the log unigram. @default {false} */
    unigramBias?: boolean;
  }
  | {
    /** {@linkcode SampledSoftmax}. */
    kind: "sampled";
    /** K. */
    samples: number;
    /** Whether U = Eᵀ, as in a full softmax. @default {false} */
    tied?: boolean;
    /** Whether b₂ starts with the log unigram. @default {false} */
    unigramBias?: boolean;
  }
  | {
    /** {@linkcode BlackOut} or {@linkcode NoiseContrastive}. */
    kind: "blackout" | "nce";
    /** K. */
    samples: number;
    /** α of the proposal. @default {0.4} */
    alpha?: number;
    /** Whether b₂ starts with the log unigram, as that of NCE always does. @default {false} */
    unigramBias?: boolean;
  }
  | {
    /** {@linkcode ClassFactoredSoftmax}, with n-grams RNN + maximum entropy. */
    kind: "classes";
    /** C. @default {⌈√V⌉} */
    classes?: number;
    /** Direct weights of hashed n-grams. @default {none} */
    ngrams?: NgramWeights;
  }
  | {
    /** {@linkcode AdaptiveSoftmax}. */
    kind: "adaptive";
    /** c₁ < c₂ < …, ranks where tails begin. */
    cutoffs: number[];
    /** Dropout of the tails' states. @default {0} */
    tailDropout?: number;
    /** Whether the biases start with the log unigram. @default {false} */
    unigramBias?: boolean;
  };

const KINDS: readonly OutputSpec["kind"][] = [
  ...["full", "sampled", "blackout", "nce", "classes", "adaptive"] as const,
];

/** What an output layer is built with. */
export interface BuildOutputOptions extends OutputSizes {
  /** How often each word occurs; shape [V]. A full softmax asks for a log unigram alone. */
  counts?: ArrayLike<number>;
  /** Word vectors, shape [V, d], to be tied to. @default {there are none} */
  E?: Variable;
  /** What weights start with. */
  initializer: Initializer;
  /** Where they are drawn. */
  random: Random;
}

/**
 * Builds the output layer of a spec.
 *
 * @throws {TypeError} if the layer needs counts, or vectors to be tied to, and there are none; or there
 * is no such layer
 */
export function buildOutput(
  engine: Engine,
  spec: OutputSpec,
  { E, counts, ...options }: BuildOutputOptions,
): OutputLayer {
  if (!KINDS.includes(spec.kind)) {
    throw new TypeError(
      `Cannot build an output layer: expected one of ${KINDS.join(", ")}, got "${spec.kind}"`,
    );
  }
  if ("tied" in spec && spec.tied && !E) {
    throw new TypeError("Cannot tie the output to word vectors: the input is made of characters");
  }
  const tied = "tied" in spec && spec.tied ? E : undefined;
  const unigramBias = "unigramBias" in spec && spec.unigramBias;
  if (spec.kind === "full" && !unigramBias) return new FullSoftmax(engine, { ...options, tied });
  if (!counts) {
    throw new TypeError(`Cannot build the output layer "${spec.kind}": expected counts, got none`);
  }
  const bias = unigramBias ? logUnigram(counts) : undefined;
  switch (spec.kind) {
    case "full":
      return new FullSoftmax(engine, { ...options, tied, bias });
    case "sampled":
      return new SampledSoftmax(engine, { ...options, ...spec, counts, tied, bias });
    case "blackout":
      return new BlackOut(engine, { ...options, ...spec, counts, bias });
    case "nce":
      return new NoiseContrastive(engine, { ...options, ...spec, counts });
    case "classes":
      return new ClassFactoredSoftmax(engine, { ...options, ...spec, counts });
    case "adaptive":
      return new AdaptiveSoftmax(engine, { ...options, ...spec, counts });
  }
}

import type { Engine } from "#lib/engine/mod.ts";
import { type JsonValue, loadCheckpoint, putParameters, saveCheckpoint } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { arcHybrid } from "../arc_hybrid.ts";
import { arcStandard } from "../arc_standard.ts";
import { SymbolTable } from "../symbol_table.ts";
import type { Move } from "../transition_system.ts";
import { LegalTransitions, type SeenTransition } from "./legal_transitions.ts";
import { StructuredPerceptron } from "./structured_perceptron.ts";
import type { NetworkShape } from "./network_shape.ts";
import { TransitionNetwork } from "./transition_network.ts";
import type { TransitionTask } from "./transition_task.ts";

const SYSTEMS = [arcStandard, arcHybrid];

/** What a file says besides words and parameters. */
type Header = {
  parser: typeof FORMAT;
  system: string;
  shape: NetworkShape;
  tags: readonly string[];
  labels: readonly string[];
  suffixes: readonly string[] | null;
  /** Move, label id, and whether the arc comes from ROOT. */
  transitions: [Move, number, boolean][];
  notes: JsonValue;
};
const FORMAT = "transition network 1";

/** A network from a file. */
export interface LoadedNetwork {
  /** The caller disposes it. */
  readonly network: TransitionNetwork;
  /** As they were given to {@linkcode saveNetwork}. */
  readonly notes: JsonValue;
}

/**
 * Writes a trained network to a safetensors file; it appears whole or not at all.
 *
 * @param notes anything else that is to be kept with it, such as how it was trained
 */
export async function saveNetwork(
  network: TransitionNetwork,
  path: string,
  { notes = null }: { notes?: JsonValue } = {},
): Promise<void> {
  const { shape, task: { system, lexicon, legal } } = network;
  const header: Header = {
    ...{ parser: FORMAT, system: system.name, shape, notes },
    tags: lexicon.tags.names,
    labels: lexicon.labels.names,
    suffixes: lexicon.suffixes?.names ?? null,
    transitions: legal.transitions().map(({ move, label, fromRoot }) => [move, label, fromRoot]),
  };
  const config = header as unknown as JsonValue;
  await saveCheckpoint(path, { model: network, config, vocabulary: lexicon.words.names });
}

/**
 * Reads a network that {@linkcode saveNetwork} wrote.
 *
 * @throws {SyntaxError} if the file is not such a network, or damaged; nothing is left behind
 */
export async function loadNetwork(engine: Engine, path: string): Promise<LoadedNetwork> {
  const { config, vocabulary = [], parameters } = await loadCheckpoint(path);
  const header = config as unknown as Header;
  const system = SYSTEMS.find(({ name }) => name === header?.system);
  if (header?.parser !== FORMAT || !system) {
    throw new SyntaxError(
      `Cannot load ${path}: expected a "${FORMAT}", got "${header?.parser ?? "another model"}"`,
    );
  }
  const { shape, notes } = header;
  const network = new TransitionNetwork(engine, {
    ...{ shape, task: taskOf(header, vocabulary, system), dropoutRate: 0, random: seeded(1) },
  });
  try {
    putParameters(network, parameters);
  } catch (cause) {
    network.dispose();
    throw new SyntaxError(`Cannot load ${path}: ${(cause as Error).message}`, { cause });
  }
  return { network, notes };
}

const PERCEPTRON = "structured perceptron 1";

/** Writes the weights of a perceptron; its network is kept apart, by {@linkcode saveNetwork}. */
export async function savePerceptron(
  { network: { engine }, weights }: StructuredPerceptron,
  path: string,
  { notes = null }: { notes?: JsonValue } = {},
): Promise<void> {
  const { tf } = engine, v = tf.tidy(() => tf.variable(tf.tensor1d(weights.slice())));
  const config = { parser: PERCEPTRON, notes };
  await saveCheckpoint(path, { model: { engine, parameters: { v } }, config });
  v.dispose();
}

/**
 * Reads a perceptron on the network it was trained on.
 *
 * @throws {SyntaxError} if the file is not a perceptron on such a network, or damaged
 */
export async function loadPerceptron(
  network: TransitionNetwork,
  path: string,
): Promise<{ perceptron: StructuredPerceptron; notes: JsonValue }> {
  const { config, parameters } = await loadCheckpoint(path);
  const { parser, notes } = config as { parser: string; notes: JsonValue };
  if (parser !== PERCEPTRON) {
    throw new SyntaxError(`Cannot load ${path}: expected a "${PERCEPTRON}", got "${parser}"`);
  }
  const perceptron = new StructuredPerceptron(network), weights = parameters.v?.data ?? [];
  const expected = perceptron.weights.length;
  if (weights.length !== expected) {
    perceptron.dispose();
    throw new SyntaxError(
      `Cannot load ${path}: expected ${expected} weights on this network, got ${weights.length}`,
    );
  }
  perceptron.weights.set(weights);
  return { perceptron, notes };
}

function taskOf(
  { tags, labels, suffixes, transitions }: Header,
  words: readonly string[],
  system: TransitionTask["system"],
): TransitionTask {
  const seen = transitions.map(([move, label, fromRoot]): SeenTransition => ({
    move,
    label,
    fromRoot,
  }));
  const lexicon = {
    words: new SymbolTable(words),
    tags: new SymbolTable(tags),
    labels: new SymbolTable(labels),
    ...(suffixes ? { suffixes: new SymbolTable(suffixes) } : {}),
  };
  return { system, lexicon, legal: new LegalTransitions(system, seen) };
}

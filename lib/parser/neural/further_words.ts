import { leastSquares, type WordVectors } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { NONE } from "../configuration.ts";
import { SymbolTable } from "../symbol_table.ts";
import { SPECIALS } from "./neural_lexicon.ts";
import { TransitionNetwork } from "./transition_network.ts";

/**
 * A copy of a trained network that knows the other words with vectors too. Training has moved the
 * embeddings of its words e from the vectors v they began with; a word that it did not see has to be
 * moved with them: to v A + b, with A and b fitted to the words it saw (Madhyastha et al. 2016, with a
 * linear map). So the matrix that is trained holds no row that training never meets.
 *
 * @param vectors those it was trained with; any scale
 */
export function withFurtherWords(
  network: TransitionNetwork,
  vectors: WordVectors,
): TransitionNetwork {
  const { engine, shape, task, parameters } = network, { lexicon } = task, { width } = vectors;
  const words = new SymbolTable([...lexicon.words.names, ...vectors.words]);
  const extended = new TransitionNetwork(engine, {
    ...{ shape, task: { ...task, lexicon: { ...lexicon, words } }, random: seeded(1) },
  });
  for (const [name, variable] of Object.entries(parameters)) {
    engine.values(extended.parameters[name]).set(engine.values(variable));
  }
  const map = embeddingMap(network, vectors), E = engine.values(extended.parameters.E_w);
  for (const [i, word] of vectors.words.entries()) {
    if (lexicon.words.id(word) !== NONE) continue;
    const v = vectors.vectors.subarray(i * width, (i + 1) * width);
    for (let o = 0, at = words.id(word) * width; o < width; o++, at++) {
      E[at] = v.reduce((sum, x, k) => sum + x * map[k * width + o], map[width * width + o]);
    }
  }
  return extended;
}

/** A and b by the network's own words that have vectors. */
function embeddingMap(
  network: TransitionNetwork,
  { words, width, vectors }: WordVectors,
): Float64Array {
  const x: number[] = [], y: number[] = [], { names } = network.task.lexicon.words;
  const rowOf = new Map(words.map((word, i) => [word, i]));
  const E = network.engine.values(network.parameters.E_w);
  for (const [row, name] of names.entries()) {
    const at = rowOf.get(name) ?? rowOf.get(name.toLowerCase());
    if (row < SPECIALS.length || at === undefined) continue;
    x.push(...vectors.subarray(at * width, (at + 1) * width));
    y.push(...E.subarray(row * width, (row + 1) * width));
  }
  return leastSquares({ x, y, inputs: width, outputs: width });
}

import { loadModel, saveCheckpoint, type SaveModelOptions } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { RecurrentTagger } from "./recurrent_tagger.ts";
import { TaggerNetwork, type TaggerSizes } from "./tagger_network.ts";

const FORMAT = "recurrent-tagger-1";
const MARKS = 3; // a vocabulary adds its own

/** All of a tagger but its weights. */
interface Config {
  sizes: TaggerSizes;
  words: readonly string[];
  affixes: readonly string[];
  tags: readonly string[];
}

/** Writes a tagger to a file (safetensors), which appears whole or not at all. */
export async function saveRecurrentTagger(
  tagger: RecurrentTagger,
  path: string,
  { training, notes = null }: SaveModelOptions = {},
): Promise<void> {
  const { network, lexicon: { words, affixes, tags } } = tagger.parts;
  const names = (vocabulary: Vocabulary) => vocabulary.words.slice(MARKS);
  const config = {
    ...{ format: FORMAT, sizes: { ...network.sizes }, notes },
    ...{ words: names(words), affixes: names(affixes), tags: [...tags] },
  };
  await saveCheckpoint(path, { model: network, config, training });
}

/**
 * Reads a tagger that {@linkcode saveRecurrentTagger} wrote; the caller disposes it.
 *
 * @throws {SyntaxError} if the file is not such a tagger, or damaged
 */
export async function loadRecurrentTagger(path: string): Promise<RecurrentTagger> {
  const { model: network, config } = await loadModel(path, {
    ...{ format: FORMAT, what: "a tagger" },
    build: (engine, { sizes, ...config }: Config) => {
      const { words, affixes, tags } = lexiconOf(config);
      const counts = { words: words.size, affixes: affixes.size, tags: tags.length };
      return new TaggerNetwork(engine, { sizes, counts, random: seeded(0) });
    },
  });
  return new RecurrentTagger({ network, lexicon: lexiconOf(config) });
}

function lexiconOf({ words, affixes, tags }: Omit<Config, "sizes">) {
  return { words: new Vocabulary(words), affixes: new Vocabulary(affixes), tags };
}

import { engine } from "#lib/engine/mod.ts";
import {
  type JsonValue,
  loadCheckpoint,
  putParameters,
  saveCheckpoint,
  type TrainingState,
} from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { RecurrentTagger } from "./recurrent_tagger.ts";
import { TaggerNetwork, type TaggerSizes } from "./tagger_network.ts";

const FORMAT = "recurrent-tagger-1";
const MARKS = 3; // a vocabulary adds its own

/** All of a tagger but its weights. */
interface Config {
  format: typeof FORMAT;
  sizes: TaggerSizes;
  words: readonly string[];
  affixes: readonly string[];
  tags: readonly string[];
}

/** What goes into a file besides the tagger; `loadCheckpoint` gives it back. */
export interface SaveRecurrentTaggerOptions {
  /** Where its training stands, from a report. @default {nothing: it is done} */
  training?: TrainingState;
  /** Anything, as `config.notes`. @default {null} */
  notes?: JsonValue;
}

/** Writes a tagger to a file (safetensors), which appears whole or not at all. */
export async function saveRecurrentTagger(
  tagger: RecurrentTagger,
  path: string,
  { training, notes = null }: SaveRecurrentTaggerOptions = {},
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
  const checkpoint = await loadCheckpoint(path);
  const config = checkpoint.config as unknown as Config;
  if (config?.format !== FORMAT) {
    throw new SyntaxError(
      `Cannot read a tagger from ${path}: expected the format "${FORMAT}", got` +
        ` ${JSON.stringify(config?.format)} (train it anew)`,
    );
  }
  const { sizes, tags } = config;
  const [words, affixes] = [new Vocabulary(config.words), new Vocabulary(config.affixes)];
  const counts = { words: words.size, affixes: affixes.size, tags: tags.length };
  const network = new TaggerNetwork(await engine(), { sizes, counts, random: seeded(0) });
  try {
    putParameters(network, checkpoint.parameters);
  } catch (error) {
    network.dispose();
    throw error;
  }
  return new RecurrentTagger({ network, lexicon: { words, affixes, tags } });
}

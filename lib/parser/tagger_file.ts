import { readModelFile, writeModelFile } from "./_model_file.ts";
import { fromSparse, type SparseWeights, toSparse } from "./_sparse_weights.ts";
import { PerceptronTagger } from "./perceptron_tagger.ts";
import { SymbolTable } from "./symbol_table.ts";

const FORMAT = "perceptron-tagger-1";

interface Header {
  words: readonly string[];
  tags: readonly string[];
}

/** Writes a trained tagger to a file, as {@linkcode saveMaltParser} writes a parser. */
export function saveTagger({ model }: PerceptronTagger, path: string): void {
  const header: Header = { words: model.words.names, tags: model.tags.names };
  writeModelFile(path, FORMAT, { header, arrays: toSparse(model, model.tags.size) });
}

/**
 * Reads a tagger that {@linkcode saveTagger} wrote; it tags exactly as that one did.
 *
 * @throws {SyntaxError} if the file is not such a tagger, or damaged
 */
export function loadTagger(path: string): PerceptronTagger {
  const { header, arrays } = readModelFile<Header, SparseWeights>(path, FORMAT);
  const tags = new SymbolTable(header.tags);
  return new PerceptronTagger({
    words: new SymbolTable(header.words),
    tags,
    ...fromSparse(arrays, tags.size),
  });
}

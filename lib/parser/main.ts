/**
 * `deno task parse`: text or CoNLL-U in, CoNLL-U out, sentence by sentence, so that files may be of
 * any size. Figures and progress go to stderr.
 *
 * @module
 */
import { existsSync, mkdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { cacheFolder, DataError } from "#lib/data/mod.ts";
import { formatConllu } from "./conllu.ts";
import type { ConlluSentence } from "./conllu_sentence.ts";
import { sentenceOf, withTags, withTree } from "./conllu_trees.ts";
import { generatedTreebank } from "./generated_treebank.ts";
import { loadMaltParser, saveMaltParser } from "./malt_file.ts";
import { trainMaltParser } from "./malt_training.ts";
import { paragraphs } from "./_paragraphs.ts";
import { readConllu } from "./read_conllu.ts";
import type { Treebank } from "./sentence.ts";
import { loadTagger, saveTagger } from "./tagger_file.ts";
import { trainTagger } from "./tagger_training.ts";
import { conlluOf, TextParser, withOneRoot } from "./text_parser.ts";
import { readEwtTreebank } from "./treebanks.ts";

const HELP = `Parses English text, or the sentences of a CoNLL-U file, and writes CoNLL-U.

deno task parse [FILE] [--input text|conllu] [--treebank ewt|generated] [--retag] > OUT

  FILE        what to parse; standard input where it is left out
  --input     text: paragraphs end at empty lines (the default, but for files named *.conllu)
  --treebank  what tagger and parser learn from: ewt if it is there (deno task data fetch
              ud-english-ewt), else generated. They are kept in data/cache/models (or
              LECTURE_DATA/models) where that can be written to
  --retag     tag words that have tags in the CoNLL-U input`;

const BATCH = 256;

interface Request {
  file?: string;
  input: "text" | "conllu";
  treebank?: "ewt" | "generated";
  retag: boolean;
}

function parseRequest(args: string[]): Request | "help" {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      input: { type: "string" },
      treebank: { type: "string" },
      retag: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (positionals.length > 1) {
    throw new RangeError(`Cannot parse: expected one file, got ${positionals.length}`);
  }
  const { treebank } = values, [file] = positionals, isConllu = file?.endsWith(".conllu") ?? false;
  return {
    file,
    input: oneOf("--input", values.input ?? (isConllu ? "conllu" : "text"), ["text", "conllu"]),
    treebank: treebank === undefined
      ? undefined
      : oneOf<"ewt" | "generated">("--treebank", treebank, ["ewt", "generated"]),
    retag: values.retag,
  };
}

function oneOf<Name extends string>(option: string, value: string, allowed: readonly Name[]): Name {
  const found = allowed.find((name) => name === value);
  if (found) return found;
  throw new RangeError(
    `Cannot read the option ${option}: expected ${allowed.join(" or ")}, got "${value}"`,
  );
}

/** Tagger and parser from the cache, or trained and put there. */
async function models(treebank: Request["treebank"]): Promise<TextParser> {
  if (treebank !== "generated") {
    const cached = load("ewt");
    if (cached) return cached;
    try {
      return learn("ewt", (await readEwtTreebank()).train);
    } catch (error) {
      if (treebank === "ewt" || !(error instanceof DataError)) throw error;
      console.error(`${error.message}; the generated treebank serves instead: expect poor trees`);
    }
  }
  return load("generated") ?? learn("generated", generatedTreebank().train);
}

function pathsOf(name: string): { folder: string; tagger: string; parser: string } {
  const folder = join(cacheFolder(), "models", name);
  return { folder, tagger: join(folder, "tagger"), parser: join(folder, "parser") };
}

function load(name: string): TextParser | undefined {
  const { tagger, parser } = pathsOf(name);
  if (!existsSync(tagger) || !existsSync(parser)) return undefined;
  return new TextParser(loadTagger(tagger), loadMaltParser(parser));
}

function learn(name: string, train: Treebank): TextParser {
  const { folder, ...paths } = pathsOf(name);
  const isKept = tryToKeep(folder, () => mkdirSync(folder, { recursive: true }));
  const kept = isKept ? `, to be kept in ${folder}` : "";
  console.error(`learning from ${train.length} sentences (${name})${kept}`);
  const [tagger, parser] = [trainTagger(train), trainMaltParser(train)];
  if (isKept) {
    tryToKeep(folder, () => {
      saveTagger(tagger, paths.tagger);
      saveMaltParser(parser, paths.parser);
    });
  }
  return new TextParser(tagger, parser);
}

/** Writes, or says that models cannot be kept: parsing goes on without. */
function tryToKeep(folder: string, write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    console.error(
      `Cannot keep models: expected to write to ${folder}, got: ${(error as Error).message}`,
    );
    return false;
  }
}

async function* parsedText(
  english: TextParser,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ConlluSentence[]> {
  for await (const paragraph of paragraphs(chunks)) {
    yield (await english.parse(paragraph)).map(conlluOf);
  }
}

async function* parsedConllu(
  { tagger, parser }: TextParser,
  chunks: AsyncIterable<Uint8Array>,
  { retag }: { retag: boolean },
): AsyncGenerator<ConlluSentence[]> {
  for await (const batch of batches(readConllu(chunks))) {
    const sentences = batch.map(sentenceOf);
    const tagged = await Promise.all(sentences.map(async (sentence) => {
      if (!retag && !sentence.tags.includes("_")) return sentence;
      const [found] = await tagger.tag([sentence.words]);
      const tags = sentence.tags.map((tag, i) => retag || tag === "_" ? found[i] : tag);
      return { ...sentence, tags };
    }));
    const trees = await parser.parse(tagged);
    yield batch.map((conllu, i) =>
      withTree(withTags(conllu, tagged[i].tags), withOneRoot(trees[i]))
    );
  }
}

async function* batches(
  sentences: AsyncIterable<ConlluSentence>,
): AsyncGenerator<ConlluSentence[]> {
  let batch: ConlluSentence[] = [];
  for await (const sentence of sentences) {
    batch.push(sentence);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The bytes of a file, which is opened before anything is learned for it. */
async function bytesOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  const handle = await open(file).catch((cause) => {
    const found = cause.code === "ENOENT" ? "none" : cause.message;
    throw new Error(`Cannot parse ${file}: expected a file, found ${found}`, { cause });
  });
  if ((await handle.stat()).isDirectory()) {
    throw new Error(`Cannot parse ${file}: expected a file, found a folder`);
  }
  return handle.createReadStream();
}

/** Reads no faster than the reader of standard output takes what is written. */
async function run({ file, input, treebank, retag }: Request): Promise<void> {
  const chunks = file ? await bytesOf(file) : process.stdin;
  const english = await models(treebank);
  const parsed = input === "text"
    ? parsedText(english, chunks)
    : parsedConllu(english, chunks, { retag });
  const writer = Deno.stdout.writable.getWriter(), encoder = new TextEncoder();
  const begun = performance.now();
  let sentences = 0;
  try {
    for await (const batch of parsed) {
      await writer.write(encoder.encode(formatConllu(batch)));
      sentences += batch.length;
    }
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0); // the reader has enough
    throw new Error(`${file ?? "standard input"}: ${(error as Error).message}`, { cause: error });
  }
  const seconds = (performance.now() - begun) / 1000;
  console.error(`${sentences} sentences in ${seconds.toFixed(1)} s`);
}

if (import.meta.main) {
  let request: Request | "help";
  try {
    request = parseRequest(Deno.args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    Deno.exit(2);
  }
  try {
    if (request === "help") console.log(HELP);
    else await run(request);
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}

/**
 * Our side of `bench/ngram/main.ts`: does one thing in a process of its own and reports its
 * steps as JSON.
 *
 * @module
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { readReuters } from "#lib/data/mod.ts";
import { generate } from "#lib/lm/mod.ts";
import {
  type BackoffModel,
  countNgrams,
  kneserNey,
  readArpa,
  readBinary,
  writeArpa,
  writeBinary,
} from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences, wordPunct } from "#lib/text/mod.ts";
import type { Report } from "./_processes.ts";

type Figures = Record<string, number>;

const steps: Figures = {}, cpuSteps: Figures = {};
let wallBefore = performance.now(), cpuBefore = process.cpuUsage();

/** Ends a step. */
function done(step: string): void {
  const { user, system } = process.cpuUsage(cpuBefore);
  steps[step] = (performance.now() - wallBefore) / 1000;
  cpuSteps[step] = (user + system) / 1e6;
  [wallBefore, cpuBefore] = [performance.now(), process.cpuUsage()];
}

function* lines(path: string): Generator<string[]> {
  const text = readFileSync(path, "utf8");
  for (let from = 0, to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
    yield text.slice(from, to).trim().split(" ");
    from = to + 1;
  }
}

function sizesOf(model: BackoffModel): Figures {
  return { ngrams: model.trie.nodes - 1, bytes: model.byteLength };
}

const tasks: Record<string, (...args: string[]) => Figures | Promise<Figures>> = {
  nothing: () => ({}),
  async tokenizeReuters(output) {
    const documents = await readReuters();
    const tokens = documents.map(({ text }) => wordPunct(text.toLowerCase()).join(" "));
    writeFileSync(output, tokens.join("\n") + "\n");
    return {};
  },
  async countReuters() {
    const documents = await readReuters();
    done("read");
    const { vocabulary, ids } = indexSentences(
      documents.values().map(({ text }) => wordPunct(text.toLowerCase())),
    );
    done("index");
    const { trie } = countNgrams(ids, { order: 3, vocabulary });
    done("count");
    return { tokens: ids.length - documents.length, ngrams: trie.nodes - 1 };
  },
  async estimate(path, output) {
    const { vocabulary, ids } = indexSentences(lines(path));
    done("read");
    const counts = countNgrams(ids, { order: 5, vocabulary });
    done("count");
    const model = kneserNey(counts);
    done("estimate");
    if (output) await writeBinary(output, model);
    return sizesOf(model);
  },
  async load(path) {
    const model = await readBinary(path);
    done("readBinary");
    return sizesOf(model);
  },
  async toArpa(path, output) {
    const model = await readBinary(path);
    done("readBinary");
    await writeArpa(output, model);
    done("writeArpa");
    return {};
  },
  async toBinary(path, output) {
    const model = await readArpa(path);
    done("readArpa");
    await writeBinary(output, model);
    done("writeBinary");
    return {};
  },
  async score(path, text) {
    const model = await readBinary(path);
    done("readBinary");
    const ids = model.vocabulary.encodeSentences(lines(text));
    done("readText");
    const logP = model.score(ids);
    done("score");
    let nats = 0;
    for (const value of logP) nats -= value;
    return { tokens: ids.length, perplexity: Math.exp(nats / ids.length) };
  },
  async generate(path) {
    const model = await readBinary(path);
    done("readBinary");
    const options = { random: seeded(1), maxWords: 1_000_000, sentences: Infinity };
    const words = generate(model, options);
    done("generate");
    return { tokens: words.length };
  },
};

const [name, ...args] = Deno.args;
const figures = await tasks[name](...args);
const report: Report = { steps, cpuSteps, figures };
console.log(JSON.stringify(report));

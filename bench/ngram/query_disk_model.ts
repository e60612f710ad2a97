/**
 * `query_disk_model.ts MODEL TEXT CACHE_BYTES [TOKENS]`: how fast a model that stays in its file is
 * opened and scores the first tokens of a text, twice, and the memory the process takes at the end.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { openModel } from "#lib/ngram/scale/mod.ts";

const [path, text, cacheBytes, limit = "1e6"] = Deno.args;

let begin = process.cpuUsage(), beginWall = performance.now();

/** CPU and wall seconds since the last call. */
function elapsed(): [cpu: number, wall: number] {
  const { user, system } = process.cpuUsage(begin);
  const seconds = (performance.now() - beginWall) / 1000;
  [begin, beginWall] = [process.cpuUsage(), performance.now()];
  return [(user + system) / 1e6, seconds];
}

using model = openModel(path, { cacheBytes: Number(cacheBytes) });
console.log("open: CPU and wall seconds", ...elapsed());
const ids: number[] = [];
for await (const line of createInterface({ input: createReadStream(text) })) {
  for (const word of line.trim().split(/\s+/)) ids.push(model.vocabulary.id(word));
  ids.push(model.vocabulary.end);
  if (ids.length >= Number(limit)) break;
}
for (const round of ["first", "second"]) {
  const read = model.blocksRead;
  elapsed();
  const logP = model.score(Int32Array.from(ids));
  const [cpu, wall] = elapsed();
  const perplexity = Math.exp(-logP.reduce((sum, each) => sum + each, 0) / ids.length);
  const [byCpu, byWall] = [cpu, wall].map((seconds) => Math.round(ids.length / seconds));
  console.log(`${round} time: ${byCpu} words a CPU second (${byWall} by the clock)`);
  console.log({ blocksRead: model.blocksRead - read, tokens: ids.length, perplexity });
}
const ngrams = model.ngrams.reduce((sum, size) => sum + size, 0);
console.log({ modelBytes: model.byteLength, ngrams, residentBytes: Deno.memoryUsage().rss });

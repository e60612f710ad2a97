/**
 * A process of its own that fetches: `deno run _fetch.ts <cache> <dataset as JSON>`.
 *
 * @module
 */
import { obtainFiles } from "#lib/data/mod.ts";

const [cache, dataset] = Deno.args;
const paths = await obtainFiles(JSON.parse(dataset), {
  cache,
  mirror: null,
  download: true,
  retryDelay: 1,
});
console.log([...paths.keys()].join(" "));

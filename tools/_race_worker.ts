/** A Worker of `race_optimizers.ts`: takes the race's name, then racers; answers how each run went. */
/// <reference lib="deno.worker" />
import { engine } from "#lib/engine/mod.ts";
import type { Racer } from "#lib/nn/mod.ts";
import { type Race, type RaceName, races } from "#lib/tables/mod.ts";

let run: ReturnType<Race["prepare"]>;

self.onmessage = async ({ data }: MessageEvent<RaceName | Racer>) => {
  if (typeof data === "string") run = races[data].prepare();
  else self.postMessage(await (await run)(await engine({ prefer: "wasm" }), data));
};

/** A Worker of `race_optimizers.ts`: takes a racer, answers with how its run went. */
/// <reference lib="deno.worker" />
import { engine } from "#lib/engine/mod.ts";
import { type RaceCourse, type Racer, raceRun } from "#lib/feedforward/mod.ts";

let course: RaceCourse | undefined;

self.onmessage = async ({ data }: MessageEvent<RaceCourse | Racer>) => {
  if ("train" in data) course = data;
  else self.postMessage(await raceRun(await engine({ prefer: "wasm" }), data, course!));
};

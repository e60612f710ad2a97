import { readdirSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { assert, assertEquals } from "@std/assert";
import { type Random, seeded } from "#lib/random/mod.ts";
import { isGranted, permittedTest } from "../_support/permitted.ts";

/** Kills of each kind; `LECTURE_KILLS=20` is the long form of the test. */
const KILLS = Number((isGranted("env") && Deno.env.get("LECTURE_KILLS")) || 3);

/** Starts the training; native products where they are allowed here too. */
function start(path: string): Deno.ChildProcess {
  const permissions = isGranted("ffi") ? "native" : "default";
  return new Deno.Command("deno", {
    args: ["run", "--quiet", `-P=${permissions}`, "bench/killed_training.ts", path],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

async function finish(child: Deno.ChildProcess): Promise<string> {
  const { success, stdout } = await child.output();
  assert(success, "the training failed");
  return new TextDecoder().decode(stdout).trim();
}

/** When a file was last written, or 0. */
async function writtenAt(path: string): Promise<number> {
  return await lstat(path).then(({ mtimeMs }) => mtimeMs, () => 0);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** States that were begun and not yet ended, as often as they were left. */
function halfWritten(path: string): number {
  return readdirSync(dirname(path)).filter((name) => name.endsWith(".part")).length;
}

/** Waits until the training has stored its state once more than at the start. */
async function begun(path: string, before: number): Promise<void> {
  while (await writtenAt(path) === before) await delay(1);
}

/** Moments to kill at, while the training at `path` runs. */
const MOMENTS: Record<string, (path: string, random: Random) => Promise<void>> = {
  // a run takes some 300 ms from the first state stored to the last
  "of training": (_, random) => delay(150 * random()),
  "of saving": async (path, random) => {
    const skip = Math.floor(10 * random());
    for (let i = 0; i < skip; i++) await begun(path, await writtenAt(path));
    for (const before = halfWritten(path); halfWritten(path) === before;); // a new one is written
  },
};

for (const [which, moment] of Object.entries(MOMENTS)) {
  permittedTest(
    `killed (SIGKILL) at ${KILLS} moments ${which}, training ends with the same weights`,
    [
      ...["read", "write", "run"] as const,
    ],
    async () => {
      const folder = await Deno.makeTempDir();
      const random = seeded(Date.now()), path = `${folder}/killed`;
      try {
        const expected = await finish(start(`${folder}/whole`));
        let killed = 0;
        for (let attempt = 0; killed < KILLS && attempt < 3 * KILLS; attempt++) {
          const before = await writtenAt(path);
          const child = start(path);
          await begun(path, before);
          await moment(path, random);
          child.kill("SIGKILL");
          const { signal } = await child.output();
          if (signal === "SIGKILL") killed++;
          else await Deno.remove(path); // done before its time: once more from the start
        }
        assertEquals(killed, KILLS);
        if (KILLS > 3) console.log(`${halfWritten(path)} of ${killed} left a state half-written`);
        assertEquals(await finish(start(path)), expected);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}

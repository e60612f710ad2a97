import { assert, assertEquals } from "@std/assert";
import { seeded } from "#lib/random/mod.ts";
import { isGranted, permittedTest } from "../_support/permitted.ts";

const KILLS = Number((isGranted("env") && Deno.env.get("LECTURE_KILLS")) || 4);

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

permittedTest(`training killed (SIGKILL) ${KILLS} times ends with the same weights`, [
  ...["read", "write", "run"] as const,
], async () => {
  const folder = await Deno.makeTempDir();
  const random = seeded(Date.now());
  try {
    const began = Date.now();
    const expected = await finish(start(`${folder}/whole`));
    const duration = Date.now() - began;
    let killed = 0;
    for (let attempt = 0; killed < KILLS && attempt < 3 * KILLS; attempt++) {
      const child = start(`${folder}/killed`);
      const timer = setTimeout(() => child.kill("SIGKILL"), random() * duration);
      const { signal } = await child.output();
      clearTimeout(timer);
      if (signal === "SIGKILL") killed++;
      else await Deno.remove(`${folder}/killed`); // done before its time: once more from the start
    }
    assertEquals(killed, KILLS);
    assertEquals(await finish(start(`${folder}/killed`)), expected);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

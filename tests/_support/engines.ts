/** Runs the same test on every engine that is there. */
import { assertEquals } from "@std/assert";
import { type Engine, engine, type EngineKind } from "#lib/engine/mod.ts";

const KINDS: readonly EngineKind[] = ["cpu", "wasm", "native"];

/** Why an engine cannot be tested here, or "" when it can. */
async function obstacle(prefer: EngineKind): Promise<string> {
  const read = await Deno.permissions.query({ name: "read" });
  if (read.state !== "granted") return "needs --allow-read";
  const found = await engine({ prefer });
  return found.kind === prefer ? "" : /\(([^()]*)\)$/.exec(found.description)?.[1] ?? "not there";
}

const obstacles = new Map<EngineKind, string>();
for (const kind of KINDS) obstacles.set(kind, await obstacle(kind));

/** A test of each engine; tensors left behind fail it. */
export function testEngines(name: string, body: (engine: Engine) => void | Promise<void>): void {
  for (const kind of KINDS) {
    const why = obstacles.get(kind);
    Deno.test({
      name: `${name} (${kind}${why ? `: ${why}` : ""})`,
      ignore: why !== "",
      fn: async () => {
        const found = await engine({ prefer: kind });
        const before = found.tf.memory().numTensors;
        await body(found);
        assertEquals(found.tf.memory().numTensors, before, "tensors were left behind");
      },
    });
  }
}

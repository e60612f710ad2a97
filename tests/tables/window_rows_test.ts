import { assert, assertEquals, assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { windowRuns } from "../../lib/tables/_window_models.ts";
import { loadWindowRun, trainWindowRun } from "../../lib/tables/_window_training.ts";
import { checkpointFile } from "#lib/tables/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";
import { toySentences } from "../_support/toy_text.ts";

const sentences = toySentences.map((words) => [...words]);
const text = { train: sentences, valid: sentences.slice(0, 5) };

permittedTest("a window row stopped after an epoch goes on there, and keeps one file", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const row = windowRuns.find(({ id }) => id === "ptb-window-2")!;
    const found = await engine({ prefer: "wasm" });
    const seen: number[] = [];
    const train = (stopAt: number) =>
      trainWindowRun(row, {
        ...{ engine: found, text },
        report: ({ epoch, validation }) => {
          seen.push(epoch);
          if (validation !== undefined && epoch > stopAt) throw new Error("stopped");
        },
      });
    await assertRejects(() => train(1), Error, "stopped");
    assertEquals(seen, [1, 2]);
    await train(Infinity);
    assertEquals(seen.slice(2), [2, 3], "the epoch that was kept is not done again");
    const files = [...Deno.readDirSync(checkpointFile(row.id).replace(/[^/]*$/, ""))];
    assertEquals(files.map(({ name }) => name), ["ptb-window-2.safetensors"]);
    assert(seen.length === 4);
    await train(Infinity); // there already
    assertEquals(seen.length, 4);
  }));

permittedTest("a window row goes on from no other row's training, and has all its epochs", [
  ...["read", "write", "env"] as const,
], () =>
  withCache(async () => {
    const row = { ...windowRuns[0], epochs: 1 }, other = { ...row, rate: 0.1 };
    const options = { engine: await engine({ prefer: "wasm" }), text },
      file = checkpointFile(row.id);
    await trainWindowRun(row, options);
    const longer = { ...row, epochs: 2 };
    await assertRejects(
      () => loadWindowRun(options.engine, longer),
      SyntaxError,
      "expected the run",
    );
    Deno.renameSync(file, `${file}.training`);
    await assertRejects(() => trainWindowRun(other, options), SyntaxError, "expected the run");
  }));

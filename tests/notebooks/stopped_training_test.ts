import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { codeCells, parseNotebook } from "../../tools/jupyter/ipynb.ts";
import { Kernel } from "../../tools/jupyter/kernel.ts";
import { permittedTest } from "../_support/permitted.ts";

const folder = new URL("../../notebooks/", import.meta.url);
const NOTEBOOKS = [
  "13-recurrent-language-models",
  "14-generating-text",
  "16-uses-of-rnns",
  "17-looking-forward",
];

/** A cell that may be stopped and is not done after so many milliseconds is training. */
const PATIENCE = 3000;

for (const name of NOTEBOOKS) {
  permittedTest(
    `${name}: stopped in its first training, it goes on with what has been learned`,
    ["read", "write", "env", "net", "run"],
    async () => {
      const path = new URL(`${name}.ipynb`, folder);
      const cells = codeCells(parseNotebook(await readFile(path, "utf8"), name));
      const kernel = await Kernel.start({ cwd: fileURLToPath(folder) });
      let mayBeStopped = false, stoppedAfter = 0;
      try {
        for (const { source } of cells) {
          mayBeStopped ||= source.includes("untilStopped(");
          let isDone = false;
          const running = kernel.execute(source, 180).finally(() => isDone = true);
          if (mayBeStopped && !stoppedAfter) await Promise.race([running, delay(PATIENCE)]);
          if (mayBeStopped && !stoppedAfter && !isDone) {
            await kernel.interrupt();
            stoppedAfter = (await running).messages
              .filter(({ type }) => type === "update_display_data").length;
            assert(stoppedAfter > 0, "nothing was drawn while it trained");
          }
          assertEquals((await running).reply.status, "ok", source);
        }
      } finally {
        await kernel.stop();
      }
      assert(stoppedAfter > 0, "no training was stopped");
    },
  );
}

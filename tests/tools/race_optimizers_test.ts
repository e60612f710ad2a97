import { assertEquals, assertThrows } from "@std/assert";
import { readRuns } from "../../tools/race_optimizers.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";

const RUN = '{"optimizer":"SGD","rate":0.1}';

permittedTest(
  "runs of a race killed while it wrote",
  ["read", "write", "env"],
  () =>
    withCache(async () => {
      const file = `${Deno.env.get("LECTURE_DATA")}/race.jsonl`;
      assertEquals(readRuns(file), []);
      for (const half of ["", '{"optimizer":"SG', RUN]) {
        await Deno.writeTextFile(file, `${RUN}\n${half}`);
        assertEquals(readRuns(file).length, 1);
        assertEquals(await Deno.readTextFile(file), `${RUN}\n`); // what comes next has a line of its own
      }
      await Deno.writeTextFile(file, `${RUN}\n{"opt\n${RUN}\n`);
      assertThrows(() => readRuns(file), SyntaxError, "race.jsonl: expected a run in line 2");
    }),
);

import { assertEquals, assertRejects } from "@std/assert";
import { readdirSync } from "node:fs";
import {
  countCorpus,
  estimateKneserNey,
  openCounts,
  readCounts,
  ScaleError,
} from "#lib/ngram/scale/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { duckdbTest } from "../../_support/duckdb.ts";
import { isGranted } from "../../_support/permission.ts";

/** Text of random words, which no counting makes small. */
function randomText(lines: number): string {
  const random = seeded(1);
  const line = () => Array.from({ length: 20 }, () => Math.floor(20_000 * random())).join(" ");
  return Array.from({ length: lines }, line).join("\n");
}

const mayMount = isGranted({ name: "sys" }) && Deno.build.os === "linux" && Deno.uid() === 0 &&
  isGranted({ name: "run", command: "mount" });

/** Runs with a file system of its own, of so many megabytes. */
async function onSmallDisk(megabytes: number, run: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempDir();
  const args = ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path];
  const { success } = await new Deno.Command("mount", { args }).output();
  try {
    if (success) await run(path);
    else console.log("skipped: no file system can be mounted here");
  } finally {
    if (success) await new Deno.Command("umount", { args: [path] }).output();
    await Deno.remove(path);
  }
}

duckdbTest(
  "a full disk is told, and nothing is left on it (mounts; needs root)",
  async (folder) => {
    if (!mayMount) return console.log("skipped: mounting needs root and its permission");
    await Deno.writeTextFile(`${folder}/text`, randomText(20_000));
    await onSmallDisk(3, async (disk) => {
      for (const engine of ["memory", "duckdb"] as const) {
        const error = await assertRejects(
          () => countCorpus([`${folder}/text`], { order: 3, engine, folder: `${disk}/counts` }),
          ScaleError,
          "expected room on the disk",
        );
        assertEquals(error.code, "disk full");
        assertEquals(readdirSync(disk), []);
      }
      const counts = await countCorpus([`${folder}/text`], {
        order: 3,
        folder: `${folder}/counts`,
      });
      const model = `${disk}/model`, options = { model, onBadDiscount: "fallback" } as const;
      const error = await assertRejects(() => estimateKneserNey(counts, options), ScaleError);
      assertEquals(error.code, "disk full");
      assertEquals(readdirSync(disk), []);
    });
  },
);

duckdbTest("counts with a missing, cut or changed file are refused by its name", async (folder) => {
  await Deno.writeTextFile(`${folder}/text`, randomText(300));
  const path = `${folder}/counts`, file = `${path}/counts_2.parquet`;
  const counts = await countCorpus([`${folder}/text`], { order: 3, folder: path });
  const bytes = await Deno.readFile(file);

  await Deno.writeFile(file, bytes.with(2000, bytes[2000] ^ 8));
  const options = { model: `${folder}/model`, onBadDiscount: "fallback" } as const;
  let error = await assertRejects(() => estimateKneserNey(counts, options), ScaleError);
  assertEquals(error.code, "damaged file");
  assertEquals(error.message.includes("counts_2.parquet with its checksum"), true);

  await Deno.writeFile(file, new Uint8Array(bytes.length));
  error = await assertRejects(() => Array.fromAsync(readCounts(counts, 2)), ScaleError);
  assertEquals(error.code, "damaged file");

  await Deno.writeFile(file, bytes.subarray(1));
  error = await assertRejects(() => openCounts(path), ScaleError, `of ${bytes.length} bytes`);
  assertEquals(error.code, "damaged file");

  await Deno.remove(file);
  error = await assertRejects(() => openCounts(path), ScaleError, "the file counts_2.parquet");
  assertEquals(error.code, "missing file");

  const manifest = `${path}/counts.json`;
  await Deno.writeTextFile(manifest, (await Deno.readTextFile(manifest)).slice(0, 40));
  error = await assertRejects(() => openCounts(path), ScaleError, "expected a whole counts.json");
  assertEquals([error.code, error.cause instanceof SyntaxError], ["damaged file", true]);

  const version = { version: 2 }, parts = { version: 1, order: 3 };
  for (const value of [null, {}, parts, { ...parts, tables: [[{}], [], []] }]) {
    await Deno.writeTextFile(manifest, JSON.stringify(value));
    error = await assertRejects(() => openCounts(path), ScaleError, "got one that lacks parts");
    assertEquals(error.code, "damaged file");
  }
  await Deno.writeTextFile(manifest, JSON.stringify(version));
  await assertRejects(() => openCounts(path), ScaleError, "expected version 1, got 2");

  await Deno.remove(manifest);
  await assertRejects(
    () => openCounts(path),
    ScaleError,
    "expected a folder that holds counts.json",
  );
  assertEquals(readdirSync(folder).sort(), ["counts", "text"]);
});

duckdbTest(
  "a model is refused a name it cannot get, and counting too little memory",
  async (folder) => {
    await Deno.writeTextFile(`${folder}/text`, randomText(300));
    const file = `${folder}/text`, path = `${folder}/counts`;
    const counts = await countCorpus([file], { order: 2, folder: path });
    for (const name of ["model", "arpa"]) {
      for (
        const [place, part] of [["none/model", "expected the folder"], ["counts", "got a folder"]]
      ) {
        const options = { [name]: `${folder}/${place}`, onBadDiscount: "fallback" } as const;
        await assertRejects(() => estimateKneserNey(counts, options), ScaleError, part);
      }
    }
    const tiny = { order: 2, folder: `${folder}/tiny`, memoryLimit: 0 };
    const error = await assertRejects(
      () => countCorpus([file], tiny),
      ScaleError,
      "raise the limit",
    );
    assertEquals(error.code, "out of memory");
    assertEquals(readdirSync(folder).sort(), ["counts", "text"]);
  },
);

duckdbTest("work that is stopped leaves nothing", async (folder) => {
  await Deno.writeTextFile(`${folder}/text`, randomText(20_000));
  for (const step of ["reading", "counting 3-grams", "counting 2-grams"]) {
    const stop = new AbortController(), reason = new Error("enough");
    const onProgress = (progress: { step: string }) => {
      if (progress.step.startsWith(step)) setTimeout(() => stop.abort(reason), 20);
    };
    const options = { order: 3, folder: `${folder}/counts`, signal: stop.signal, onProgress };
    await assertRejects(() => countCorpus([`${folder}/text`], options), Error, "enough");
    assertEquals(readdirSync(folder), ["text"]);
  }
});

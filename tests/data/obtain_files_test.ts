import { DataError, findDataset, inspectDataset, obtainFiles, readReuters } from "#lib/data/mod.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { isGranted, permittedTest } from "../_support/permitted.ts";
import { cachedNames, sampleBytes, sampleDataset, temporaryFolder, TRANSFER } from "./_sample.ts";

const BYTES = sampleBytes(150_000);
const SAMPLE = sampleDataset({ "a.bin": BYTES, "b.bin": BYTES.subarray(7) }, "http://127.0.0.1:9");

/** A folder laid out as a mirror of the sample. */
async function mirrorFolder(): Promise<AsyncDisposable & { path: string }> {
  const folder = await temporaryFolder();
  await Deno.mkdir(`${folder.path}/sample`);
  await Deno.writeFile(`${folder.path}/sample/a.bin`, BYTES);
  await Deno.writeFile(`${folder.path}/sample/b.bin`, BYTES.subarray(7));
  return folder;
}

Deno.test("findDataset() refuses an unknown id and names the known ones", () => {
  const error = assertThrows(() => findDataset("reuters"), DataError, "reuters21578");
  assertEquals(error.code, "unknown-dataset");
});

permittedTest(
  "obtainFiles() copies from a mirror folder once, and works without it afterwards",
  TRANSFER,
  async () => {
    await using cache = await temporaryFolder();
    const options = { cache: cache.path, files: ["b.bin"] };
    {
      await using mirror = await mirrorFolder();
      await obtainFiles(SAMPLE, { ...options, mirror: mirror.path });
    }
    const paths = await obtainFiles(SAMPLE, { ...options, mirror: null });
    assertEquals([...paths.keys()], ["b.bin"]);
    assertEquals(await Deno.readFile(paths.get("b.bin")!), BYTES.slice(7));
    assertEquals(await cachedNames(cache.path), ["b.bin"]);
  },
);

permittedTest(
  "obtainFiles() names the places and the command when a file is nowhere",
  TRANSFER,
  async () => {
    await using cache = await temporaryFolder();
    await using mirror = await temporaryFolder();
    const options = { cache: cache.path, mirror: mirror.path };
    const error = await assertRejects(() => obtainFiles(SAMPLE, options), DataError);
    assertEquals([error.code, error.command], ["missing", "deno task data fetch sample"]);
    assertStringIncludes(
      error.message,
      `${cache.path}/sample/a.bin or ${mirror.path}/sample/a.bin`,
    );
    assertStringIncludes(error.message, "bring it with: deno task data fetch sample");
    const none = { cache: cache.path, mirror: null };
    const reuters = await assertRejects(() => readReuters(none), DataError);
    assertEquals([reuters.code, reuters.command], ["missing", "deno task data fetch reuters21578"]);
    const unknown = { ...none, files: ["c.bin"] };
    await assertRejects(() => obtainFiles(SAMPLE, unknown), DataError, "one of a.bin, b.bin");
  },
);

permittedTest(
  "obtainFiles() refuses a cached file with a flipped bit, naming it and the command",
  TRANSFER,
  async () => {
    await using cache = await mirrorFolder();
    const path = `${cache.path}/sample/a.bin`, flipped = BYTES.slice();
    flipped[100_000] ^= 8;
    await Deno.writeFile(path, flipped);
    for (const verify of [false, true, false]) {
      const options = { cache: cache.path, mirror: null, files: ["a.bin"], verify };
      const error = await assertRejects(() => obtainFiles(SAMPLE, options), DataError);
      assertEquals([error.code, error.file], ["wrong-hash", "a.bin"]);
      const { sha256 } = SAMPLE.files[0];
      assertStringIncludes(error.message, `Cannot open ${path}: expected SHA-256 ${sha256}, found`);
      assertStringIncludes(error.message, "(replace it with: deno task data fetch sample)");
    }
  },
);

permittedTest(
  "obtainFiles() stores nothing of a mirror folder whose file is not the manifest's",
  TRANSFER,
  async () => {
    await using cache = await temporaryFolder();
    await using mirror = await mirrorFolder();
    await Deno.writeFile(`${mirror.path}/sample/b.bin`, BYTES);
    const options = { cache: cache.path, mirror: mirror.path };
    const error = await assertRejects(() => obtainFiles(SAMPLE, options), DataError);
    assertEquals([error.code, error.file], ["wrong-hash", "b.bin"]);
    assertEquals(await cachedNames(cache.path), ["a.bin"]);
    await Deno.writeFile(`${mirror.path}/sample/b.bin`, BYTES.subarray(7));
    await obtainFiles(SAMPLE, options);
    assertEquals(await cachedNames(cache.path), ["a.bin", "b.bin"]);
  },
);

permittedTest(
  "inspectDataset() tells present, missing and damaged files apart",
  TRANSFER,
  async () => {
    await using folder = await mirrorFolder();
    const look = async (depth: "size" | "hash") =>
      (await inspectDataset(SAMPLE, { cache: folder.path, depth })).map(({ state }) => state);
    assertEquals(await look("hash"), ["present", "present"]);
    await Deno.remove(`${folder.path}/sample/a.bin`);
    await Deno.writeFile(`${folder.path}/sample/b.bin`, sampleBytes(BYTES.length - 7, 9));
    assertEquals(await look("size"), ["missing", "present"]);
    assertEquals(await look("hash"), ["missing", "damaged"]);
  },
);

permittedTest(
  'a cache that cannot be a folder: error "not-writable" that says what to set',
  TRANSFER,
  async () => {
    await using mirror = await mirrorFolder();
    const cache = `${mirror.path}/sample/a.bin/cache`; // below a file
    const error = await assertRejects(
      () => obtainFiles(SAMPLE, { cache, mirror: mirror.path }),
      DataError,
    );
    assertEquals(error.code, "not-writable");
    assertStringIncludes(error.message, "set LECTURE_DATA to a folder you may write");
  },
);

Deno.test({
  name: 'a cache Deno may not write: error "not-permitted" that says what to allow',
  permissions: { read: true, env: true, write: false },
  ignore: !isGranted(...TRANSFER),
  fn: async () => {
    const options = { cache: "/somewhere", mirror: "http://127.0.0.1:9" };
    const error = await assertRejects(() => obtainFiles(SAMPLE, options), DataError);
    assertEquals(error.code, "not-permitted");
    assertStringIncludes(error.message, "--allow-write");
  },
});

const mayMount = isGranted(...TRANSFER) && Deno.build.os === "linux" &&
  isGranted("sys") &&
  Deno.permissions.querySync({ name: "run", command: "mount" }).state === "granted" &&
  Deno.uid() === 0;

/** A file system of 96 KiB, or undefined where the machine refuses to mount one. */
async function tinyFileSystem(): Promise<AsyncDisposable & { path: string } | undefined> {
  const path = await Deno.makeTempDir();
  const run = (command: string, ...args: string[]) => new Deno.Command(command, { args }).output();
  const { success } = await run("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", path);
  if (!success) {
    await Deno.remove(path);
    console.log("skipped: no file system can be mounted here");
    return undefined;
  }
  const unmount = async () => {
    await run("umount", path);
    await Deno.remove(path);
  };
  return { path, [Symbol.asyncDispose]: unmount };
}

async function remount(path: string, options: string): Promise<void> {
  const args = ["-o", `remount,${options}`, path];
  assert((await new Deno.Command("mount", { args }).output()).success);
}

Deno.test({
  name: 'a full disk: error "disk-full", what is there stays, a retry works (mounts; needs root)',
  ignore: !mayMount,
  fn: async () => {
    await using mirror = await mirrorFolder();
    const serve = (request: Request) =>
      new Response(request.url.endsWith("a.bin") ? BYTES : BYTES.slice(0, 9));
    const onListen = () => {};
    await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, serve);
    const small = { "s.bin": BYTES.subarray(0, 9), "a.bin": BYTES };
    const sample = sampleDataset(small, `http://127.0.0.1:${server.addr.port}`);
    await Deno.writeFile(`${mirror.path}/sample/s.bin`, BYTES.subarray(0, 9));
    await using disk = await tinyFileSystem();
    if (!disk) return;
    const options = { cache: disk.path, mirror: mirror.path };
    const copied = await assertRejects(() => obtainFiles(sample, options), DataError);
    assertEquals([copied.code, copied.file], ["disk-full", "a.bin"]);
    assertEquals(await cachedNames(disk.path), ["s.bin"]);
    const download = { cache: disk.path, mirror: null, download: true };
    const error = await assertRejects(
      () => obtainFiles(sample, download),
      DataError,
      "free 150000",
    );
    assertEquals([error.code, error.file], ["disk-full", "a.bin"]);
    const kept = await Deno.stat(`${disk.path}/sample/a.bin.part`);
    assert(kept.size > 0 && kept.size < 96 * 1024, `kept ${kept.size}`);
    await remount(disk.path, "size=1m");
    await obtainFiles(sample, download);
    assertEquals(await cachedNames(disk.path), ["a.bin", "s.bin"]);
  },
});

Deno.test({
  name: 'a read-only folder: error "not-writable" (mounts; needs root)',
  ignore: !mayMount,
  fn: async () => {
    await using mirror = await mirrorFolder();
    await using disk = await tinyFileSystem();
    if (!disk) return;
    await remount(disk.path, "ro");
    const options = { cache: disk.path, mirror: mirror.path };
    const error = await assertRejects(() => obtainFiles(SAMPLE, options), DataError);
    assertEquals(error.code, "not-writable");
    assertStringIncludes(error.message, "LECTURE_DATA");
    await remount(disk.path, "rw,size=1m");
    await obtainFiles(SAMPLE, options);
  },
});

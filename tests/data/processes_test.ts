import { datasets } from "#lib/data/mod.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { setTimeout as delay } from "node:timers/promises";
import { flakyServer, wholeOrRange } from "../_support/flaky_server.ts";
import { hasMirror } from "../_support/permission.ts";
import { isGranted, type Permission, permittedTest } from "../_support/permitted.ts";
import { cachedNames, sampleBytes, sampleDataset, temporaryFolder, TRANSFER } from "./_sample.ts";

const PERMISSIONS: readonly Permission[] = [...TRANSFER, "run"];

const BYTES = sampleBytes(400_000);
const root = new URL("../../", import.meta.url).pathname;

/** Starts Deno in the project's folder. */
function deno(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
  const options = { cwd: root, stdout: "piped", stderr: "piped", stdin: "null" } as const;
  return new Deno.Command("deno", { ...options, args, env: { NO_COLOR: "1", ...env } }).spawn();
}

async function outcome(child: Deno.ChildProcess) {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

permittedTest(
  "two processes that fetch the same file at once both succeed",
  PERMISSIONS,
  async () => {
    // Each answer breaks twice, so that both processes have partial files at the same time.
    await using server = flakyServer((request, count) => ({
      ...wholeOrRange(BYTES, request),
      ...(count < 4 ? { sent: 60_000 } : {}),
    }));
    await using cache = await temporaryFolder();
    const dataset = JSON.stringify(sampleDataset({ "a.bin": BYTES }, server.address));
    const args = ["run", "-R", "-E", "-N=127.0.0.1", `-W=${cache.path}`];
    const start = () => outcome(deno([...args, "tests/data/_fetch.ts", cache.path, dataset]));
    for (const { code, stdout, stderr } of await Promise.all([start(), start(), start()])) {
      assertEquals([code, stdout], [0, "a.bin\n"], stderr);
    }
    assertEquals(await cachedNames(cache.path), ["a.bin"]);
    assertEquals(await Deno.readFile(`${cache.path}/sample/a.bin`), BYTES);
  },
);

permittedTest(
  "a process killed while it fetches leaves no file that looks complete",
  PERMISSIONS,
  async () => {
    let first: (() => void) | undefined;
    const isAsked = new Promise<void>((resolve) => first = resolve);
    await using server = flakyServer((request, count) => {
      if (count > 0) return wholeOrRange(BYTES, request);
      first?.();
      return { body: BYTES, sent: 60_000, then: "silence" };
    });
    await using cache = await temporaryFolder();
    const dataset = JSON.stringify(sampleDataset({ "a.bin": BYTES }, server.address));
    const args = ["run", "-R", "-E", "-N=127.0.0.1", `-W=${cache.path}`];
    const killed = deno([...args, "tests/data/_fetch.ts", cache.path, dataset]);
    await isAsked;
    killed.kill("SIGKILL");
    await outcome(killed);
    assert(!(await cachedNames(cache.path)).includes("a.bin"));
    const { code } = await outcome(deno([...args, "tests/data/_fetch.ts", cache.path, dataset]));
    assertEquals(code, 0);
    assertEquals(await Deno.readFile(`${cache.path}/sample/a.bin`), BYTES);
  },
);

const COMMAND = ["run", "-P=data", "--preload=tools/use_mirror.ts"];

permittedTest(
  "data list and data verify tell what the cache holds",
  PERMISSIONS,
  async () => {
    await using cache = await temporaryFolder();
    const env = { LECTURE_DATA: cache.path };
    const list = await outcome(
      deno([...COMMAND, "lib/data/main.ts", "list", "--format=json"], env),
    );
    const rows: { id: string; licence: string; present: number }[] = JSON.parse(list.stdout);
    assertEquals(rows.map(({ id }) => id), datasets.map(({ id }) => id));
    assert(rows.every(({ licence, present }) => licence !== "" && present === 0));
    await Deno.mkdir(`${cache.path}/ptb`);
    await Deno.writeTextFile(`${cache.path}/ptb/ptb.test.txt`, "no it was n't\n");
    const verify = await outcome(deno([...COMMAND, "lib/data/main.ts", "verify", "ptb"], env));
    assertEquals(verify.code, 1);
    assertEquals(
      verify.stdout,
      "damaged ptb/ptb.test.txt\n" +
        "missing ptb/ptb.train.txt\nmissing ptb/ptb.valid.txt\n",
    );
    assertStringIncludes(verify.stderr, "deno task data fetch ptb");
  },
);

Deno.test({
  name: "data fetch brings a dataset from the mirror, licence first (needs the corpus)",
  ignore: !hasMirror || !isGranted(...PERMISSIONS),
  fn: async () => {
    await using cache = await temporaryFolder();
    const args = [...COMMAND, `--allow-write=${cache.path}`, "lib/data/main.ts", "fetch", "ptb"];
    const { code, stdout, stderr } = await outcome(deno(args, { LECTURE_DATA: cache.path }));
    assertEquals([code, stdout], [0, "ptb: 3 files, verified\n"], stderr);
    assert(stderr.indexOf("licence: Text (C) Linguistic Data") < stderr.indexOf("ptb.test.txt"));
    assertEquals((await Deno.stat(`${cache.path}/ptb/ptb.train.txt`)).size, 5_101_618);
  },
});

permittedTest(
  "data fetch stopped by Ctrl-C keeps what has come",
  PERMISSIONS,
  async () => {
    const body = sampleBytes(449_945);
    await using server = flakyServer(() => ({ body, sent: 60_000, then: "silence" }));
    await using cache = await temporaryFolder();
    const args = [...COMMAND, `--allow-write=${cache.path}`, "lib/data/main.ts", "fetch", "ptb"];
    const child = deno(args, { LECTURE_DATA: cache.path, LECTURE_MIRROR: server.address });
    const hasCome = async () => {
      for await (const { name } of Deno.readDir(`${cache.path}/ptb`)) {
        if ((await Deno.stat(`${cache.path}/ptb/${name}`)).size === 60_000) return true;
      }
      return false;
    };
    let isDead = false;
    child.status.then(() => isDead = true);
    while (!isDead && !await hasCome().catch(() => false)) await delay(10);
    child.kill("SIGINT");
    const { code, stderr } = await outcome(child);
    assertEquals(code, 130, stderr);
    assertStringIncludes(stderr, "what has come is kept");
    assertEquals((await Deno.stat(`${cache.path}/ptb/ptb.test.txt.part`)).size, 60_000);
  },
);

permittedTest(
  "data refuses unknown commands, datasets and formats, and says how to use it; --help too",
  PERMISSIONS,
  async () => {
    const run = (...args: string[]) => outcome(deno([...COMMAND, "lib/data/main.ts", ...args]));
    const cases: [args: string[], code: number, message: string][] = [
      [[], 2, "expected list, fetch or verify, got nothing"],
      [["list", "--format=xml"], 2, "expected --format text or json, got xml"],
      [["fetch", "wikipedia"], 1, "expected one of ptb, reuters21578"],
    ];
    for (const [args, code, message] of cases) {
      const result = await run(...args);
      assertEquals([result.code, result.stdout], [code, ""]);
      assertStringIncludes(result.stderr, message);
    }
    const help = await run("--help");
    assertEquals(help.code, 0, help.stderr);
    assertStringIncludes(help.stdout, "usage: deno task data");
  },
);

permittedTest(
  "importing lib/data loads no package until a reader asks for it",
  PERMISSIONS,
  async () => {
    const { stdout } = await outcome(deno(["info", "--json", "lib/data/mod.ts"]));
    const { modules } = JSON.parse(stdout) as {
      modules: { dependencies?: { specifier: string; isDynamic?: boolean }[] }[];
    };
    const packages = modules.flatMap(({ dependencies = [] }) => dependencies)
      .filter(({ specifier }) => /^(@stdlib|corpus-|color-|fflate)/.test(specifier));
    assertEquals(packages.length, 5);
    assert(packages.every(({ isDynamic }) => isDynamic));
  },
);

import { DataError, type DataErrorCode, type DataProgress, obtainFiles } from "#lib/data/mod.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import {
  type Answer,
  flakyServer,
  type SeenRequest,
  wholeOrRange,
} from "../_support/flaky_server.ts";
import { permittedTest } from "../_support/permitted.ts";
import { cachedNames, sampleBytes, sampleDataset, temporaryFolder, TRANSFER } from "./_sample.ts";

const BYTES = sampleBytes(200_000);
const QUICK = { mirror: null, download: true, retryDelay: 1, timeout: 200 };

/** Answers the requests one after the other as listed, and well from then on. */
function firstly(...answers: ((request: SeenRequest) => Answer | null | "silence")[]) {
  return (request: SeenRequest, count: number) =>
    answers[count]?.(request) ?? (count < answers.length ? null : wholeOrRange(BYTES, request));
}

const brokenAt = (sent: number) => (request: SeenRequest): Answer => ({
  ...wholeOrRange(BYTES, request),
  sent,
});

/** Fetches the sample from the server and checks that the cache holds it and nothing else. */
async function fetchSample(address: string, cache: string): Promise<void> {
  const dataset = sampleDataset({ "a.bin": BYTES }, address);
  const paths = await obtainFiles(dataset, { ...QUICK, cache });
  assertEquals(await Deno.readFile(paths.get("a.bin")!), BYTES);
  assertEquals(await cachedNames(cache), ["a.bin"]);
}

permittedTest(
  "obtainFiles() downloads, tells licence and progress, and downloads once",
  TRANSFER,
  async () => {
    const files: Record<string, Uint8Array> = { "a.bin": BYTES, "b.bin": sampleBytes(10, 2) };
    await using server = flakyServer((request) =>
      wholeOrRange(files[request.path.split("/").at(-1)!], request)
    );
    await using cache = await temporaryFolder();
    const told: string[] = [], progress: DataProgress[] = [];
    const options = {
      ...QUICK,
      cache: cache.path,
      onLicence: ({ licence }: { licence: string }) => told.push(licence),
      onProgress: (report: DataProgress) => progress.push(report),
    };
    const dataset = sampleDataset(files, server.address);
    const paths = await obtainFiles(dataset, options);
    assertEquals([...paths.keys()], ["a.bin", "b.bin"]);
    for (const [name, path] of paths) assertEquals(await Deno.readFile(path), files[name]);
    assertEquals(told, ["Free for all."]);
    assert(progress.every(({ bytes }, i) => i === 0 || bytes >= progress[i - 1].bytes));
    assertEquals(progress.filter((report) => report.isComplete).map(({ bytes }) => bytes), [
      200_000,
      200_010,
    ]);
    await obtainFiles(dataset, options);
    assertEquals(server.requests.length, 2);
    assertEquals(told.length, 1);
  },
);

permittedTest("a transfer that breaks goes on where it broke", TRANSFER, async () => {
  await using server = flakyServer(firstly(brokenAt(50_000), brokenAt(70_000), () => null));
  await using cache = await temporaryFolder();
  await fetchSample(server.address, cache.path);
  const froms = server.requests.map((request) => request.from);
  assertEquals(froms, [undefined, 50_000, 120_000, 120_000]);
});

permittedTest(
  "a server that ignores Range sends it all again, and the file is right",
  TRANSFER,
  async () => {
    await using server = flakyServer(firstly(brokenAt(50_000), () => ({ body: BYTES })));
    await using cache = await temporaryFolder();
    await fetchSample(server.address, cache.path);
    assertEquals(server.requests.map((request) => request.from), [undefined, 50_000]);
  },
);

permittedTest(
  "a server that answers another range than asked for is asked again",
  TRANSFER,
  async () => {
    const shifted = () => wholeOrRange(BYTES, { path: "", from: 60_000 });
    await using server = flakyServer(firstly(brokenAt(50_000), shifted));
    await using cache = await temporaryFolder();
    await fetchSample(server.address, cache.path);
    assertEquals(server.requests.length, 3);
  },
);

permittedTest("a kept beginning that is not the file's is thrown away", TRANSFER, async () => {
  await using server = flakyServer(firstly());
  for (const [kept, requests] of [[30_000, 2], [200_000, 1], [300_000, 1]]) {
    await using cache = await temporaryFolder();
    await Deno.mkdir(`${cache.path}/sample`);
    await Deno.writeFile(`${cache.path}/sample/a.bin.part`, sampleBytes(kept, 9));
    const before = server.requests.length;
    await fetchSample(server.address, cache.path);
    assertEquals(server.requests.length - before, requests);
  }
});

permittedTest(
  "a damaged file in the cache is replaced; one found whole is hashed again on `verify` alone",
  TRANSFER,
  async () => {
    await using server = flakyServer(firstly());
    await using cache = await temporaryFolder();
    const dataset = sampleDataset({ "a.bin": BYTES }, server.address);
    const path = `${cache.path}/sample/a.bin`;
    await Deno.mkdir(`${cache.path}/sample`);
    await Deno.writeFile(path, BYTES.subarray(1));
    await fetchSample(server.address, cache.path);
    await Deno.writeFile(path, sampleBytes(BYTES.length, 9));
    await obtainFiles(dataset, { ...QUICK, cache: cache.path });
    assertEquals(await Deno.readFile(path), BYTES);
    await obtainFiles(dataset, { ...QUICK, cache: cache.path });
    await Deno.writeFile(path, sampleBytes(BYTES.length, 9));
    await obtainFiles(dataset, { ...QUICK, cache: cache.path });
    assertEquals(server.requests.length, 2); // not hashed again
    await obtainFiles(dataset, { ...QUICK, cache: cache.path, verify: true });
    assertEquals(await Deno.readFile(path), BYTES);
  },
);

const html = new TextEncoder().encode("\n<!DOCTYPE html><html><body>Log in, please.</body></html>");

/** What a server does for good; the error; how often it is asked with three attempts. */
const faults: [name: string, answer: () => Answer | null | "silence", DataErrorCode, number][] = [
  ["closes at once", () => null, "unreachable", 3],
  ["closes after the head", () => ({ body: BYTES, sent: 0 }), "broken-transfer", 3],
  ["says nothing", () => "silence", "timeout", 3],
  ["falls silent in the body", () => ({ body: BYTES, sent: 9, then: "silence" }), "timeout", 3],
  ["ends early but correctly", () => ({ body: BYTES.subarray(9) }), "broken-transfer", 3],
  ["sends wrong bytes", () => ({ body: sampleBytes(BYTES.length, 9) }), "wrong-hash", 1],
  ["sends too many bytes", () => ({ body: sampleBytes(BYTES.length + 1) }), "wrong-hash", 1],
  ["answers 404", () => ({ status: "404 Not Found" }), "http-status", 1],
  ["answers 403", () => ({ status: "403 Forbidden", body: html }), "http-status", 1],
  ["answers 500", () => ({ status: "500 Internal Server Error" }), "http-status", 3],
  ["answers 429", () => ({ status: "429 Too Many Requests" }), "http-status", 3],
  ["sends HTML", () => ({ headers: { "Content-Type": "text/html" }, body: html }), "html-page", 1],
  ["sends HTML under another name", () => ({ body: html }), "html-page", 1],
];

for (const [name, answer, code, asked] of faults) {
  permittedTest(
    `a server that ${name}: error "${code}", nothing stored, a later try works`,
    TRANSFER,
    async () => {
      let isWell = false;
      await using server = flakyServer((request) =>
        isWell ? wholeOrRange(BYTES, request) : answer()
      );
      await using cache = await temporaryFolder();
      const dataset = sampleDataset({ "a.bin": BYTES }, server.address);
      const error = await assertRejects(
        () => obtainFiles(dataset, { ...QUICK, attempts: 3, cache: cache.path }),
        DataError,
      );
      assertEquals([error.code, error.dataset, error.file], [code, "sample", "a.bin"]);
      assertStringIncludes(
        error.message,
        `Cannot fetch sample/a.bin from ${server.address}/source`,
      );
      assertStringIncludes(error.message, "expected ");
      assertEquals(server.requests.length, asked);
      assert(!(await cachedNames(cache.path)).includes("a.bin"));
      isWell = true;
      await fetchSample(server.address, cache.path);
    },
  );
}

permittedTest(
  'nobody at the address: error "unreachable", and the mirror\'s fault is told as well',
  TRANSFER,
  async () => {
    const gone = flakyServer(() => null);
    await gone[Symbol.asyncDispose]();
    await using cache = await temporaryFolder();
    const dataset = sampleDataset({ "a.bin": BYTES }, gone.address);
    const options = { ...QUICK, mirror: `${gone.address}/mirror/`, attempts: 1, cache: cache.path };
    const error = await assertRejects(() => obtainFiles(dataset, options), DataError);
    assertEquals(error.code, "unreachable");
    assertStringIncludes(error.message, `${gone.address}/mirror/sample/a.bin`);
    assertStringIncludes(
      error.message,
      `; then: Cannot fetch sample/a.bin from ${gone.address}/source`,
    );
  },
);

permittedTest(
  "a mirror that is down is asked once, then everything comes from the source",
  TRANSFER,
  async () => {
    const files = { "a.bin": BYTES, "b.bin": BYTES };
    await using server = flakyServer((request) =>
      request.path.startsWith("/mirror") ? null : wholeOrRange(BYTES, request)
    );
    await using cache = await temporaryFolder();
    const mirror = `${server.address}/mirror`;
    await obtainFiles(sampleDataset(files, server.address), {
      ...{ ...QUICK, mirror, attempts: 1, cache: cache.path },
    });
    assertEquals(
      server.requests.map((request) => request.path),
      ["/mirror/sample/a.bin", "/source/a.bin", "/source/b.bin"],
    );
  },
);

permittedTest(
  "what came before giving up, or before a stop, is kept for the next run",
  TRANSFER,
  async () => {
    const stopper = new AbortController();
    await using server = flakyServer(firstly(
      brokenAt(50_000),
      (request) => ({ ...brokenAt(20_000)(request), then: "silence" }),
    ));
    await using cache = await temporaryFolder();
    const dataset = sampleDataset({ "a.bin": BYTES }, server.address);
    const options = { ...QUICK, attempts: 1, cache: cache.path };
    await assertRejects(() => obtainFiles(dataset, options), DataError, "got 50000");
    assertEquals(await cachedNames(cache.path), ["a.bin.part"]);
    const onProgress = ({ bytes }: DataProgress) => {
      if (bytes === 70_000) stopper.abort(new Error("stopped by hand"));
    };
    const stopped = { ...options, timeout: 5_000, signal: stopper.signal, onProgress };
    await assertRejects(() => obtainFiles(dataset, stopped), Error, "stopped by hand");
    await fetchSample(server.address, cache.path);
    assertEquals(server.requests.map((request) => request.from), [undefined, 50_000, 70_000]);
  },
);

permittedTest(
  "partial files of dead processes are taken over, those of living ones are left alone",
  TRANSFER,
  async () => {
    await using server = flakyServer(firstly());
    await using cache = await temporaryFolder();
    const left = `${cache.path}/sample/a.bin.0b1e.part`;
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await Deno.mkdir(`${cache.path}/sample`);
    await Deno.writeFile(left, BYTES.subarray(0, 40_000));
    await Deno.utime(left, minutesAgo(0), minutesAgo(1));
    const dataset = sampleDataset({ "a.bin": BYTES }, server.address);
    await obtainFiles(dataset, { ...QUICK, cache: cache.path });
    assertEquals(await cachedNames(cache.path), ["a.bin", "a.bin.0b1e.part"]);
    await Deno.utime(left, minutesAgo(0), minutesAgo(11));
    await Deno.remove(`${cache.path}/sample/a.bin`);
    await fetchSample(server.address, cache.path);
    assertEquals(server.requests.map((request) => request.from), [undefined, 40_000]);
  },
);

permittedTest(
  "whatever a server does, the cache holds the right file or none (property)",
  TRANSFER,
  async () => {
    const behaviour = fc.record({
      kind: fc.constantFrom("whole", "range", "wrong", "error", "close"),
      sent: fc.nat(3_000),
    });
    const bytes = sampleBytes(3_000);
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { maxLength: 6 }), async (behaviours) => {
        await using server = flakyServer((request, count) => {
          const { kind, sent } = behaviours[count] ?? { kind: "range", sent: 3_000 };
          if (kind === "close") return null;
          if (kind === "error") return { status: "503 Service Unavailable" };
          if (kind === "wrong") return { body: sampleBytes(3_000, 9), sent };
          if (kind === "whole") return { body: bytes, sent };
          return { ...wholeOrRange(bytes, request), sent };
        });
        await using cache = await temporaryFolder();
        const dataset = sampleDataset({ "a.bin": bytes }, server.address);
        const options = { ...QUICK, attempts: 10, cache: cache.path };
        let last: unknown;
        for (let run = 0; run < 8; run++) {
          last = await obtainFiles(dataset, options).catch((error) => error);
          if (last instanceof Map) break;
          assert(last instanceof DataError, String(last));
          assert(!(await cachedNames(cache.path)).includes("a.bin"));
        }
        assert(last instanceof Map, String(last)); // the server is well in the end
        assertEquals(await Deno.readFile(`${cache.path}/sample/a.bin`), bytes);
      }),
      { numRuns: 30 },
    );
  },
);

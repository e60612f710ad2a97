import { mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { countModel } from "../../site/typing/corpus_model.ts";
import { buildSite } from "../../tools/build_site.ts";
import { browserObstacle, launchChromium } from "./_browser.ts";

const TYPES: Record<string, string> = {
  html: "text/html",
  css: "text/css",
  txt: "text/plain; charset=utf-8",
  js: "text/javascript",
  wasm: "application/wasm",
};

/** Serves a folder of files on a free port. */
function serve(folder: string): Deno.HttpServer<Deno.NetAddr> {
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  return Deno.serve(options, async ({ url }) => {
    const name = new URL(url).pathname.slice(1) || "index.html";
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)];
    return new Response(await Deno.readFile(`${folder}/${name}`), {
      headers: { "content-type": type },
    });
  });
}

/** Red, green and blue of the plane at a place given in shares of its sides. */
async function colorAt(page: Page, [x, y]: readonly [number, number]): Promise<number[]> {
  return await page.locator("#plane").evaluate((element, [x, y]) => {
    const canvas = element as unknown as {
      width: number;
      height: number;
      getContext(kind: "2d"): {
        getImageData(...box: number[]): { data: Uint8ClampedArray };
      };
    };
    const place = [x * canvas.width, y * canvas.height];
    return [...canvas.getContext("2d").getImageData(...place, 1, 1).data.subarray(0, 3)];
  }, [x, y]);
}

/** Waits until a place is bluer than red, or redder than blue. */
async function waitForColor(
  page: Page,
  place: readonly [number, number],
  wanted: "blue" | "orange",
): Promise<void> {
  for (const start = performance.now(); performance.now() - start < 20_000;) {
    const [red, , blue] = await colorAt(page, place);
    if (wanted === "blue" ? blue > red + 40 : red > blue + 40) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`the plane at ${place} did not turn ${wanted}`);
}

/** Clicks into the plane as a reader does, with the class chosen in the form. */
async function placePoints(
  page: Page,
  label: string,
  places: readonly (readonly [number, number])[],
): Promise<void> {
  await page.locator("select[name=label]").selectOption(label);
  const box = (await page.locator("#plane").boundingBox())!;
  for (const [x, y] of places) {
    await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
  }
}

/** The boundary follows the points that a reader places. */
async function checkBoundary(page: Page): Promise<void> {
  await page.locator("#engine").filter({ hasText: "wasm" }).waitFor();
  await page.locator("select[name=data]").selectOption("none");
  await page.locator("#status").filter({ hasText: "no points yet" }).waitFor();
  await placePoints(page, "0", [[0.2, 0.3], [0.25, 0.2], [0.2, 0.5]]);
  await placePoints(page, "1", [[0.8, 0.3], [0.75, 0.2], [0.8, 0.5]]);
  await waitForColor(page, [0.1, 0.6], "blue");
  await waitForColor(page, [0.9, 0.6], "orange");
  await waitForColor(page, [0.12, 0.95], "blue");
  await placePoints(page, "1", [[0.1, 0.9], [0.15, 0.85], [0.2, 0.9]]);
  await waitForColor(page, [0.12, 0.95], "orange");
  assertMatch(await page.locator("#status").textContent() ?? "", /of 9 points wrong/);
  assert(await page.locator("#losses svg").count() === 1);
}

/** Models counted in the page complete a word as it is typed. */
async function checkTyping(page: Page): Promise<void> {
  const speeches = page.locator("#models section").first();
  await speeches.locator(".status").filter({ hasText: "2,070,018 words" }).waitFor({
    timeout: 90_000, // counted in the page, 2 s where nothing else runs
  });
  await page.locator("#text").fill("the united sta");
  await speeches.locator(".suggestions button", { hasText: "states" }).first().click();
  assertEquals(await page.locator("#text").inputValue(), "the united states ");
  assertMatch(await speeches.locator(".surprise").textContent() ?? "", /perplexity \d+/);
  await speeches.locator("select[name=order]").selectOption("1");
  // P(the) is the greatest of all where nothing before is seen
  await speeches.locator(".suggestions li").first().filter({ hasText: "the" }).waitFor();

  const { promise: late, resolve: arrive } = Promise.withResolvers<void>();
  await page.route("**/state-of-the-union.txt", async (route) => {
    await late;
    const text = await (await route.fetch()).text();
    await route.fulfill({ body: text.split("\n").slice(0, 1000).join("\n") });
  });
  await page.reload();
  await speeches.locator("select[name=corpus]").selectOption("moby-dick");
  const status = speeches.locator(".status");
  await status.filter({ hasText: "words," }).waitFor({ timeout: 90_000 });
  const before = await status.textContent(), answered = page.waitForResponse("**/state-*.txt");
  arrive();
  await answered;
  await page.waitForTimeout(1500); // counting a thousand lines takes less
  assertEquals(await status.textContent(), before);
}

Deno.test("a corpus that could not be loaded is asked for again", async () => {
  const { fetch } = globalThis,
    settings = { corpus: "x", order: 1, smoothing: "maximumLikelihood" } as const;
  try {
    globalThis.fetch = () => Promise.resolve(new Response("", { status: 503 }));
    await assertRejects(() => countModel(settings), Error, "the server answered 503");
    globalThis.fetch = () => Promise.resolve(new Response("a b .\na c .\n"));
    assertEquals((await countModel(settings)).tokens, 8);
  } finally {
    globalThis.fetch = fetch;
  }
});

/** A parser trained in the page goes through the lecture's sentence. */
async function checkParsing(page: Page): Promise<void> {
  await page.locator("#workings").waitFor({ timeout: 90_000 });
  const words = async (id: string) => await page.locator(`#${id} .word`).allTextContents();
  assertEquals(await words("stack"), ["ROOT"]);
  assertEquals(await words("buffer"), ["He", "has", "good", "control", "."]);
  assertEquals(await page.locator("#transition").textContent(), "SHIFT");
  for (let i = 0; i < 2; i++) await page.locator("#on").click();
  assertEquals(await words("stack"), ["ROOT", "He", "has"]);
  assertEquals(await page.locator("#transition").textContent(), "LEFT-ARC nsubj");
  assert((await page.locator("#indicators").textContent())?.includes("s0.tag=VBZ"));
  await page.locator("#text").fill("The dog sleeps.");
  await page.locator("#buffer .word", { hasText: "sleeps" }).waitFor();
  assertEquals(await words("buffer"), ["The", "dog", "sleeps", "."]);
}

const reason = browserObstacle();
Deno.test({
  name: `the browser pages: points move a boundary, typed words get suggestions, a parser steps${
    reason ? ` (${reason})` : ""
  }`,
  ignore: reason !== undefined,
  fn: async (t) => {
    const folder = mkdtempSync(fileURLToPath(new URL("_tmp-", import.meta.url)));
    await buildSite(folder);
    const server = serve(folder), browser = await launchChromium();
    try {
      const checks = { boundary: checkBoundary, typing: checkTyping, parsing: checkParsing };
      for (const [name, check] of Object.entries(checks)) {
        await t.step(name, async () => {
          const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
          const errors: string[] = [];
          page.on("pageerror", ({ message }) => errors.push(message));
          await page.goto(`http://127.0.0.1:${server.addr.port}/${name}.html`);
          await check(page);
          assertEquals(errors, []);
        });
      }
    } finally {
      await browser.close();
      await server.shutdown();
      rmSync(folder, { recursive: true });
    }
  },
});

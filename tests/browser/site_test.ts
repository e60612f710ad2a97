import { mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { buildSite } from "../../tools/build_site.ts";
import { browserObstacle, launchChromium } from "./_browser.ts";

const TYPES: Record<string, string> = {
  html: "text/html",
  css: "text/css",
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

const reason = browserObstacle();
Deno.test({
  name: `a reader places points in the browser page and the boundary moves${
    reason ? ` (${reason})` : ""
  }`,
  ignore: reason !== undefined,
  fn: async () => {
    const folder = mkdtempSync(fileURLToPath(new URL("_tmp-", import.meta.url)));
    buildSite(folder);
    const server = serve(folder), browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const errors: string[] = [];
      page.on("pageerror", ({ message }) => errors.push(message));
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      await page.locator("#engine").filter({ hasText: "wasm" }).waitFor();
      await page.locator("select[name=data]").selectOption("none");
      assertMatch(await page.locator("#status").textContent() ?? "", /no points yet/);
      await placePoints(page, "0", [[0.2, 0.3], [0.25, 0.2], [0.2, 0.5]]);
      await placePoints(page, "1", [[0.8, 0.3], [0.75, 0.2], [0.8, 0.5]]);
      await waitForColor(page, [0.1, 0.6], "blue");
      await waitForColor(page, [0.9, 0.6], "orange");
      const corner = [[0.1, 0.9], [0.15, 0.85], [0.2, 0.9]] as const;
      await waitForColor(page, [0.12, 0.95], "blue");
      await placePoints(page, "1", corner);
      await waitForColor(page, [0.12, 0.95], "orange");
      assertMatch(await page.locator("#status").textContent() ?? "", /of 9 points wrong/);
      assert(await page.locator("#losses svg").count() === 1);
      assertEquals(errors, []);
    } finally {
      await browser.close();
      await server.shutdown();
      rmSync(folder, { recursive: true });
    }
  },
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { codeCells, formatNotebook, parseNotebook } from "../../tools/jupyter/ipynb.ts";
import { hasJupyter, HOW_TO_INSTALL } from "../../tools/jupyter/lab.ts";
import { browserObstacle, launchChromium } from "./_browser.ts";
import { LabServer } from "./_lab_server.ts";

const NOTEBOOK = "10-n-gram-language-models";
const ERRORS = '[data-mime-type$="jupyter.error"]';

/** In the page: the notebook's kernel is connected and has nothing to do. */
const IS_IDLE = `(() => {
  const context = globalThis.jupyterapp?.shell.currentWidget?.sessionContext;
  const kernel = context?.isReady && context.session?.kernel;
  return kernel && kernel.connectionStatus === "connected" && kernel.status === "idle";
})()`;

/** Why the test cannot run here, if it cannot. */
function obstacle(): string | undefined {
  return browserObstacle() ?? (hasJupyter() ? undefined : HOW_TO_INSTALL);
}

/** Runs all cells of the notebook in an open page of JupyterLab by its Run menu. */
async function runAllCells(page: Page, lastNumber: number): Promise<void> {
  await page.waitForFunction(IS_IDLE); // the indicator in the toolbar says idle too early
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
  const last = page.locator(`.jp-CodeCell .jp-InputPrompt >> text="[${lastNumber}]:"`);
  await last.waitFor({ timeout: 90_000 });
  await page.waitForFunction(IS_IDLE);
}

/** The figures are drawn by plotly, and the mouse finds the value of a bar. */
async function assertLiveFigures(page: Page): Promise<void> {
  const plots = page.locator(".js-plotly-plot");
  await plots.first().waitFor({ timeout: 10_000 }).catch(() => {
    throw new Error("no figure is drawn by plotly (its renderer is missing? pip install plotly)");
  });
  await plots.first().scrollIntoViewIfNeeded();
  const bar = await plots.first().locator(".bars .point path").first().boundingBox();
  await page.mouse.move(bar!.x + bar!.width / 2, bar!.y + bar!.height / 2);
  const value = await plots.first().locator(".hoverlayer .hovertext").first().textContent();
  assertMatch(value ?? "", /\d/);
}

/** Opened where no script may run, every figure of an exported page is a picture with a size. */
async function assertStaticFigures(page: Page): Promise<void> {
  const images = await page.locator(".jp-OutputArea img").all();
  assert(images.length > 0, "no picture in the exported page");
  for (const image of images) {
    const width = await image.evaluate((element) =>
      (element as unknown as { naturalWidth: number }).naturalWidth
    );
    assert(width > 0, "a picture without a size");
  }
}

/** Writes the committed notebook as HTML, and a copy of it that has never been run. */
async function prepare(root: string): Promise<{ codeCells: number }> {
  const path = fileURLToPath(new URL(`../../notebooks/${NOTEBOOK}.ipynb`, import.meta.url));
  const notebook = parseNotebook(readFileSync(path, "utf8"), path);
  const { success } = await new Deno.Command("jupyter", {
    args: ["nbconvert", "--to=html", "--log-level=ERROR", `--output-dir=${root}`, path],
  }).output();
  assert(success, "jupyter nbconvert failed");
  for (const cell of codeCells(notebook)) {
    cell.outputs = [];
    cell.execution_count = null;
  }
  writeFileSync(join(root, `${NOTEBOOK}.ipynb`), formatNotebook(notebook));
  return { codeCells: codeCells(notebook).length };
}

const reason = obstacle();
Deno.test({
  name: `a browser runs notebook 10 in JupyterLab, sees live figures, and static ones without ` +
    `scripts${reason ? ` (${reason})` : ""}`,
  ignore: reason !== undefined,
  fn: async () => {
    const root = mkdtempSync(fileURLToPath(new URL("_tmp-", import.meta.url)));
    const { codeCells } = await prepare(root);
    const server = await LabServer.start({ root, memory: join(root, ".memory") });
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
      await page.goto(server.pageOf(`${NOTEBOOK}.ipynb`));
      await runAllCells(page, codeCells);
      assertEquals(await page.locator(ERRORS).allTextContents(), []);
      await assertLiveFigures(page);
      const withoutScripts = await browser.newContext({ javaScriptEnabled: false });
      const exported = await withoutScripts.newPage();
      await exported.goto(`file://${join(root, NOTEBOOK)}.html`, { waitUntil: "domcontentloaded" });
      await assertStaticFigures(exported);
    } finally {
      await browser.close();
      await server.stop();
      rmSync(root, { recursive: true });
    }
  },
});

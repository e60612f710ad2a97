import type { Browser } from "playwright-core";

/** Chromium as it must be started where there is no display, no GPU and maybe no sandbox. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Whether the command `chromium` may be run and is there. */
export function hasChromium(): boolean {
  return Deno.permissions.querySync({ name: "run", command: "chromium" }).state === "granted";
}

/** Starts Debian's Chromium with a fresh profile. */
export async function launchChromium(): Promise<Browser> {
  Deno.env.set("__IS_WSL_TEST__", "1"); // else playwright-core looks into /proc, which is refused
  const { chromium } = await import("playwright-core");
  return await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

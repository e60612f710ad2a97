import type { Browser } from "playwright-core";
import { isGranted } from "../_support/permitted.ts";

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

/** Why no browser can be started here, if none can. */
export function browserObstacle(): string | undefined {
  if (!isGranted("read", "write", "env", "net", "sys")) return "needs permission: deno test -P";
  const { state } = Deno.permissions.querySync({ name: "run", command: "chromium" });
  return state === "granted"
    ? undefined
    : "Chromium is missing; to install it: apt-get install chromium";
}

/** Starts Debian's Chromium with a fresh profile. */
export async function launchChromium(): Promise<Browser> {
  Deno.env.set("__IS_WSL_TEST__", "1"); // else playwright-core looks into /proc, which is refused
  const { chromium } = await import("playwright-core");
  return await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

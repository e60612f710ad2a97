/**
 * Tests ask for what they need: under plain `deno test` nothing is granted, and a test that needs
 * something is ignored instead of failing.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, datasets } from "#lib/data/mod.ts";

/** Whether every one of these permissions is granted (asked without prompting). */
export function isGranted(...descriptors: Deno.PermissionDescriptor[]): boolean {
  return descriptors.every((each) => Deno.permissions.querySync(each).state === "granted");
}

/** Whether files, and environment variables, may be read. */
export const mayRead: boolean = isGranted({ name: "read" }, { name: "env" });

/** Whether the downloaded corpora are at hand: in the cache, or on the mirror. */
export const hasMirror: boolean = mayRead &&
  (!!Deno.env.get("LECTURE_MIRROR") ||
    datasets.every(({ id }) => existsSync(join(cacheFolder(), id))));

/**
 * Text snapshots: the expected text comes as an import (`with { type: "text" }`), so that plain
 * `deno test` can compare it; `UPDATE_SNAPSHOTS=1 deno test -P …` writes it anew.
 *
 * @module
 */
import { assertEquals } from "@std/assert";

/** Fails unless `actual` is the text of the snapshot; with UPDATE_SNAPSHOTS set, writes it. */
export function assertSnapshot(name: string, expected: string, actual: string): void {
  const env = Deno.permissions.querySync({ name: "env", variable: "UPDATE_SNAPSHOTS" });
  if (env.state === "granted" && Deno.env.get("UPDATE_SNAPSHOTS")) {
    Deno.writeTextFileSync(new URL(`../snapshots/${name}`, import.meta.url), actual);
  } else {
    assertEquals(actual, expected, `${name} differs (UPDATE_SNAPSHOTS=1 writes it anew)`);
  }
}

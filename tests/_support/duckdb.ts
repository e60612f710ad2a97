/** Tests that load DuckDB's native library. */
import { isGranted } from "./permission.ts";

/** Whether DuckDB may be loaded, and files be written. */
export const mayUseDuckDb: boolean = isGranted(
  { name: "read" },
  { name: "write" },
  { name: "env" },
  { name: "ffi", path: "./node_modules/.deno" },
);

/** A test with a temporary folder; ignored where DuckDB may not be loaded. */
export function duckdbTest(name: string, run: (folder: string) => Promise<void>): void {
  const title = mayUseDuckDb ? name : `${name} (needs permission: deno test -P)`;
  Deno.test({
    name: title,
    ignore: !mayUseDuckDb,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        await run(folder);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

import { assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";

const needed = [{ name: "read" }, { name: "env" }, { name: "ffi" }] as const;
const states = await Promise.all(needed.map((permission) => Deno.permissions.query(permission)));

Deno.test({
  name: "a library LECTURE_BLAS names must do (needs --allow-ffi, --allow-read, --allow-env)",
  ignore: states.some(({ state }) => state !== "granted") || Deno.build.os !== "linux",
  fn: async () => {
    const before = Deno.env.get("LECTURE_BLAS");
    const refusals = { "/no/such/library.so": "not found", "libc.so.6": "it has no cblas_sgemm" };
    try {
      for (const [library, why] of Object.entries(refusals)) {
        Deno.env.set("LECTURE_BLAS", library);
        const message = `Cannot use LECTURE_BLAS (unset it to search): ${library}: ${why}`;
        await assertRejects(() => engine({ prefer: "native" }), Error, message);
      }
    } finally {
      if (before === undefined) Deno.env.delete("LECTURE_BLAS");
      else Deno.env.set("LECTURE_BLAS", before);
    }
  },
});

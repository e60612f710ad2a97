import { assertRejects } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { permittedTest } from "../_support/permitted.ts";

permittedTest("a library LECTURE_BLAS names must do", ["read", "env", "ffi"], async () => {
  const before = Deno.env.get("LECTURE_BLAS");
  const refusals = { "/no/such/library.so": "not found", "libc.so.6": "it has no cblas_sgemm" };
  if (Deno.build.os !== "linux") return; // other systems have other messages
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
});

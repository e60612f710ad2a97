import { assert, assertStringIncludes } from "@std/assert";
import { mayRead } from "./_support/permission.ts";
import { permittedTest } from "./_support/permitted.ts";

if (!mayRead) console.log("Tests that need files or programs are ignored: deno test -P runs all.");

permittedTest("plain deno test passes and says which flag it lacks", ["run", "read"], async () => {
  const { success, stdout } = await new Deno.Command("deno", {
    args: ["test", "--no-check", "tests/permissions_test.ts", "tests/random"],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "null",
  }).output();
  const printed = new TextDecoder().decode(stdout);
  assert(success, printed);
  assertStringIncludes(printed, "deno test -P runs all");
});

import { assert, assertMatch } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { permittedTest } from "../_support/permitted.ts";

const MAIN = `
import { engine } from "jsr:@cs224n/lecture5/engine";

const { tf, operations, kind } = await engine({ prefer: "wasm" });
const loss = operations.crossEntropy(tf.tensor2d([[2, 0]]), tf.tensor1d([0], "int32"));
console.log(kind, loss.dataSync()[0].toFixed(4));
`;

permittedTest("another project uses the engine by one link and one import", [
  ...["read", "write", "run"] as const,
], async () => {
  const folder = await Deno.makeTempDir();
  try {
    const links = [fileURLToPath(new URL("../..", import.meta.url))];
    await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify({ links }));
    await Deno.writeTextFile(join(folder, "main.ts"), MAIN);
    const { success, stdout, stderr } = await new Deno.Command("deno", {
      args: ["run", "--quiet", "--allow-read", "--allow-env", "main.ts"],
      cwd: folder,
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    assertMatch(new TextDecoder().decode(stdout), /^wasm 0\.1269$/m);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

import { assert } from "@std/assert";
import readme from "../../README.md" with { type: "text" };
import { parserTables } from "../../tools/readme_parsers.ts";
import { mayRead } from "../_support/permission.ts";

/** The rows of a text's Markdown tables; how they are aligned does not matter. */
function lines(markdown: string): string[] {
  return markdown.split("\n").filter((line) => line.startsWith("|") && !/^\|[\s:|-]*$/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()).join("|"));
}

Deno.test({
  name: "what README.md says of parsers stands in results/ (deno task readme-parsers writes it)",
  ignore: !mayRead,
  fn: async () => {
    const [, after] = readme.split("<!-- begin of the parsers");
    const [inside] = after.split("<!-- end of the parsers -->");
    const recorded = new Set(lines(await parserTables()));
    assert(lines(inside).length > 10);
    for (const line of lines(inside)) assert(recorded.has(line), `not in results/: ${line}`);
  },
});

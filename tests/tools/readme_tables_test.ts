import { assert, assertEquals } from "@std/assert";
import readme from "../../README.md" with { type: "text" };
import { markdown, marks, readmeTables } from "../../tools/readme_tables.ts";
import { mayRead } from "../_support/permission.ts";

/** The rows of a text's Markdown tables; how they are aligned does not matter. */
function lines(markdown: string): string[] {
  return markdown.split("\n").filter((line) => line.startsWith("|") && !/^\|[\s:|-]*$/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()).join("|"));
}

for (const table of readmeTables) {
  Deno.test({
    name: `README.md has what results/ say of ${table.name} (deno task readme-tables)`,
    ignore: !mayRead,
    fn: async () => {
      const [begin, end] = marks(table);
      const inside = readme.slice(readme.indexOf(begin), readme.indexOf(end));
      const found = lines(inside);
      assert(found.length > 4);
      assertEquals(found, lines(await markdown(table)));
    },
  });
}

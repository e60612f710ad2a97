import { assertEquals } from "@std/assert";
import { splitHyphens } from "#lib/tables/_agreed_text.ts";
import { withPlainQuotes } from "#lib/tables/_raw_text.ts";

Deno.test("raw text is split and quoted as English-EWT is", () => {
  assertEquals(splitHyphens(["long-term", "-", "--", "up-to-date", "pre-"]), [
    ...["long", "-", "term", "-", "--", "up", "-", "to", "-", "date", "pre-"],
  ]);
  assertEquals(withPlainQuotes(["``", "No", "''", "he", "'s"]), ['"', "No", '"', "he", "'s"]);
});

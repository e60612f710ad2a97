import { assertEquals, assertThrows } from "@std/assert";
import { scaleFromEnvironment } from "#lib/plot/mod.ts";
import { permittedTest } from "../_support/permitted.ts";

permittedTest(
  "the scale is quick unless LECTURE_SCALE says full; others are refused",
  ["env"],
  () => {
    const before = Deno.env.get("LECTURE_SCALE") ?? "";
    const scaleOf = (value: string) => {
      Deno.env.set("LECTURE_SCALE", value);
      return scaleFromEnvironment();
    };
    try {
      assertEquals(scaleOf(""), "quick");
      assertEquals(scaleOf("quick"), "quick");
      assertEquals(scaleOf("full"), "full");
      assertThrows(() => scaleOf("Full"), RangeError, '"quick" or "full", got "Full"');
    } finally {
      Deno.env.set("LECTURE_SCALE", before);
    }
  },
);

import { assertEquals, assertRejects } from "@std/assert";
import { once } from "#lib/tables/_once.ts";

Deno.test("once() calls again after a failure, and never after a result", async () => {
  let calls = 0;
  const read = once(async (name: string) => {
    if (++calls === 1) throw new Error("not there");
    return await Promise.resolve(name);
  });
  const first = read("a"), beside = read("b");
  await assertRejects(() => first, Error, "not there");
  await assertRejects(() => beside, Error, "not there");
  assertEquals(calls, 1);
  assertEquals(await Promise.all([read("c"), read("d")]), ["c", "c"]);
  assertEquals([await read("e"), calls], ["c", 2]);
});

import { assert, assertEquals } from "@std/assert";
import { readPronouncingDictionary } from "#lib/data/mod.ts";

Deno.test("readPronouncingDictionary(): 124,920 words, each in one part with all it may sound like", async () => {
  const { train, dev, test } = await readPronouncingDictionary();
  assertEquals([train.length, dev.length, test.length], [106_182, 6246, 12_492]);
  const all = [...train, ...dev, ...test];
  assertEquals(new Set(all.map(({ word }) => word)).size, all.length);
  assert(all.every(({ word }) => /^[a-z']+$/.test(word)));
  const phonemes = new Set(all.flatMap(({ pronunciations }) => pronunciations.flat()));
  assert([...phonemes].every((phoneme) => /^[A-Z]{1,2}[012]?$/.test(phoneme)));
  assertEquals(new Set([...phonemes].map((phoneme) => phoneme.replace(/\d/, ""))).size, 39);
  const read = all.find(({ word }) => word === "read")!;
  assertEquals(read.pronunciations, [["R", "EH1", "D"], ["R", "IY1", "D"]]);
});

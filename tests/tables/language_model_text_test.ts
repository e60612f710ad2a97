import { assert, assertEquals } from "@std/assert";
import { POOLED } from "#lib/tables/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { hasMirror } from "../_support/permission.ts";

Deno.test({
  name: "the pooled text: its words, and parts that share no document (needs LECTURE_MIRROR)",
  ignore: !hasMirror,
  fn: async () => {
    const parts = await Promise.all(
      (["train", "valid", "test"] as const).map((part) => POOLED.readPart(part, {})),
    );
    const { vocabulary, ids } = indexSentences(parts[0]);
    assertEquals([vocabulary.size, ids.length], [43_854, 4_925_848]);
    const [, valid, test] = parts.map((sentences) => sentences.flat().length);
    assert(valid > 200_000 && test > 200_000, `${valid}, ${test}`);
    const long = (sentences: string[][]) =>
      new Set(sentences.filter((words) => words.length > 15).map((words) => words.join(" ")));
    const shared = long(parts[1]).intersection(long(parts[2]));
    assert(shared.size < 30, `${shared.size} long sentences in both`); // the same news told twice
  },
});

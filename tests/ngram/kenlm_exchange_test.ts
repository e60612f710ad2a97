import { assert, assertAlmostEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fit } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey, readArpa, writeArpa } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { isGranted } from "../_support/permission.ts";
import { toySentences } from "../_support/toy_text.ts";

const python = fileURLToPath(new URL("../../.cache/kenlm/venv/bin/python", import.meta.url));
const lmplz = fileURLToPath(new URL("../../.cache/kenlm/bin/lmplz", import.meta.url));

function canRun(program: string): boolean {
  return isGranted({ name: "read" }, { name: "write" }, { name: "env" }, { name: "sys" }) &&
    isGranted({ name: "run", command: program }) && existsSync(program);
}

async function inFolder(fn: (at: (name: string) => string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "kenlm-"));
  try {
    await fn((name) => join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** log10 P of each sentence of a file of texts, as PyPI's kenlm finds it. */
async function kenlmScores(model: string, texts: string): Promise<number[]> {
  const script = "import kenlm, sys\n" +
    "model = kenlm.Model(sys.argv[1])\n" +
    "for line in open(sys.argv[2]): print(repr(model.score(line.strip())))\n";
  const output = await run(python, ["-c", script, model, texts]);
  return output.trim().split("\n").map(Number);
}

const texts = [...toySentences.slice(0, 20), ["the", "unheard", "dog", "sat"], ["students"]];
const asLines = (sentences: readonly (readonly string[])[]) =>
  sentences.map((words) => words.join(" ")).join("\n") + "\n";

for (const prune of [[0], [0, 1]]) {
  Deno.test({
    name: `KenLM reads our ARPA and finds our probabilities, prune ${prune}` +
      ` (needs bench/ngram/setup_kenlm.sh)`,
    ignore: !canRun(python),
    fn: () =>
      inFolder(async (at) => {
        const { vocabulary, ids } = indexSentences(toySentences);
        const counts = countNgrams(ids, { order: 3, vocabulary });
        const model = kneserNey(counts, { onBadDiscount: "fallback", prune });
        await writeArpa(at("ours.arpa"), model);
        await writeFile(at("texts"), asLines(texts));
        const theirs = await kenlmScores(at("ours.arpa"), at("texts"));
        for (const [i, words] of texts.entries()) {
          const { nats } = fit(model, vocabulary.encodeSentences([words]));
          assertAlmostEquals(-nats / Math.LN10, theirs[i], 1e-4, words.join(" "));
        }
      }),
  });
}

Deno.test({
  name: "lmplz's ARPA, read by us, gives KenLM's probabilities (needs bench/ngram/setup_kenlm.sh)",
  ignore: !canRun(python) || !canRun(lmplz),
  fn: () =>
    inFolder(async (at) => {
      await writeFile(at("toy.txt"), asLines(toySentences));
      await writeFile(at("texts"), asLines(texts));
      const settings = ["-o", "3", "-S", "64M", "--vocab_estimate", "1000", "--discount_fallback"];
      await run(lmplz, [...settings, "--text", at("toy.txt"), "--arpa", at("kenlm.arpa")]);
      const model = await readArpa(at("kenlm.arpa"));
      const theirs = await kenlmScores(at("kenlm.arpa"), at("texts"));
      for (const [i, words] of texts.entries()) {
        const { nats } = fit(model, model.vocabulary.encodeSentences([words]));
        assertAlmostEquals(-nats / Math.LN10, theirs[i], 1e-4, words.join(" "));
      }
    }),
});

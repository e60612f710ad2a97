import { assertAlmostEquals, assertEquals } from "@std/assert";
import { measureRows, perplexity, type Row, type Table, trigram } from "#lib/tables/mod.ts";
import { hasMirror, mayRead } from "../_support/permission.ts";

async function measured(table: Table, select: (id: string) => boolean): Promise<Map<string, Row>> {
  const rows = table.rows.filter(({ id }) => select(id));
  const options = { scale: "quick", data: {}, report: () => {} } as const;
  const out = new Map<string, Row>();
  for await (const row of measureRows({ ...table, rows }, options)) out.set(row.row, row);
  return out;
}

Deno.test('the slide\'s five words after "today the" (needs Reuters on LECTURE_MIRROR)', {
  ignore: !hasMirror,
}, async () => {
  const rows = await measured(trigram, (id) => id.startsWith("reuters"));
  const seen = { company: 4, bank: 4, price: 2, italian: 1, emirate: 1 };
  for (const [word, count] of Object.entries(seen)) {
    const { metrics, published } = rows.get(`reuters-${word}`)!;
    assertEquals([metrics.count, metrics.contextCount, metrics.tokens], [count, 26, 1_698_067]);
    assertAlmostEquals(metrics.probability, count / 26, 1e-12);
    assertAlmostEquals(metrics.probability, published.probability as number, 1e-3);
  }
});

Deno.test("Kneser–Ney on the Penn Treebank text is KenLM's (needs ptb on LECTURE_MIRROR)", {
  ignore: !hasMirror,
}, async () => {
  const rows = await measured(perplexity, (id) => id.startsWith("ptb-kneser-ney"));
  // KenLM 4cb443e, lmplz -o 3 and -o 5 with <unk> renamed, query -v summary
  const [three, five] = [rows.get("ptb-kneser-ney-3")!, rows.get("ptb-kneser-ney-5")!];
  assertAlmostEquals(three.metrics.perplexity, 148.281, 0.002);
  assertAlmostEquals(three.metrics.validPerplexity, 157.765, 0.002);
  assertAlmostEquals(five.metrics.perplexity, 141.186, 0.002);
  assertAlmostEquals(five.metrics.validPerplexity, 148.007, 0.002);
  assertEquals(five.metrics.tokens, 82_430);
});

Deno.test(
  "Kneser–Ney on Brown, with nothing but npm packages, is KenLM's",
  { ignore: !mayRead },
  async () => {
    const rows = await measured(perplexity, (id) => id.startsWith("brown-kneser-ney"));
    assertEquals(rows.get("brown-kneser-ney-3")!.metrics.unknownTokens, 2392);
    assertAlmostEquals(rows.get("brown-kneser-ney-3")!.metrics.perplexity, 293.261, 0.01);
    assertAlmostEquals(rows.get("brown-kneser-ney-5")!.metrics.perplexity, 287.453, 0.01);
  },
);

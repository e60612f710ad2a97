import { assertAlmostEquals, assertEquals } from "@std/assert";
import { parseWordVectors } from "#lib/nn/mod.ts";
import { NeuralParser, withFurtherWords } from "#lib/parser/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { SMALL_TREEBANK } from "../_small_treebank.ts";
import { smallNetwork } from "./_small.ts";

testEngines(
  "words that training has not seen go where it has moved those it saw",
  async (engine) => {
    const network = smallNetwork(engine), { words } = network.task.lexicon;
    const E = engine.values(network.parameters.E_w), width = network.shape.widths.w;
    const seen = words.names.slice(3);
    const vectorOf = (i: number) =>
      Array.from({ length: width }, (_, k) => Math.sin(3 * i + k * k));
    const moved = (v: number[]) => v.map((_, k) => 2 * v[(k + 1) % width] - 0.5); // affine
    for (const [i] of seen.entries()) E.set(moved(vectorOf(i)), (i + 3) * width);
    const lines = [...seen, "zebra"].map((word, i) => `${word} ${vectorOf(i).join(" ")}`);
    const extended = withFurtherWords(network, parseWordVectors(lines.join("\n")));
    const all = engine.values(extended.parameters.E_w);
    assertEquals(extended.task.lexicon.words.names, [...words.names, "zebra"]);
    assertEquals(all.slice(0, E.length), E.slice());
    const expected = moved(vectorOf(seen.length)), got = all.slice(E.length);
    for (const [k, value] of expected.entries()) assertAlmostEquals(got[k], value, 1e-3);
    const parsers = [network, extended].map((each) => new NeuralParser(each));
    const [before, after] = await Promise.all(parsers.map((each) => each.parse(SMALL_TREEBANK)));
    assertEquals(after, before); // what it knew it does as before
    for (const each of [...parsers, network, extended]) each.dispose();
  },
);

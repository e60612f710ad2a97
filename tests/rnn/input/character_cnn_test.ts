import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { seeded } from "#lib/random/mod.ts";
import { buildLanguageModel, CharacterCnn, Highway, WordCharacters } from "#lib/rnn/mod.ts";
import { OpenVocabulary, Vocabulary } from "#lib/text/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { assertGradients } from "../../_support/gradients.ts";

const vocabulary = new Vocabulary(["a", "cat", "cats", "opened", "the"]);
const options = () => ({
  ...{ vocabulary, width: 4, characters: 3, filters: [2, 3, 4], random: seeded(3) },
});

Deno.test("words are characters between marks; unknown letters, marks, long words", () => {
  const alphabet = new WordCharacters(vocabulary, { longest: 6 });
  const [begin, c, a, t, end] = alphabet.encode("cat");
  assertEquals([begin, end], [1, 2]);
  assertEquals(alphabet.encode("tac"), [1, t, a, c, 2]);
  assertEquals(alphabet.encode("caß"), [1, c, a, 3, 2]);
  assertEquals(alphabet.encode("<unk>").length, 3);
  assert(alphabet.encode("</s>")[1] !== alphabet.encode("<s>")[1]);
  assertEquals(alphabet.encode("opened").length, 6);
  assertEquals(WordCharacters.windows([1, 5, 2], 2), [[1, 5], [5, 2]]);
  assertEquals(WordCharacters.windows([1, 5, 2], 5), [[1, 5, 2, 0, 0]]);
});

testEngines("character CNN: a word's vector is the same beside longer words", (engine) => {
  const { tf } = engine, layer = new CharacterCnn(engine, options());
  tf.tidy(() => {
    const alone = layer.vectors(["cat"]).dataSync();
    const beside = layer.vectors(["opened", "cat", "unopenedness"]).arraySync()[1];
    alone.forEach((v, i) => assertAlmostEquals(v, beside[i], 1e-6));
    const ids = tf.tensor2d([[6, 4, 4], [6, 3, 7]], [2, 3], "int32");
    const found = layer.lookup(ids);
    assertEquals(found.shape, [2, 3, 4]);
    const rows = tf.reshape(found, [6, 4]).arraySync() as number[][];
    [1, 2].forEach((row) => rows[row].forEach((v, i) => assertAlmostEquals(v, alone[i], 1e-6)));
  });
  layer.dispose();
});

testEngines("character CNN is the maximum over windows, written out", (engine) => {
  const { tf } = engine, layer = new CharacterCnn(engine, { ...options(), highways: 0 });
  tf.tidy(() => {
    const alphabet = new WordCharacters(vocabulary), word = "cats";
    const p = Object.fromEntries(
      Object.entries(layer.parameters).map(([name, v]) => [name, v.arraySync()]),
    ) as Record<string, number[][] & number[]>;
    const pooled = [1, 2, 3].flatMap((w) => {
      const windows = WordCharacters.windows(alphabet.encode(word), w)
        .map((ids) => ids.flatMap((id) => p.characters[id]));
      return Array.from(
        p[`k${w}`],
        (b: number, f) =>
          Math.max(
            ...windows.map((x) =>
              Math.tanh(x.reduce((sum, v, i) => sum + v * p[`K${w}`][i][f], b))
            ),
          ),
      );
    });
    const expected = Array.from(
      p.b_d,
      (b: number, j) => pooled.reduce((sum, v, i) => sum + v * p.W_d[i][j], b),
    );
    const found = layer.vectors([word]).dataSync();
    expected.forEach((v, j) => assertAlmostEquals(found[j], v, 1e-5));
  });
  layer.dispose();
});

testEngines("character CNN: gradients agree with finite differences", (engine) => {
  const { tf } = engine, layer = new CharacterCnn(engine, options());
  tf.tidy(() => {
    const ids = tf.tensor1d([6, 4, 5, 2, 6], "int32");
    const weights = tf.tensor2d(Array.from({ length: 20 }, (_, i) => Math.sin(i + 1)), [5, 4]);
    const loss = () => tf.sum(tf.mul(layer.lookup(ids), weights)).asScalar();
    assertGradients(engine, loss, layer.parameters, { step: 0.002, tolerance: 0.02 });
  });
  layer.dispose();
});

testEngines("highway with its gate closed is the identity, open it is relu(W x + b)", (engine) => {
  const { tf } = engine;
  for (const [gateBias, isOpen] of [[-100, false], [100, true]] as const) {
    const layer = new Highway(engine, { width: 3, gateBias, random: seeded(1) });
    tf.tidy(() => {
      const x = tf.tensor2d([[1, -2, 0.5], [0.1, 3, -1]]);
      const { W, b } = layer.parameters;
      const expected = isOpen ? tf.relu(tf.add(tf.matMul(x, W as never), b)) : x;
      const found = layer.apply(x).dataSync();
      expected.dataSync().forEach((v, i) => assertAlmostEquals(found[i], v, 1e-5));
    });
    layer.dispose();
  }
});

testEngines("a language model with characters as inputs scores as it predicts", (engine) => {
  const model = buildLanguageModel(engine, {
    ...{ width: 4, cell: "lstm", units: 5 },
    input: { kind: "characters", characters: 3, filters: [2, 3] },
  }, { vocabulary, random: seeded(1) });
  const text = Int32Array.of(7, 4, 2, 7, 5, 6, 2);
  const scored = model.score(text);
  let state = model.initialState();
  text.forEach((id, t) => {
    assertAlmostEquals(scored[t], model.logProbabilities(state)[id], 1e-4);
    state = model.advance(state, id);
  });
  model.dispose();
});

testEngines(
  "words known by their letters are predicted as <unk>; characters tell them apart",
  (engine) => {
    const known = vocabulary.words.slice(3), open = new OpenVocabulary(known, [["tac", "catt"]]);
    const [tac, catt] = open.encode(["tac", "catt"]), cat = open.id("cat");
    assertEquals([open.size, open.idCount], [vocabulary.size, vocabulary.size + 2]);
    for (const kind of ["characters", "words"] as const) {
      const spec = { width: 4, input: { kind, characters: 3, filters: [2, 3] } };
      const model = buildLanguageModel(engine, { ...spec, cell: "lstm", units: 5 }, {
        ...{ vocabulary: open, random: seeded(1) },
      });
      const after = (id: number) => model.advance(model.initialState(), id);
      const P = model.logProbabilities(after(tac)).map(Math.exp);
      assertEquals(P.length, vocabulary.size);
      assertAlmostEquals(P.reduce((sum, p) => sum + p, 0), 1, 1e-5);
      const same = model.score(Int32Array.of(cat, tac)),
        unknown = model.score(Int32Array.of(cat, 0));
      assertEquals(same, unknown); // read afterwards or never: both are predicted as <unk>
      const [next, other] = [tac, catt].map((id) => model.score(Int32Array.of(id, cat))[1]);
      assertEquals(next === other, kind === "words");
      assertEquals(next === model.score(Int32Array.of(0, cat))[1], kind === "words");
      const batch = { inputs: Int32Array.of(1, tac), targets: Int32Array.of(tac, cat) };
      const loss = engine.tf.tidy(() =>
        model.loss({ ...batch, steps: 2, batchSize: 1 }, { training: false, random: seeded(1) })
          .dataSync()[0]
      );
      const [first, second] = model.score(Int32Array.of(tac, cat));
      assertAlmostEquals(loss, -(first + second) / 2, 1e-5);
      model.dispose();
    }
  },
);

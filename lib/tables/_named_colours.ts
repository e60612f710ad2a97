import { holdOutEveryTenth, type NamedColor, readColorNames } from "#lib/data/mod.ts";
import { Fit, generate } from "#lib/lm/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { ConditionalLanguageModel, ConditionalPair } from "#lib/rnn/mod.ts";
import { characters, END, indexSentences, type Vocabulary } from "#lib/text/mod.ts";
import type { ConditionalPlan } from "./_conditional_run.ts";
import { once } from "./_once.ts";

const SHOWN = 22, TEMPERATURE = 0.7;

/** The colours of the text `colour-names`, split as there. */
const readParts = once(async (_: void) => {
  const { train: others, test } = holdOutEveryTenth(await readColorNames());
  const { train, test: dev } = holdOutEveryTenth(others);
  const { vocabulary } = indexSentences(train.map(({ name }) => characters(name)));
  return { train, dev, test, vocabulary };
});

function pairsOf(colours: readonly NamedColor[], vocabulary: Vocabulary): ConditionalPair[] {
  return colours.map(({ name, rgb }) => ({
    x: rgb.map((value) => value / 127.5 - 1),
    y: vocabulary.encode(characters(name)),
  }));
}

/** Red, green and blue to a name. */
export const namedColours: ConditionalPlan = {
  id: "colour-names-given-rgb",
  system: "LSTM, 256 units, given red, green and blue",
  data: `Colour names, every 10th for testing; characters; samples at temperature ${TEMPERATURE}`,
  run: {
    model: {
      x: { kind: "vector", inputs: 3, width: 64 },
      ...{ cell: "lstm", width: 32, units: 256, forgetBias: 1, dropout: { rate: 0.1 } },
    },
    ...{ symbols: 400, rate: 0.003, epochs: 24, schedule: { hold: 10, decay: 0.8 }, seed: 1 },
  },
  quick: { units: 64, pairs: 10_000, scored: 500 },
  read: async () => {
    const { train, dev, vocabulary } = await readParts();
    return { train: pairsOf(train, vocabulary), dev: pairsOf(dev, vocabulary), vocabulary };
  },
  figures: async (model, most) => {
    const { dev, test } = await readParts();
    const [onDev, onTest] = [dev, test].map((part) => fitOf(model, part.slice(0, most)));
    return {
      metrics: {
        ...{ bitsPerCharacter: onTest.bits, validBitsPerCharacter: onDev.bits },
        tokens: onTest.tokens,
      },
      samples: [namesOf(model, test).join("\n")],
    };
  },
};

function fitOf(model: ConditionalLanguageModel, colours: readonly NamedColor[]): Fit {
  return model.score(pairsOf(colours, model.vocabulary))
    .map((each) => new Fit(-each.reduce((sum, logP) => sum + logP, 0), each.length))
    .reduce((all, each) => all.add(each));
}

/** For held-out colours from all of the alphabet: the name they are given, and the one they have. */
function namesOf(model: ConditionalLanguageModel, colours: readonly NamedColor[]): string[] {
  const random = seeded(1), every = Math.floor(colours.length / SHOWN);
  return colours.filter((_, i) => i % every === 0).slice(0, SHOWN).map((colour) => {
    const [{ x }] = pairsOf([colour], model.vocabulary);
    const written = generate(model.given(x), { random, temperature: TEMPERATURE, maxWords: 40 });
    const hex = colour.rgb.map((value) => value.toString(16).padStart(2, "0")).join("");
    const name = written.filter((symbol) => symbol !== END).join("");
    return `#${hex}: ${name} (people say: ${colour.name})`;
  });
}

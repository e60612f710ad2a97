import { assert } from "@std/assert";
import json from "../../notebooks/16-uses-of-rnns.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 16: the tagger knows more than each word's usual tag", () => {
  assert(valueOf("taggerAccuracy") > valueOf("usualTagAccuracy") + 1);
  assert(valueOf("taggerAccuracy") > 80 && valueOf("taggerAccuracy") < 100);
});

Deno.test("notebook 16: recorded, a random field finds more names", () => {
  assert(valueOf("namesField") > valueOf("namesPlain") + 2);
});

Deno.test("notebook 16: the three vectors do equally well on few reviews, a bag of words better", () => {
  const three = ["final", "max", "mean"].map(valueOf), bag = valueOf("bagOfReviews");
  assert(Math.max(...three) - Math.min(...three) < 3, `${three}`);
  assert(Math.min(...three) > 60 && bag > Math.max(...three) + 2, `${three}, ${bag}`);
});

Deno.test("notebook 16: recorded, encoders come closer to the bag of words, and do not pass it", () => {
  const behind = valueOf("recordedBag") - valueOf("recordedEncoder");
  const behindHere = valueOf("bagOfReviews") - Math.max(...["final", "max", "mean"].map(valueOf));
  assert(behind > 0 && behind < behindHere / 2, `${behind}, ${behindHere}`);
});

Deno.test("notebook 16: order is a part of the lead on bags of words, more than in reviews", () => {
  const [right, jumbled] = ["questionAccuracy", "jumbledQuestions"].map(valueOf);
  const lost = right - jumbled, lead = right - valueOf("bagOfQuestions");
  assert(right > 75 && lead > 4, `${right}, ${lead}`);
  assert(lost > 1.5 && lost < lead / 2, `${lost} of ${lead}`);
  const inReviews = ["Final", "Max", "Mean"]
    .map((name) => valueOf(name.toLowerCase()) - valueOf(`jumbled${name}`));
  const mean = inReviews.reduce((sum, each) => sum + each) / 3;
  assert(mean < lost / 2, `${mean}`);
});

Deno.test("notebook 16: recorded, two words in three are read aloud without an error", () => {
  assert(valueOf("wordErrors") < 35 && valueOf("phonemeErrors") < valueOf("wordErrors") / 3);
});

Deno.test("notebook 16: recorded, the LSTM puts more words right than trigrams", () => {
  assert(valueOf("recordedLstm") > valueOf("recordedTrigrams") + 5);
});

Deno.test("notebook 16: words before tell mistyped words from meant ones", () => {
  assert(valueOf("byTrigrams") > valueOf("byUnigrams"));
});

Deno.test("notebook 16: presidents are told apart better by bigrams than by words or guesses", () => {
  assert(valueOf("authorshipAccuracy") > valueOf("authorshipBayes"));
  assert(valueOf("authorshipBayes") > valueOf("guessing"));
});

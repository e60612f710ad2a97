import { assert, assertEquals } from "@std/assert";
import json from "../../notebooks/12-fixed-window-neural-lm.ipynb" with { type: "text" };
import { namedValue, namedValues } from "../_support/named_values.ts";

const values = namedValues(json);
const valueOf = (name: string) => namedValue(values, name);

Deno.test("notebook 12: larger windows help up to four words, and little beyond", () => {
  const [one, two, four, eight] = [1, 2, 4, 8].map((n) => valueOf(`window${n}`));
  assert(one > two && two > four, `${one} ${two} ${four}`);
  assert(Math.abs(eight / four - 1) < 0.04, `${four} ${eight}`);
  assertEquals(valueOf("validPerplexity"), four);
});

Deno.test("notebook 12: the network stands beside Kneser-Ney, and the mixture is better than both", () => {
  assert(valueOf("window4") < 1.1 * valueOf("kneserNey3"));
  const better = Math.min(valueOf("networkAlone"), valueOf("kneserNeyAlone"));
  assert(valueOf("mixture") < 0.93 * better);
  assert(valueOf("networkWeight") > 0.2 && valueOf("networkWeight") < 0.8);
});

Deno.test("notebook 12: words used alike have vectors alike", () => {
  assert(valueOf("heShe") > 0.5 && valueOf("heShe") > valueOf("heOf") + 0.3);
  assert(valueOf("wouldCould") > 0.5 && valueOf("wouldCould") > valueOf("wouldThe") + 0.3);
});

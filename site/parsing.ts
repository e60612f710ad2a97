/**
 * The page of parsing: a MaltParser, trained where it is used, goes through a typed sentence.
 *
 * @module
 */
/// <reference lib="dom" />
import { generatedTreebank, TextParser, trainMaltParser, trainTagger } from "#lib/parser/mod.ts";
import { arcDiagram } from "#lib/plot/mod.ts";
import { byId } from "./by_id.ts";
import { type ParseStep, parseSteps } from "./parsing/steps.ts";

const SENTENCES = 1000;

const text = byId<HTMLInputElement>("text"), place = byId<HTMLInputElement>("step");
let words: readonly string[] = [], tags: readonly string[] = [], steps: ParseStep[] = [];

/** Names a list of words on the page, one box a word. */
function showWords(id: string, list: readonly string[]): void {
  byId(id).replaceChildren(...list.map((word) => {
    const box = document.createElement("span");
    box.className = "word";
    box.textContent = word;
    return box;
  }));
}

function showStep(): void {
  const { stack, buffer, heads, labels, indicators, transition } = steps[Number(place.value)];
  showWords("stack", stack);
  showWords("buffer", buffer);
  byId("transition").textContent = transition === "" ? "the end" : transition;
  byId("tree").innerHTML = arcDiagram({ words, tags, heads, labels }, { title: "Arcs so far" }).svg;
  byId("indicators").replaceChildren(...indicators.map((indicator) => {
    const item = document.createElement("li");
    item.textContent = indicator;
    return item;
  }));
}

/** Lets the browser paint what was just written. */
const paint = () => new Promise((resolve) => setTimeout(resolve, 30));

await paint();
const begun = performance.now(), train = generatedTreebank().train.slice(0, SENTENCES);
const parser = trainMaltParser(train), english = new TextParser(trainTagger(train), parser);
const seconds = (performance.now() - begun) / 1000;
byId("status").textContent = `tagger and parser learned from ${SENTENCES} sentences in ${
  seconds.toFixed(1)
} s`;

async function parse(): Promise<void> {
  const [first] = await english.parse(text.value);
  byId("workings").hidden = first === undefined;
  if (!first) return;
  [words, tags, steps] = [first.words, first.tags, parseSteps(parser, first)];
  place.max = String(steps.length - 1);
  place.value = "0";
  showStep();
}

function walk(by: number): void {
  place.valueAsNumber += by; // the slider keeps to its range
  showStep();
}

text.addEventListener("input", parse);
place.addEventListener("input", showStep);
byId("back").addEventListener("click", () => walk(-1));
byId("on").addEventListener("click", () => walk(1));
await parse();

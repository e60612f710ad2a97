/**
 * The page of next words: n-gram models, counted where they are used, suggest how a text goes on.
 *
 * @module
 */
/// <reference lib="dom" />
import { byId } from "./by_id.ts";
import { Column } from "./typing/column.ts";
import type { ModelSettings } from "./typing/corpus_model.ts";
import { taken } from "./typing/suggest.ts";

const BEGIN_WITH: readonly ModelSettings[] = [
  { corpus: "state-of-the-union", order: 3, smoothing: "kneserNey" },
  { corpus: "moby-dick", order: 3, smoothing: "kneserNey" },
  { corpus: "moby-dick", order: 2, smoothing: "maximumLikelihood" },
];

const text = byId<HTMLTextAreaElement>("text"), template = byId<HTMLTemplateElement>("model");
const columns = BEGIN_WITH.map((settings) => {
  const root = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
  byId("models").append(root);
  return new Column(root, settings, (word) => {
    text.value = taken(text.value, word);
    text.focus();
    showAll();
  });
});

function showAll(): void {
  for (const column of columns) column.show(text.value);
}
text.addEventListener("input", showAll);
showAll();

/// <reference lib="dom" />
import { type CountedModel, countModel, type ModelSettings } from "./corpus_model.ts";
import { read } from "./suggest.ts";

const SUGGESTIONS = 8;

/** One model of the page: its settings, what it suggests, how surprised it is. */
export class Column {
  readonly #root: HTMLElement;
  readonly #onTake: (word: string) => void;
  #counted?: CountedModel;
  /** Counts what was chosen: of a model that comes late, something else has been chosen since. */
  #round = 0;
  #text = "";

  /** @param onTake called with the word when the reader takes a suggestion */
  constructor(root: HTMLElement, settings: ModelSettings, onTake: (word: string) => void) {
    this.#root = root;
    this.#onTake = onTake;
    const form = root.querySelector("form")!;
    for (const [name, value] of Object.entries(settings)) {
      (form.elements.namedItem(name) as HTMLSelectElement).value = String(value);
    }
    form.addEventListener("change", () => this.#count(form));
    this.#count(form);
  }

  /** Shows what the model makes of a text. */
  show(text: string): void {
    this.#text = text;
    if (!this.#counted) return;
    const { suggestions, bitsPerWord } = read(this.#counted.model, text, { count: SUGGESTIONS });
    this.#find(".suggestions").replaceChildren(...suggestions.map((suggestion) => {
      const item = document.createElement("li"), button = document.createElement("button");
      const percent = `${(100 * suggestion.probability).toFixed(1)} %`;
      button.style.setProperty("--share", percent.replace(" ", ""));
      const [word, share] = [suggestion.word, percent].map((content) => {
        const span = document.createElement("span");
        span.textContent = content;
        return span;
      });
      button.append(word, share);
      button.addEventListener("click", () => this.#onTake(suggestion.word));
      item.append(button);
      return item;
    }));
    this.#find(".surprise").textContent = suggestions.length === 0
      ? "never seen in this context: no word has a probability"
      : Number.isFinite(bitsPerWord)
      ? `your words so far: ${bitsPerWord.toFixed(2)} bits each, perplexity ` +
        `${(2 ** bitsPerWord).toFixed(0)}`
      : Number.isNaN(bitsPerWord)
      ? ""
      : "your text has a word that was never seen in its context: perplexity ∞";
  }

  #find(selector: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(selector)!;
  }

  async #count(form: HTMLFormElement): Promise<void> {
    const round = ++this.#round, status = this.#find(".status");
    status.textContent = "counting …";
    await new Promise((resolve) => setTimeout(resolve, 30)); // lets the words above be painted
    const fields = Object.fromEntries(new FormData(form)) as Record<string, string>;
    let counted: CountedModel;
    try {
      counted = await countModel({
        corpus: fields.corpus,
        order: Number(fields.order),
        smoothing: fields.smoothing as ModelSettings["smoothing"],
      });
    } catch (error) {
      if (round === this.#round) status.textContent = (error as Error).message;
      throw error;
    }
    if (round !== this.#round) return;
    this.#counted = counted;
    const { tokens, seconds, model } = counted;
    status.textContent = `${tokens.toLocaleString("en")} words, ` +
      `${model.vocabulary.size.toLocaleString("en")} different ones, counted in ` +
      `${seconds.toFixed(2)} s`;
    this.show(this.#text);
  }
}

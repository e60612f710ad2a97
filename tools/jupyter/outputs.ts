import type { DataOutput, Output } from "./ipynb.ts";
import type { Message } from "./messages.ts";

/** The outputs of one cell, built from the messages of the kernel as Jupyter's front ends do. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  readonly #count: number;
  readonly #displays: Map<string, DataOutput[]>;

  /**
   * Starts with no output.
   *
   * @param count the cell's number
   * @param displays displays of all cells by their id: a later cell may update an earlier one's
   */
  constructor(count: number, displays: Map<string, DataOutput[]>) {
    this.#count = count;
    this.#displays = displays;
  }

  /** Takes the next message. */
  add({ type, content }: Message): void {
    if (type === "stream") this.#addText(content);
    else if (type === "display_data" || type === "execute_result") this.#addData(type, content);
    else if (type === "update_display_data") this.#update(content);
    else if (type === "clear_output") this.outputs.length = 0;
    else if (type === "error") this.#addError(content);
  }

  #addText(content: Message["content"]): void {
    const name = content.name === "stderr" ? "stderr" : "stdout";
    const last = this.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text += content.text;
    else this.outputs.push({ output_type: "stream", name, text: String(content.text) });
  }

  #addData(type: DataOutput["output_type"], content: Message["content"]): void {
    const output: DataOutput = {
      output_type: type,
      data: plainData(content.data),
      metadata: {},
      ...(type === "execute_result" && { execution_count: this.#count }),
    };
    this.outputs.push(output);
    const id = displayId(content);
    if (id === undefined) return;
    this.#displays.set(id, [...this.#displays.get(id) ?? [], output]);
  }

  #update(content: Message["content"]): void {
    for (const output of this.#displays.get(displayId(content) ?? "") ?? []) {
      output.data = plainData(content.data);
    }
  }

  #addError({ ename, evalue, traceback }: Message["content"]): void {
    this.outputs.push({
      output_type: "error",
      ename: String(ename),
      evalue: String(evalue),
      traceback: (traceback as string[] ?? []).map(withoutColors),
    });
  }
}

function displayId(content: Message["content"]): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function plainData(data: unknown): DataOutput["data"] {
  const bundle = { ...data as DataOutput["data"] };
  const text = bundle["text/plain"];
  if (typeof text === "string") bundle["text/plain"] = withoutColors(text);
  return bundle;
}

/** Terminal colours would be different text on a terminal without them. */
function withoutColors(text: string): string {
  // deno-lint-ignore no-control-regex -- the escape character begins a colour
  return text.replaceAll(/\u001b\[[0-9;]*m/g, "");
}

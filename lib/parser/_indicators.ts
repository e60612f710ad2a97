import { type Configuration, NONE } from "./configuration.ts";
import { assertTagged } from "./_equal_columns.ts";
import { type Address, parseTemplate, type Template } from "./indicator_model.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Sentence } from "./sentence.ts";

/** Value of an empty place, of ROOT, and of a missing label: MaltParser has one for all of them. */
const NULL = 0;
/** Value of a word or tag never seen in training: no feature knows it. */
const UNSEEN = -1;

/** Words and tags as numbers: NULL for ROOT at 0, UNSEEN, else id + 1; shape [n + 1]. */
export interface EncodedSentence {
  readonly words: Int32Array;
  readonly tags: Int32Array;
}

export function encode(sentence: Sentence, { words, tags }: Lexicon): EncodedSentence {
  assertTagged(sentence);
  return {
    words: Int32Array.of(NULL, ...sentence.words.map((word) => value(words.id(word)))),
    tags: Int32Array.of(NULL, ...sentence.tags.map((tag) => value(tags.id(tag)))),
  };
}

function value(id: number): number {
  return id === NONE ? UNSEEN : id + 1;
}

const COLUMNS = ["word", "tag", "label"] as const;
const WORD = 0, TAG = 1;
const ITSELF = 0, LEFT_DEPENDENT = 1, RIGHT_DEPENDENT = 2, HEAD = 3;
/** Values of conjunctions are packed into 16 bits each. */
const MAX_PACKED = 2 ** 16 - 2;

/** Templates as tables of numbers, so that no string is touched while parsing. */
export class Indicators {
  /** The indicator features of the latest configuration: pairs (low, high); shape [templates × 2]. */
  readonly keys: Int32Array;
  readonly #templates: readonly Template[];
  readonly #addresses: Address[] = [];
  readonly #fromStack: Uint8Array; // whether the address begins at the stack (1) or the buffer (0)
  readonly #depths: Uint8Array;
  readonly #relations: Uint8Array;
  readonly #partColumns: Uint8Array; // the distinct parts of all templates
  readonly #partAddresses: Uint8Array;
  readonly #slots: Uint8Array; // three places a template: number of a part + 1, or 0
  readonly #nodes: Int32Array;
  readonly #values: Int32Array;

  constructor(templates: readonly Template[]) {
    const parts: string[] = [], slots: number[] = [];
    const columns: number[] = [], addresses: number[] = [];
    for (const template of templates) {
      const found = parseTemplate(template).map(({ column, address }) => {
        if (!this.#addresses.includes(address)) this.#addresses.push(address);
        const name = `${address}.${column}`;
        if (!parts.includes(name)) {
          parts.push(name);
          columns.push(COLUMNS.indexOf(column));
          addresses.push(this.#addresses.indexOf(address));
        }
        return parts.indexOf(name) + 1;
      });
      slots.push(found[0], found[1] ?? 0, found[2] ?? 0);
    }
    this.#templates = templates;
    this.#partColumns = Uint8Array.from(columns);
    this.#partAddresses = Uint8Array.from(addresses);
    this.#slots = Uint8Array.from(slots);
    const items = this.#addresses.map((address) => /[sb]\d/.exec(address)![0]);
    this.#fromStack = Uint8Array.from(items, (item) => Number(item[0] === "s"));
    this.#depths = Uint8Array.from(items, (item) => Number(item[1]));
    this.#relations = Uint8Array.from(this.#addresses, relationOf);
    this.#nodes = new Int32Array(this.#addresses.length);
    this.#values = new Int32Array(parts.length + 1);
    this.keys = new Int32Array(templates.length * 2);
  }

  /** Number of templates. */
  get size(): number {
    return this.#templates.length;
  }

  /** Refuses symbol tables whose ids would not fit the packed keys. */
  checkFit({ tags, labels }: Lexicon): void {
    const most = Math.max(tags.size, labels.size);
    if (most <= MAX_PACKED) return;
    throw new RangeError(
      `Cannot number indicator features: expected at most ${MAX_PACKED} tags and labels, got ${most}`,
    );
  }

  /**
   * Finds the indicator features that are true of a configuration and writes them to `keys`:
   * template t has the pair (2t, 2t + 1); a high half of −1 marks one with an unseen value.
   */
  extract(c: Configuration, { words, tags }: EncodedSentence): void {
    this.#findNodes(c);
    const values = this.#values, nodes = this.#nodes;
    for (let p = 0; p < this.#partColumns.length; p++) {
      const node = nodes[this.#partAddresses[p]], column = this.#partColumns[p];
      if (node === NONE) values[p + 1] = NULL;
      else if (column === WORD) values[p + 1] = words[node];
      else values[p + 1] = column === TAG ? tags[node] : c.labels[node] + 1;
    }
    const slots = this.#slots, keys = this.keys;
    for (let t = 0; t < this.#templates.length; t++) {
      const a = values[slots[3 * t]], b = values[slots[3 * t + 1]], d = values[slots[3 * t + 2]];
      keys[2 * t] = slots[3 * t + 1] === 0 ? a : a | (b << 16);
      keys[2 * t + 1] = (a | b | d) < 0 ? UNSEEN : t | (d << 8);
    }
  }

  #findNodes(c: Configuration): void {
    for (let i = 0; i < this.#nodes.length; i++) {
      const depth = this.#depths[i];
      let node = this.#fromStack[i] === 1 ? c.stackItem(depth) : c.bufferItem(depth);
      const relation = this.#relations[i];
      if (node !== NONE && relation !== ITSELF) {
        if (relation === LEFT_DEPENDENT) node = c.leftmost[node];
        else node = relation === RIGHT_DEPENDENT ? c.rightmost[node] : c.heads[node];
      }
      this.#nodes[i] = node;
    }
  }

  /** The indicator features true of a configuration, in words: `s0.tag=VBZ ∧ b0.tag=JJ`. */
  describe(c: Configuration, sentence: Sentence, labels: readonly string[]): string[] {
    this.#findNodes(c);
    const read = ({ column, address }: ReturnType<typeof parseTemplate>[number]): string => {
      const node = this.#nodes[this.#addresses.indexOf(address)];
      if (node === NONE) return "∅";
      const name = column === "label"
        ? labels[c.labels[node]]
        : (column === "word" ? sentence.words : sentence.tags)[node - 1];
      return name ?? "∅";
    };
    return this.#templates.map((template) =>
      parseTemplate(template)
        .map((part) => `${part.address}.${part.column}=${read(part)}`)
        .join(" ∧ ")
    );
  }
}

function relationOf(address: Address): number {
  if (address.startsWith("ld")) return LEFT_DEPENDENT;
  if (address.startsWith("rd")) return RIGHT_DEPENDENT;
  return address.startsWith("head") ? HEAD : ITSELF;
}

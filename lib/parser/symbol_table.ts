import { NONE } from "./configuration.ts";

/** Names numbered from 0: the words, tags or labels a parser knows. */
export class SymbolTable {
  /** The names in the order of their ids. */
  readonly names: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  /** Numbers the names in their order, each at its first coming. */
  constructor(names: Iterable<string>) {
    this.names = [...new Set(names)];
    this.#ids = new Map(this.names.map((name, id) => [name, id]));
  }

  /** Number of names. */
  get size(): number {
    return this.names.length;
  }

  /** The name's id, or {@linkcode NONE}. */
  id(name: string): number {
    return this.#ids.get(name) ?? NONE;
  }
}

import { codeCells, parseNotebook } from "../../tools/jupyter/ipynb.ts";

/**
 * The numbers a committed notebook says by name, as `console.log({ name })` prints them; of a name
 * said twice, the last.
 */
export function namedValues(json: string): Map<string, number> {
  const outputs = codeCells(parseNotebook(json, "a notebook")).flatMap((cell) => cell.outputs);
  const texts = outputs.flatMap((output) => output.output_type === "stream" ? [output.text] : []);
  const pairs = texts.join("\n").matchAll(/\b(\w+): (-?(?:Infinity|[\d.]+(?:e[+-]?\d+)?))/g);
  return new Map(Array.from(pairs, ([, name, value]) => [name, Number(value)]));
}

/**
 * The number a notebook says by this name.
 *
 * @throws {RangeError} if it says none
 */
export function namedValue(values: ReadonlyMap<string, number>, name: string): number {
  const value = values.get(name);
  if (value !== undefined) return value;
  const names = [...values.keys()].join(", ");
  throw new RangeError(`Cannot read a notebook: expected a value of ${name}, got only ${names}`);
}

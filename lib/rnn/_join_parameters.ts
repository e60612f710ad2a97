import type { NamedVariables } from "#lib/nn/mod.ts";

/**
 * The parameters of all parts of a model.
 *
 * @throws {RangeError} if two parts have a parameter of the same name
 */
export function joinParameters(parts: readonly NamedVariables[]): NamedVariables {
  const named = parts.flatMap((parameters) => Object.entries(parameters));
  const names = named.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new RangeError(`Cannot build a model: two parts have a parameter ${twice}`);
  return Object.fromEntries(named);
}

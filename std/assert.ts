/**
 * The part of `jsr:@std/assert` the tests use, with its names and signatures, over `node:assert`.
 * Where the JSR registry is reachable, point `@std/assert` in deno.json at `jsr:@std/assert@1`.
 *
 * @module
 */
import assertModule from "node:assert/strict";

/** Constructor of an error type, as the `assertThrows` family takes it. */
// deno-lint-ignore no-explicit-any -- an error constructor may take anything
type ErrorClass<E extends Error> = new (...args: any[]) => E;

/** Fails unless `condition` is truthy. */
export function assert(condition: unknown, message?: string): asserts condition {
  assertModule(condition, message);
}

/** Fails unless the two values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  assertModule.deepStrictEqual(actual, expected, message);
}

/** Fails if the two values are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  assertModule.notDeepStrictEqual(actual, expected, message);
}

/** Fails unless `|actual − expected| ≤ tolerance`; by default a relative 1e-7, as in std. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const difference = Math.abs(actual - expected);
  if (difference <= allowed) return;
  const found = `Expected ${actual} to be within ${allowed} of ${expected}, off by ${difference}`;
  throw new assertModule.AssertionError({ message: message ? `${found}: ${message}` : found });
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  const found = `Expected ${JSON.stringify(actual)} to contain ${JSON.stringify(expected)}`;
  assertModule(actual.includes(expected), message ? `${found}: ${message}` : found);
}

/** Fails unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  assertModule.match(actual, expected, message);
}

function checkError<E extends Error>(error: unknown, type?: ErrorClass<E>, includes = ""): E {
  if (type) {
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    assertModule(error instanceof type, `Expected error to be ${type.name}, got ${name}`);
  }
  assertStringIncludes(error instanceof Error ? error.message : String(error), includes);
  return error as E;
}

/** Fails unless `fn` throws (an error of this type, whose message includes this text). */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  type?: ErrorClass<E>,
  includes?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checkError(error, type, includes);
  }
  throw new assertModule.AssertionError({ message: "Expected function to throw" });
}

/** Fails unless the promise of `fn` rejects (with this type, a message including this text). */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  type?: ErrorClass<E>,
  includes?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, type, includes);
  }
  throw new assertModule.AssertionError({ message: "Expected function to reject" });
}

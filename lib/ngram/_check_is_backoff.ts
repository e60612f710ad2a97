import { BackoffModel } from "./backoff_model.ts";

/**
 * Checks what a notebook's cells, which are not type-checked as they run, may get wrong.
 *
 * @throws {TypeError} if the model is of another kind
 */
export function checkIsBackoff(model: BackoffModel): void {
  if (model instanceof BackoffModel) return;
  const found = (model as object | undefined)?.constructor?.name ?? typeof model;
  throw new TypeError(
    `Cannot write a model: expected a BackoffModel, as Kneser–Ney and Katz are, got ${found}`,
  );
}

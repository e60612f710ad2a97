/** Calls the function the first time and gives what it gave ever after; a failure is forgotten. */
export function once<Argument, Result>(
  call: (argument: Argument) => Promise<Result>,
): (argument: Argument) => Promise<Result> {
  let result: Promise<Result> | undefined;
  return (argument) =>
    result ??= call(argument).catch((error) => {
      result = undefined;
      throw error;
    });
}

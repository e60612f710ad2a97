/** All lists of heads 0 … n for sentences of 1 to `longest` words; most are no trees. */
export function* headLists(longest: number): Generator<number[]> {
  for (let n = 1; n <= longest; n++) {
    for (let code = 0; code < (n + 1) ** n; code++) {
      yield Array.from({ length: n }, (_, i) => Math.floor(code / (n + 1) ** i) % (n + 1));
    }
  }
}

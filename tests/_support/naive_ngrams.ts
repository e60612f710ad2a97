/** Counts n-grams as slowly and plainly as can be: a map from words to counts, for each order. */
export function naiveCounts(
  sentences: readonly (readonly string[])[],
  order: number,
): Map<string, number>[] {
  const counts = Array.from({ length: order + 1 }, () => new Map<string, number>());
  for (const sentence of sentences) {
    const words = ["<s>", ...sentence, "</s>"];
    for (let n = 1; n <= order; n++) {
      for (let i = 0; i + n <= words.length; i++) {
        const ngram = words.slice(i, i + n).join(" ");
        counts[n].set(ngram, (counts[n].get(ngram) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/**
 * Interpolated modified Kneser–Ney written down from its definition (Chen and Goodman 1999):
 * P(word | context), on maps of strings.
 */
export function naiveKneserNey(
  sentences: readonly (readonly string[])[],
  order: number,
  discounts: readonly (readonly number[])[],
): (context: readonly string[], word: string) => number {
  const raw = naiveCounts(sentences, order);
  const words = new Set(["<unk>", "</s>", ...sentences.flat()]);
  const adjusted = (ngram: string): number => {
    const n = ngram.split(" ").length;
    if (ngram === "<s>") return 0;
    if (n === order || ngram.startsWith("<s> ")) return raw[n].get(ngram) ?? 0;
    return [...raw[n + 1].keys()].filter((longer) => longer.endsWith(` ${ngram}`)).length;
  };
  const discount = (n: number, a: number) => a === 0 ? 0 : discounts[n - 1][Math.min(a, 3) - 1];
  const memo = new Map<string, { all: number; taken: number }>();
  const sums = (context: readonly string[]) => {
    const key = context.join(" "), n = context.length + 1;
    if (!memo.has(key)) {
      let all = 0, taken = 0;
      for (const word of words) {
        const a = adjusted([...context, word].join(" "));
        all += a;
        taken += discount(n, a);
      }
      memo.set(key, { all, taken });
    }
    return memo.get(key)!;
  };
  const probability = (context: readonly string[], word: string): number => {
    const { all, taken } = sums(context);
    const shorter = () => context.length > 0 ? probability(context.slice(1), word) : 1 / words.size;
    if (all === 0) return shorter();
    const a = adjusted([...context, word].join(" "));
    return (a - discount(context.length + 1, a)) / all + taken / all * shorter();
  };
  return probability;
}

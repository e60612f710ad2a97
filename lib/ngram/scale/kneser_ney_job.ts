import type { Discounts } from "#lib/ngram/mod.ts";
import { columns, type JobStep } from "./counting_job.ts";

/** What {@linkcode kneserNeyJob} needs to know. */
export interface KneserNeyJobOptions {
  /** What is taken off the counts, by order; their number is the highest order, N. */
  discounts: readonly Discounts[];
  /** The largest count of n-grams that are left out, by order; the first is 0. */
  thresholds: readonly number[];
  /** Number of words, the three marks among them. */
  vocabularySize: number;
}

/**
 * A query for t₁ to t₄, the numbers of n-grams of order n with adjusted count 1 to 4, and before them
 * one for 0.
 */
export function countsOfCountsQuery(n: number): string {
  const t = [0, 1, 2, 3, 4].map((k) => `sum(CASE WHEN adjusted = ${k} THEN 1 ELSE 0 END)`);
  return `SELECT ${t.join(", ")} FROM counts_${n}`;
}

/**
 * Interpolated Kneser–Ney estimation as queries on the tables of `countingJob`, the same for every
 * engine; the formulas are those of `kneserNey`. They give for each order n from 1 to N
 *
 *     contexts_n (w1, …, wn₋₁, total, backoff, children)      A(c), b(c), and how many words follow c
 *     model_n    (w1, …, wn, p, backoff, children)            sorted by its words
 *
 * where p is P(wn | w1 … wn₋₁), and backoff and children are those of w1 … wn as a context (the
 * highest order has neither). P(w | c′) is found by a join of c w without its first word.
 */
export function kneserNeyJob(options: KneserNeyJobOptions): JobStep[] {
  const order = options.discounts.length, steps: JobStep[] = [];
  for (let n = 1; n <= order; n++) {
    steps.push({ name: `contexts_${n}`, query: contexts(n, options) });
  }
  for (let n = 1; n <= order; n++) {
    steps.push({ name: `model_${n}`, query: model(n, options) });
  }
  return steps;
}

function contexts(n: number, { discounts, thresholds }: KneserNeyJobOptions): string {
  const [d1, d2, d3] = discounts[n - 1].map(double), kept = isKept(n, thresholds);
  const number = (condition: string) => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
  const words = columns(1, n - 1);
  return `
SELECT ${words && `${words}, `}CAST(sum(adjusted) AS DOUBLE) AS total,
  (${d1} * ${number(`${kept} AND adjusted = 1`)}
    + ${d2} * ${number(`${kept} AND adjusted = 2`)}
    + ${d3} * ${number(`${kept} AND adjusted >= 3`)}
    + sum(CASE WHEN ${kept} THEN 0 ELSE adjusted END)) / sum(adjusted) AS backoff,
  CAST(${number(kept)} AS BIGINT) AS children
FROM counts_${n}
${words && `GROUP BY ${words}`}`;
}

function model(n: number, options: KneserNeyJobOptions): string {
  const { discounts, thresholds, vocabularySize } = options;
  const [d1, d2, d3] = discounts[n - 1].map(double), isHighest = n === discounts.length;
  const discount = `CASE WHEN c.adjusted >= 3 THEN ${d3} WHEN c.adjusted = 2 THEN ${d2}` +
    ` WHEN c.adjusted = 1 THEN ${d1} ELSE 0e0 END`;
  const shorter = n === 1 ? double(1 / (vocabularySize - 1)) : "s.p";
  // u(w | c) + b(c) · P(w | c′); <s> is never predicted
  const p = `(c.adjusted - ${discount}) / t.total + t.backoff * ${shorter}`;
  const asContext = ", coalesce(x.backoff, 1e0) AS backoff, coalesce(x.children, 0) AS children";
  const same = (table: string, words: number, shift: number) =>
    Array.from({ length: words }, (_, i) => `c.w${i + 1 + shift} = ${table}.w${i + 1}`)
      .join(" AND ");
  return `
SELECT ${columns(1, n, "c.")},
  ${n === 1 ? `CASE WHEN c.w1 = 1 THEN 0e0 ELSE ${p} END` : p} AS p${isHighest ? "" : asContext}
FROM counts_${n} c
${n === 1 ? "CROSS JOIN contexts_1 t" : `JOIN contexts_${n} t ON ${same("t", n - 1, 0)}`}
${n === 1 ? "" : `JOIN model_${n - 1} s ON ${same("s", n - 1, 1)}`}
${isHighest ? "" : `LEFT JOIN contexts_${n + 1} x ON ${same("x", n, 0)}`}
WHERE ${isKept(n, thresholds)}
ORDER BY ${columns(1, n, "c.")}`;
}

/** All words are kept, and every n-gram whose count exceeds its order's threshold. */
function isKept(n: number, thresholds: readonly number[]): string {
  return n === 1 || thresholds[n - 1] === 0 ? "1 = 1" : `count > ${thresholds[n - 1]}`;
}

/** A number as SQL writes a double: with an exponent, else it would be a decimal. */
function double(value: number): string {
  return value.toExponential();
}

/** A query whose result is kept under a name, which later queries may read from. */
export interface JobStep {
  /** The name of the result. */
  name: string;
  /** The query, in the SQL that Spark and DuckDB share (see {@linkcode countingJob}). */
  query: string;
}

/**
 * The counting of n-grams as queries, the same for every engine. They read the table
 *
 *     tokens (document, sentence, length, words)
 *
 * one row a sentence: `words` are its word ids from `<s>` to `</s>`, by position, and `length` is
 * their number. They give, for each order n from N down to 1, a table sorted by its words,
 *
 *     counts_n (w1, …, wn, count, adjusted)
 *
 * where `count` says how often the n-gram occurs and `adjusted` is Kneser–Ney's count: N₁₊(• w1 … wn),
 * the number of distinct words before it, or the count itself at the highest order and for what
 * begins with `<s>` (Heafield et al. 2013, section 3.2). `counts_1` has a row for `<unk>` even where
 * the text has none.
 *
 * Only the highest order is counted in the text. Every other n-gram has a word before it unless it
 * begins with `<s>`, so its count is the sum over the (n+1)-grams that end in it, and the number of
 * these is its adjusted count: one grouping of a table that is already smaller than the text.
 *
 * The SQL is Spark's. What DuckDB calls by other names (`explode`, `sequence`, `element_at`) it
 * learns as macros.
 */
export function countingJob(order: number): JobStep[] {
  const queries = [highestOrder(order)];
  for (let n = order - 1; n >= 1; n--) queries.unshift(n === 1 ? unigrams() : lowerOrder(n));
  if (order === 1) queries[0] = unigramsAlone();
  return queries.map((query, i) => ({ name: `counts_${i + 1}`, query })).reverse();
}

/** `w1, w2, …`: the columns of words from the first to the last. */
export function columns(first: number, last: number, prefix = ""): string {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => `${prefix}w${first + i}`)
    .join(", ");
}

/** The n words of `words` at positions 1 to n, or from i on, as columns. */
function wordsFrom(first: 1 | "i", n: number): string {
  const position = (k: number) => first === 1 ? k + 1 : k === 0 ? "i" : `i + ${k}`;
  return Array.from({ length: n }, (_, k) => `element_at(words, ${position(k)}) AS w${k + 1}`)
    .join(", ");
}

function highestOrder(n: number): string {
  return `
SELECT ${columns(1, n)}, count(*) AS count, count(*) AS adjusted
FROM (SELECT ${wordsFrom("i", n)}
      FROM (SELECT words, explode(sequence(1, length - ${n - 1})) AS i
            FROM tokens WHERE length >= ${n}))
GROUP BY ${columns(1, n)}
ORDER BY ${columns(1, n)}`;
}

function lowerOrder(n: number): string {
  return `
SELECT ${columns(1, n)}, CAST(sum(count) AS BIGINT) AS count, count(*) AS adjusted
FROM (SELECT ${shifted(n)}, count FROM counts_${n + 1})
GROUP BY ${columns(1, n)}
UNION ALL
SELECT ${columns(1, n)}, count(*) AS count, count(*) AS adjusted
FROM (SELECT ${wordsFrom(1, n)}
      FROM tokens WHERE length >= ${n})
GROUP BY ${columns(1, n)}
ORDER BY ${columns(1, n)}`;
}

/** The last n words of an (n+1)-gram under the names of an n-gram's. */
function shifted(n: number): string {
  return Array.from({ length: n }, (_, i) => `w${i + 2} AS w${i + 1}`).join(", ");
}

/** `<s>` (1) is counted but never predicted; `<unk>` (0) is a word wherever it is not seen, too. */
function unigrams(): string {
  return `
SELECT w1, CAST(sum(count) AS BIGINT) AS count, CAST(sum(adjusted) AS BIGINT) AS adjusted
FROM (SELECT w2 AS w1, count, 1 AS adjusted FROM counts_2
      UNION ALL SELECT 1 AS w1, count(*) AS count, 0 AS adjusted FROM tokens
      UNION ALL SELECT 0 AS w1, 0 AS count, 0 AS adjusted)
GROUP BY w1
ORDER BY w1`;
}

function unigramsAlone(): string {
  return `
SELECT w1, CAST(sum(count) AS BIGINT) AS count,
       CAST(sum(CASE WHEN w1 = 1 THEN 0 ELSE count END) AS BIGINT) AS adjusted
FROM (SELECT explode(words) AS w1, 1 AS count FROM tokens
      UNION ALL SELECT 0 AS w1, 0 AS count)
GROUP BY w1
ORDER BY w1`;
}

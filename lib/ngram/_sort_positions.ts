/**
 * Sorts the positions of a text by the N words that start there: N passes of counting sort, the
 * last word first (radix sort, Knuth, The Art of Computer Programming 3, 5.2.5).
 *
 * Each pass uses that the positions sorted by their next n words, each moved one to the left, are
 * sorted by the n words after their own.
 *
 * @param words word ids below `vocabularySize`, shape [T]
 * @returns the positions 0 to T − 1, sorted
 */
export function sortPositions(
  words: Int32Array,
  order: number,
  vocabularySize: number,
): Uint32Array {
  const length = words.length;
  const starts = new Uint32Array(vocabularySize + 1); // of each word's bucket
  for (let i = 0; i < length; i++) starts[words[i] + 1]++;
  for (let w = 0; w < vocabularySize; w++) starts[w + 1] += starts[w];

  let sorted: Uint32Array = new Uint32Array(length), next: Uint32Array = new Uint32Array(length);
  for (let i = 0; i < length; i++) sorted[i] = i;
  const filled = new Uint32Array(vocabularySize);
  for (let pass = 0; pass < order; pass++) {
    filled.set(starts.subarray(0, vocabularySize));
    next[filled[words[length - 1]]++] = length - 1; // the last position has nothing after it
    for (let i = 0; i < length; i++) {
      const position = sorted[i] - 1;
      if (position >= 0) next[filled[words[position]]++] = position;
    }
    [sorted, next] = [next, sorted];
  }
  return sorted;
}

// Rows of an embedding matrix, by ids (int32).
import { multiplyAdd } from "./vector";

/** The place of the first id outside 0 … rows − 1, or −1; ids equal to `skipped` pass. */
export function firstBadId(ids: usize, n: i32, rows: i32, skipped: i32): i32 {
  for (let i = 0; i < n; i++) {
    const id = load<i32>(ids + <usize> i * 4);
    if (<u32> id >= <u32> rows && id != skipped) return i;
  }
  return -1;
}

/** out[i] = table[ids[i]], rows of `width` values. */
export function gatherRows(table: usize, ids: usize, out: usize, n: i32, width: i32): void {
  const bytes = <usize> width * 4;
  for (let i = 0; i < n; i++) {
    memory.copy(
      out + <usize> i * bytes,
      table + <usize> load<i32>(ids + <usize> i * 4) * bytes,
      bytes,
    );
  }
}

/** table[ids[i]] += rows[i]; ids outside 0 … limit − 1 are left out. */
export function scatterAddRows(
  table: usize,
  ids: usize,
  rows: usize,
  n: i32,
  width: i32,
  limit: i32,
): void {
  const bytes = <usize> width * 4;
  for (let i = 0; i < n; i++) {
    const id = load<i32>(ids + <usize> i * 4);
    if (<u32> id >= <u32> limit) continue;
    let to = table + <usize> id * bytes, from = rows + <usize> i * bytes, j = 0;
    for (; j + 4 <= width; j += 4, to += 16, from += 16) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    }
    for (; j < width; j++, to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
  }
}

// Sums of rows of a table, by ids (int32): a layer of which every input's part was computed before.

/** Lanes of the sum kept in registers at a time: ten vectors. */
const BLOCK: i32 = 40;

/**
 * out[i] = bias + Σ_j table[ids[i, j]], rows of `width` values; ids below 0 add nothing. `scratch`
 * has room for `count` numbers: the addresses of an i's rows, found first and without branches.
 */
export function sumRows(
  table: usize,
  ids: usize,
  bias: usize,
  out: usize,
  n: i32,
  count: i32,
  width: i32,
  scratch: usize,
): void {
  const bytes = <usize> width * 4;
  for (let i = 0; i < n; i++, out += bytes) {
    let end = scratch;
    for (let f = 0; f < count; f++, ids += 4) {
      const id = load<i32>(ids);
      store<usize>(end, table + <usize> id * bytes);
      end += <usize> (id >= 0) * sizeof<usize>();
    }
    let j: usize = 0;
    for (; j + BLOCK * 4 <= bytes; j += BLOCK * 4) sumBlock(scratch, end, bias + j, out + j, j);
    for (; j + 16 <= bytes; j += 16) {
      let sum = v128.load(bias + j);
      for (let p = scratch; p < end; p += sizeof<usize>()) {
        sum = f32x4.add(sum, v128.load(load<usize>(p) + j));
      }
      v128.store(out + j, sum);
    }
    for (; j < bytes; j += 4) {
      let sum = load<f32>(bias + j);
      for (let p = scratch; p < end; p += sizeof<usize>()) sum += load<f32>(load<usize>(p) + j);
      store<f32>(out + j, sum);
    }
  }
}

/** Ten vectors of the sum, `j` bytes into the rows whose addresses stand from `begin` to `end`. */
@inline
function sumBlock(begin: usize, end: usize, bias: usize, out: usize, j: usize): void {
  let s0 = v128.load(bias), s1 = v128.load(bias, 16), s2 = v128.load(bias, 32);
  let s3 = v128.load(bias, 48), s4 = v128.load(bias, 64), s5 = v128.load(bias, 80);
  let s6 = v128.load(bias, 96), s7 = v128.load(bias, 112), s8 = v128.load(bias, 128);
  let s9 = v128.load(bias, 144);
  for (let p = begin; p < end; p += sizeof<usize>()) {
    const row = load<usize>(p) + j;
    s0 = f32x4.add(s0, v128.load(row)), s1 = f32x4.add(s1, v128.load(row, 16));
    s2 = f32x4.add(s2, v128.load(row, 32)), s3 = f32x4.add(s3, v128.load(row, 48));
    s4 = f32x4.add(s4, v128.load(row, 64)), s5 = f32x4.add(s5, v128.load(row, 80));
    s6 = f32x4.add(s6, v128.load(row, 96)), s7 = f32x4.add(s7, v128.load(row, 112));
    s8 = f32x4.add(s8, v128.load(row, 128)), s9 = f32x4.add(s9, v128.load(row, 144));
  }
  v128.store(out, s0), v128.store(out, s1, 16), v128.store(out, s2, 32);
  v128.store(out, s3, 48), v128.store(out, s4, 64), v128.store(out, s5, 80);
  v128.store(out, s6, 96), v128.store(out, s7, 112), v128.store(out, s8, 128);
  v128.store(out, s9, 144);
}

/** The place of the first id of `rows` or more, or −1. */
export function firstIdBeyond(ids: usize, n: i32, rows: i32): i32 {
  for (let i = 0; i < n; i++) if (load<i32>(ids + <usize> i * 4) >= rows) return i;
  return -1;
}

/** table[ids[i, j]] += rows[i] for all j; ids below 0 are left out. */
export function scatterToRows(
  table: usize,
  ids: usize,
  rows: usize,
  n: i32,
  count: i32,
  width: i32,
): void {
  const bytes = <usize> width * 4;
  for (let i = 0; i < n; i++, rows += bytes) {
    for (let f = 0; f < count; f++, ids += 4) {
      const id = load<i32>(ids);
      if (id < 0) continue;
      const to = table + <usize> id * bytes;
      let j = 0;
      for (; j + 4 <= width; j += 4) {
        const p = to + <usize> j * 4;
        v128.store(p, f32x4.add(v128.load(p), v128.load(rows + <usize> j * 4)));
      }
      for (; j < width; j++) {
        const p = to + <usize> j * 4;
        store<f32>(p, load<f32>(p) + load<f32>(rows + <usize> j * 4));
      }
    }
  }
}

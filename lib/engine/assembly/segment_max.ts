// The largest of each segment of rows, and the way back to where it stood.

/**
 * out[s, j] = max of z[r, j] over the rows r of segment s, those from starts[s] up to starts[s + 1];
 * at[s, j] (int32) = the first r that has it.
 */
export function segmentMax(
  z: usize,
  starts: usize,
  out: usize,
  at: usize,
  segments: i32,
  width: i32,
): void {
  const bytes = <usize> width * 4;
  for (let s = 0; s < segments; s++, starts += 4, out += bytes, at += bytes) {
    const first = load<i32>(starts), end = load<i32>(starts, 4);
    const top = z + <usize> first * bytes;
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) {
      let most = v128.load(top + j), place = i32x4.splat(first);
      for (let r = first + 1, p = top + bytes + j; r < end; r++, p += bytes) {
        const v = v128.load(p), more = f32x4.gt(v, most);
        most = v128.bitselect(v, most, more);
        place = v128.bitselect(i32x4.splat(r), place, more);
      }
      v128.store(out + j, most);
      v128.store(at + j, place);
    }
    for (; j < bytes; j += 4) {
      let most = load<f32>(top + j), place = first;
      for (let r = first + 1, p = top + bytes + j; r < end; r++, p += bytes) {
        const v = load<f32>(p);
        if (v > most) most = v, place = r;
      }
      store<f32>(out + j, most);
      store<i32>(at + j, place);
    }
  }
}

/** dz[at[s, j], j] += dy[s, j]. */
export function segmentMaxBackward(
  dy: usize,
  at: usize,
  dz: usize,
  segments: i32,
  width: i32,
): void {
  for (let s = 0; s < segments; s++) {
    for (let j = 0; j < width; j++, dy += 4, at += 4) {
      const to = dz + <usize> (load<i32>(at) * width + j) * 4;
      store<f32>(to, load<f32>(to) + load<f32>(dy));
    }
  }
}

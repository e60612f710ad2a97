// Random masks, the same in JavaScript (lib/engine/_dropout_mask.ts) and here.

/**
 * out[i] = value where a hash of the seed and i is below the threshold (both as unsigned 32-bit
 * numbers), else 0. The hash is MurmurHash3's finalizer of seed + i · 0x9e3779b9.
 */
export function dropoutMask(out: usize, n: i32, seed: i32, threshold: i32, value: f32): void {
  const kept = f32x4.splat(value), limit = i32x4.splat(threshold ^ 0x80000000);
  const golden = i32x4.splat(0x9e3779b9), flip = i32x4.splat(0x80000000);
  let index = i32x4(0, 1, 2, 3);
  for (let i = 0; i < n; i += 4, out += 16) {
    let h = i32x4.add(i32x4.splat(seed), i32x4.mul(index, golden));
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
    h = v128.xor(v128.xor(h, i32x4.shr_u(h, 16)), flip);
    const mask = v128.and(kept, i32x4.lt_s(h, limit));
    if (i + 4 <= n) v128.store(out, mask);
    else {
      for (let j = i, p = out, rest = mask; j < n; j++, p += 4) {
        store<f32>(p, f32x4.extract_lane(rest, 0));
        rest = v128.shuffle<i32>(rest, rest, 1, 2, 3, 3);
      }
    }
    index = i32x4.add(index, i32x4.splat(4));
  }
}

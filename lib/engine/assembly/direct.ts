// Direct weights of hashed n-gram features: consecutive values of one large table are added to the
// logits of a row, at one place a feature; they learn by AdaGrad where the row's gradient passes.
import { loadSome, storeSome } from "./vector";

/** row += table[place … place + n − 1] for each of `count` places (int32; −1 is none). */
export function addDirect(row: usize, n: i32, table: usize, places: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    const place = load<i32>(places + <usize> k * 4);
    if (place < 0) continue;
    let from = table + <usize> place * 4, to = row, j = 0;
    for (; j + 4 <= n; j += 4, to += 16, from += 16) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    }
    for (; j < n; j++, to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
  }
}

/** G ← G + g²; d ← d − η g / √(1 + G), for the values of each place, with g = gradient. */
export function learnDirect(
  gradient: usize,
  n: i32,
  table: usize,
  squares: usize,
  places: usize,
  count: i32,
  rate: f32,
): void {
  const one = f32x4.splat(1), step = f32x4.splat(rate);
  for (let k = 0; k < count; k++) {
    const place = load<i32>(places + <usize> k * 4);
    if (place < 0) continue;
    const at = <usize> place * 4;
    for (let j = 0; j < n; j += 4) {
      const offset = <usize> j * 4, left = n - j, d = table + at + offset;
      const s = squares + at + offset, from = gradient + offset;
      const whole = left >= 4;
      const g = whole ? v128.load(from) : loadSome(from, left);
      const G = f32x4.add(whole ? v128.load(s) : loadSome(s, left), f32x4.mul(g, g));
      const change = f32x4.div(f32x4.mul(step, g), f32x4.sqrt(f32x4.add(one, G)));
      const theta = f32x4.sub(whole ? v128.load(d) : loadSome(d, left), change);
      if (whole) {
        v128.store(s, G);
        v128.store(d, theta);
      } else {
        storeSome(s, G, left);
        storeSome(d, theta, left);
      }
    }
  }
}

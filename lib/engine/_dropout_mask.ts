/** `keep` as a share of 2³², what the hash is compared with; 1 keeps all but one in 2³². */
export function dropoutThreshold(keep: number): number {
  return Math.min(Math.floor(keep * 2 ** 32), 2 ** 32 - 1) | 0;
}

/** The same mask as assembly/dropout.ts. */
export function plainDropoutMask(
  n: number,
  { seed, keep, value }: { seed: number; keep: number; value: number },
): Float32Array {
  const limit = dropoutThreshold(keep) >>> 0;
  return Float32Array.from({ length: n }, (_, i) => {
    let h = (seed + Math.imul(i, 0x9e3779b9)) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b); // the finalizer of MurmurHash3
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) < limit ? value : 0;
  });
}

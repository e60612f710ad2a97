/** Multipliers of the parts of a feature: odd, from xxHash and MurmurHash3. */
export const A = 0x9e3779b1 | 0, B = 0x85ebca77 | 0, C = 0xc2b2ae3d | 0, D = 0x27d4eb2f | 0;
const FINAL = 0x2c1b3c6d;

/**
 * A 32-bit number for a text (FNV-1a), from which features are made: after it no string is touched.
 * Two texts share a number with a chance of 2⁻³².
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** Spreads a sum of multiplied parts over all 32 bits; what shares a place only shares it by chance. */
export function mixed(sum: number): number {
  const hash = Math.imul(sum ^ (sum >>> 15), FINAL);
  return hash ^ (hash >>> 13);
}

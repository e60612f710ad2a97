/** Stands for "no word here": an empty place of stack or buffer, no head, no dependent, no label. */
export const NONE: -1 = -1;

/**
 * What a transition-based parser has before it: a stack, a buffer and the arcs built so far
 * (Nivre 2003). Words are 1 to n, 0 is ROOT. It is changed in place; {@linkcode copy} makes another.
 *
 * The buffer is always the rest of the sentence, {@linkcode next} to n. Projective parsers attach
 * dependents from the inside out, so that the newest one on a side is the outermost.
 */
export class Configuration {
  /** Number of words, n. */
  readonly length: number;
  /** The stack, its bottom first; items 0 to {@linkcode stackSize} − 1 count. */
  readonly stack: Int32Array;
  /** Number of items on the stack. */
  stackSize = 0;
  /** First word of the buffer; n + 1 if the buffer is empty. */
  next = 1;
  /** Head of each word, or {@linkcode NONE}; shape [n + 1]. */
  readonly heads: Int32Array;
  /** Id of each word's label, or {@linkcode NONE}; shape [n + 1]. */
  readonly labels: Int32Array;
  /** Leftmost dependent left of each word, or {@linkcode NONE}; shape [n + 1]. */
  readonly leftmost: Int32Array;
  /** Rightmost dependent right of each word, or {@linkcode NONE}; shape [n + 1]. */
  readonly rightmost: Int32Array;
  /** For each dependent the next one inwards on the same side of its head; shape [n + 1]. */
  readonly inner: Int32Array;

  /**
   * Nothing on the stack but ROOT, all words in the buffer, no arcs.
   *
   * @param length number of words, n
   */
  constructor(length: number) {
    const size = length + 1;
    this.length = length;
    this.stack = new Int32Array(size);
    this.heads = new Int32Array(size).fill(NONE);
    this.labels = new Int32Array(size).fill(NONE);
    this.leftmost = new Int32Array(size).fill(NONE);
    this.rightmost = new Int32Array(size).fill(NONE);
    this.inner = new Int32Array(size).fill(NONE);
    this.stackSize = 1; // ROOT = 0
  }

  /** The stack item `depth` below the top (0: s0, the top itself), or {@linkcode NONE}. */
  stackItem(depth: number): number {
    return depth < this.stackSize ? this.stack[this.stackSize - 1 - depth] : NONE;
  }

  /** The buffer item at this place (0: b0, the first), or {@linkcode NONE}. */
  bufferItem(place: number): number {
    return this.next + place <= this.length ? this.next + place : NONE;
  }

  /** Moves the first word of the buffer onto the stack. */
  push(): void {
    this.stack[this.stackSize++] = this.next++;
  }

  /** Adds the arc head → dependent. */
  attach(head: number, dependent: number, label: number): void {
    this.heads[dependent] = head;
    this.labels[dependent] = label;
    const outermost = dependent < head ? this.leftmost : this.rightmost;
    this.inner[dependent] = outermost[head];
    outermost[head] = dependent;
  }

  /** The same configuration, to be changed on its own. */
  copy(): Configuration {
    const other = new Configuration(this.length);
    other.stack.set(this.stack);
    other.stackSize = this.stackSize;
    other.next = this.next;
    other.heads.set(this.heads);
    other.labels.set(this.labels);
    other.leftmost.set(this.leftmost);
    other.rightmost.set(this.rightmost);
    other.inner.set(this.inner);
    return other;
  }
}

/** C = A B, or C += A B, on matrices in the heap, row by row. Addresses are byte offsets. */
export interface ProductInput {
  /** Rows of C. */
  m: number;
  /** Columns of C. */
  n: number;
  /** Columns of A, rows of B. */
  k: number;
  /** A's address: [m, k], or [k, m] when `transposeA`. */
  a: number;
  /** Values from one row of A in memory to the next. @default {k, or m when transposed} */
  lda?: number;
  /** Whether A is in memory as its transpose. @default {false} */
  transposeA?: boolean;
  /** B's address: [k, n], or [n, k] when `transposeB`. */
  b: number;
  /** Values from one row of B in memory to the next. @default {n, or k when transposed} */
  ldb?: number;
  /** Whether B is in memory as its transpose. @default {false} */
  transposeB?: boolean;
  /** C's address. */
  c: number;
  /** Values from one row of C in memory to the next. @default {n} */
  ldc?: number;
  /** Whether to add to what C holds. @default {false} */
  accumulate?: boolean;
}

/** Computes a matrix product on the heap. */
export type Product = (input: ProductInput) => void;

/** Someone who computes matrix products. */
export interface ProductProvider {
  /** What it is, in words. */
  readonly name: string;
  /** The product. */
  readonly product: Product;
  /** Fixes how many threads large products may use; none where there is but one. */
  setThreads?(count: number): void;
}

/** Leading dimensions with their defaults. */
export function leading(input: ProductInput): { lda: number; ldb: number; ldc: number } {
  const { m, n, k, transposeA, transposeB } = input;
  return {
    lda: input.lda ?? (transposeA ? m : k),
    ldb: input.ldb ?? (transposeB ? k : n),
    ldc: input.ldc ?? n,
  };
}

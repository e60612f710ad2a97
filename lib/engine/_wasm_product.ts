import type { Heap } from "./_heap.ts";
import type { Kernels } from "./_kernels.ts";
import { leading, type ProductProvider } from "./_product.ts";

/** Matrix products by our own SIMD kernel (assembly/product.ts), which needs nothing installed. */
export function wasmProvider(heap: Heap, kernels: Kernels): ProductProvider {
  const work = heap.reserve(kernels.productWorkspace());
  return {
    name: "our WebAssembly kernel (relaxed SIMD)",
    product(input) {
      const { m, n, k, a, b, c, transposeA, transposeB, accumulate = false } = input;
      const { lda, ldb, ldc } = leading(input);
      if (k === 0 && !accumulate) {
        for (let i = 0; i < m; i++) kernels.zero(c + 4 * i * ldc, n);
        return;
      }
      const [ai, al] = transposeA ? [1, lda] : [lda, 1];
      const [bl, bj] = transposeB ? [1, ldb] : [ldb, 1];
      kernels.product(m, n, k, a, ai, al, b, bl, bj, c, ldc, accumulate, work);
    },
  };
}

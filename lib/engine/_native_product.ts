import { blasCandidates } from "./_blas_candidates.ts";
import type { Heap } from "./_heap.ts";
import { leading, type Product, type ProductProvider } from "./_product.ts";
import { tested } from "./_self_test.ts";

// The values of CBLAS's enumerations.
const ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112;

/** Names `cblas_sgemm` has: plain, with 64-bit integers, and prefixed as PyPI's builds are. */
const SGEMM_NAMES = [
  "cblas_sgemm",
  "scipy_cblas_sgemm",
  "cblas_sgemm64_",
  "scipy_cblas_sgemm64_",
] as const;

type SgemmFunction = (...args: (number | bigint)[]) => void;

/** A BLAS library that was opened. */
interface Blas {
  sgemm: SgemmFunction;
  /** What the library says about itself, or its file. */
  name: string;
  /** Fixes the number of threads, where the library is OpenBLAS. */
  setThreads(count: number): void;
  close(): void;
}

/** The functions looked for, each optional because every library has only some of them. */
function symbolsOf(): Deno.ForeignLibraryInterface {
  const sgemm = (integer: "i32" | "i64") => ({
    parameters: [
      ...["i32", "i32", "i32", integer, integer, integer, "f32", "usize", integer] as const,
      ...["usize", integer, "f32", "usize", integer] as const,
    ],
    result: "void" as const,
    optional: true as const,
  });
  const symbols: Deno.ForeignLibraryInterface = {};
  for (const name of SGEMM_NAMES) symbols[name] = sgemm(name.endsWith("64_") ? "i64" : "i32");
  for (const prefix of ["", "scipy_"]) {
    for (const suffix of ["", "64_"]) {
      const name = (root: string) => `${prefix}${root}${suffix}`;
      symbols[name("openblas_set_num_threads")] = {
        ...{ parameters: ["i32"], result: "void", optional: true },
      };
      symbols[name("openblas_get_config")] = {
        ...{ parameters: [], result: "pointer", optional: true },
      };
    }
  }
  return symbols;
}

function open(path: string): Blas {
  const library = Deno.dlopen(path, symbolsOf());
  const functions = library.symbols as unknown as Record<string, SgemmFunction | null>;
  const found = SGEMM_NAMES.find((name) => functions[name]);
  if (!found) {
    library.close();
    throw new TypeError(`it has no cblas_sgemm`);
  }
  const [, prefix, suffix] = /^(scipy_)?cblas_sgemm(64_)?$/.exec(found)!;
  const other = (root: string) => functions[`${prefix ?? ""}${root}${suffix ?? ""}`];
  const config = other("openblas_get_config") as unknown as (() => Deno.PointerValue) | null;
  const text = config?.();
  return {
    sgemm: functions[found]!,
    name: text ? Deno.UnsafePointerView.getCString(text).trim() : "BLAS",
    setThreads: (count) => other("openblas_set_num_threads")?.(count),
    close: () => library.close(),
  };
}

/** Operations from which on a second thread pays; waking it costs some microseconds. */
const LARGE = 2e7;

/** Products of LARGE size by so many threads, smaller ones by one. */
function threaded(blas: Blas, product: Product): Required<Omit<ProductProvider, "name">> {
  let allowed = 1, current = 1;
  blas.setThreads(current);
  return {
    setThreads: (count) => allowed = count,
    product(input) {
      const wanted = 2 * input.m * input.n * input.k < LARGE ? 1 : allowed;
      if (wanted !== current) blas.setThreads(current = wanted);
      product(input);
    },
  };
}

/** C = A B by the library, on addresses of this process. */
function productOf({ sgemm }: Blas, heap: Heap): Product {
  let buffer: ArrayBufferLike | undefined, base = 0n;
  const at = (offset: number) => {
    if (heap.memory.buffer !== buffer) { // the memory grew; V8 does not move it, but who knows
      buffer = heap.memory.buffer;
      base = Deno.UnsafePointer.value(Deno.UnsafePointer.of(new Uint8Array(buffer))) as bigint;
      base = BigInt(base);
    }
    return base + BigInt(offset);
  };
  return (input) => {
    const { m, n, k, a, b, c, transposeA, transposeB, accumulate } = input;
    if (m === 0 || n === 0) return;
    const { lda, ldb, ldc } = leading(input);
    const beta = accumulate ? 1 : 0;
    const [ta, tb] = [transposeA ? TRANSPOSE : NO_TRANSPOSE, transposeB ? TRANSPOSE : NO_TRANSPOSE];
    const atLeast1 = (stride: number) => Math.max(stride, 1); // CBLAS refuses 0 where k is 0
    sgemm(
      ROW_MAJOR,
      ta,
      tb,
      m,
      n,
      k,
      1,
      at(a),
      atLeast1(lda),
      at(b),
      atLeast1(ldb),
      beta,
      at(c),
      ldc,
    );
  };
}

/** A library so many times as fast as our own kernel is taken without looking at others. */
const FAST = 2;

/** The outcome of the search for a library. */
export interface NativeSearch {
  /** The first library that passed and is fast, else the fastest that passed, if any did. */
  provider?: ProductProvider;
  /** Why there is none, in words. */
  reason: string;
}

/**
 * Looks for a BLAS library whose product is right and faster than ours. An OpenBLAS older than the
 * processor may run kernels of the first processors of its kind, slower than another library there is.
 *
 * @throws {Error} if `LECTURE_BLAS` names one that does not do
 */
export function findNativeProvider(heap: Heap, own: ProductProvider): NativeSearch {
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") {
    return { reason: "native products need --allow-ffi" };
  }
  const { paths, override } = blasCandidates();
  const refusals: string[] = [];
  let best: { blas: Blas; provider: ProductProvider; speedup: number } | undefined;
  for (const path of paths) {
    try {
      const blas = open(path);
      const provider = {
        name: `${blas.name} from ${path}`,
        ...threaded(blas, productOf(blas, heap)),
      };
      const { fault, speedup } = tested(provider.product, { heap, own: own.product });
      if (fault) refusals.push(`${path}: ${fault}`);
      if (fault || speedup <= (best?.speedup ?? 1)) {
        blas.close();
        continue;
      }
      best?.blas.close();
      best = { blas, provider, speedup };
      if (speedup >= FAST) break;
    } catch (error) {
      if (!isMissing(error)) refusals.push(`${path}: ${(error as Error).message}`);
      else if (override) refusals.push(`${path}: not found`);
    }
  }
  if (best) return { provider: best.provider, reason: "" };
  if (override) {
    throw new Error(`Cannot use LECTURE_BLAS (unset it to search): ${refusals.join("; ")}`);
  }
  return {
    reason: refusals.join("; ") || "no BLAS library found: apt install libopenblas0-pthread",
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error &&
    /cannot open shared object|no such file|not found/i.test(error.message);
}

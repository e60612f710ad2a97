import { DataError } from "#lib/data/mod.ts";
import { engine, type EngineKind } from "#lib/engine/mod.ts";
import { once } from "./_once.ts";
import type { MeasureOptions, RowPlan, Table } from "./table.ts";
import {
  plainLoopsTime,
  type VectorizationTimes,
  vectorizationTimes,
} from "./vectorization_times.ts";

/** The slide's sizes: 500 windows of 300 numbers, 5 classes. */
const SIZES = { N: 500, d: 300, C: 5 };

/** `%timeit` of NumPy on the slide. */
const SLIDE = { loop: 639, product: 53.8, ratio: 11.9 };

async function timesOn(kind: EngineKind): Promise<VectorizationTimes> {
  const found = await engine({ prefer: kind });
  if (found.kind !== kind) {
    throw new DataError(
      `Cannot time native products: ${found.description} (to allow them, which leaves no sandbox: ` +
        "deno task reproduce-tables-native --only vectorization)",
      { code: "not-permitted" },
    );
  }
  return vectorizationTimes(found, SIZES);
}

/** "Vectorization": word vectors one by one, or all of them as one matrix. */
export const vectorization: Table = {
  id: "vectorization",
  title: "Vectorization",
  rows: [
    row("plain-loops", "plain nested loops", {
      engine: "typescript",
      published: {},
      measure: () => Promise.resolve({ microseconds: plainLoopsTime(SIZES) }),
    }),
    ...(["cpu", "wasm", "native"] as const).flatMap(rowsOn),
  ],
};

/**
 * Three ways on an engine. The ratio of loop to product is the product of what a call costs besides
 * computing (`overheadRatio`) and of what computing gains by reuse of W and X (`reuseRatio`).
 */
function rowsOn(kind: EngineKind): RowPlan[] {
  const onEngine = { engine: kind };
  const times = once((_: MeasureOptions) => timesOn(kind)); // the three rows' times of one run
  return [
    row(`${kind}-tensors`, "a tensor operation for each vector", {
      ...onEngine,
      published: {},
      measure: async (options) => ({ microseconds: (await times(options)).tensorLoop }),
    }),
    row(`${kind}-loop`, "a product for each vector", {
      ...onEngine,
      published: { microseconds: SLIDE.loop },
      measure: async (options) => {
        const { loop, overhead } = await times(options);
        return { microseconds: loop, overheadMicroseconds: overhead };
      },
    }),
    row(`${kind}-product`, "one product, C×d by d×N", {
      ...onEngine,
      published: { microseconds: SLIDE.product, ratio: SLIDE.ratio },
      measure: async (options) => {
        const { loop, overhead, product } = await times(options);
        const computing = loop - overhead;
        return {
          microseconds: product,
          ratio: loop / product,
          overheadRatio: loop / computing,
          reuseRatio: computing / product,
        };
      },
    }),
  ];
}

function row(
  id: string,
  way: string,
  rest: Pick<RowPlan, "engine" | "published" | "measure">,
): RowPlan {
  const data = "random W and X: N=500, d=300, C=5";
  return { id, system: `${rest.engine}: ${way}`, data, seed: 1, ...rest };
}

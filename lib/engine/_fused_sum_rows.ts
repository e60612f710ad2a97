import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { badId, expectIntegers, expectShape } from "./_checks.ts";
import { differentiable } from "./_differentiable.ts";
import { ACTIVATION_KINDS } from "./_kernels.ts";
import type { Machine } from "./_machine.ts";
import type { SumRowsOptions } from "./operations.ts";

/** See {@linkcode Operations.sumRows}. */
export function sumRows(
  machine: Machine,
  table: Tensor,
  { ids, bias, activation = "identity" }: SumRowsOptions & { ids: Tensor },
): Tensor2D {
  const { tf, heap, kernels } = machine;
  expectShape("table", table, [-1, -1]);
  expectShape("ids", ids, [-1, -1]);
  const [rows, width] = table.shape, [n, count] = ids.shape;
  expectShape("bias", bias, [width]);
  expectIntegers("ids", ids);
  const bad = kernels.firstIdBeyond(heap.address(ids), ids.size, rows);
  if (bad >= 0) throw badId("ids", { id: ids.dataSync()[bad], rows });
  const kind = ACTIVATION_KINDS[activation];
  return differentiable<Tensor2D>(machine, [table, bias], () => {
    const z = heap.tensor([n, width]);
    const [from, at, start, to] = [table, ids, bias, z].map((t) => heap.address(t));
    const scratch = heap.tensor([count]);
    kernels.sumRows(from, at, start, to, n, count, width, heap.address(scratch));
    scratch.dispose();
    const value = activation === "cube" ? heap.tensor([n, width]) : z; // its slope needs z
    kernels.activateAll(kind, to, heap.address(value), n * width);
    const gradient = (dy: Tensor, [ids, kept]: Tensor[]) =>
      tf.tidy(() => {
        const dz = heap.tensor([n, width]);
        const [dTable, dBias] = [heap.zeros([rows, width]), heap.zeros([width])];
        const slopes = heap.address(dz);
        kernels.activateAllBackward(
          kind,
          heap.address(kept),
          heap.address(dy),
          slopes,
          n * width,
        );
        kernels.scatterToRows(heap.address(dTable), heap.address(ids), slopes, n, count, width);
        kernels.addColumnSums(slopes, heap.address(dBias), n, width);
        return [dTable, dBias];
      });
    return { value: value as Tensor2D, saved: [ids, z], gradient };
  });
}

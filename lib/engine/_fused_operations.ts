import { dropoutThreshold } from "./_dropout_mask.ts";
import { groupLosses } from "./_fused_groups.ts";
import { gru } from "./_fused_gru.ts";
import { crossEntropy, dense, embed, linearCrossEntropy, logSoftmax } from "./_fused_layers.ts";
import { lstm } from "./_fused_lstm.ts";
import { rnn } from "./_fused_rnn.ts";
import { segmentMax } from "./_fused_segment_max.ts";
import { sumRows } from "./_fused_sum_rows.ts";
import type { Machine } from "./_machine.ts";
import type { Operations } from "./operations.ts";

/** The operations on the wasm heap: few large products, and one kernel call for the rest. */
export function fusedOperations(machine: Machine): Operations {
  return {
    embed: (table, ids) => embed(machine, table, ids),
    dense: (x, options) => dense(machine, x, options),
    sumRows: (table, ids, options) => sumRows(machine, table, { ids, ...options }),
    segmentMax: (z, starts) => segmentMax(machine, z, starts),
    crossEntropy: (logits, targets) => crossEntropy(machine, logits, targets),
    linearCrossEntropy: (h, options) => linearCrossEntropy(machine, h, options),
    groupLosses: (h, options) => groupLosses(machine, h, options),
    logSoftmax: (logits) => logSoftmax(machine, logits),
    dropoutMask(shape, { keep, seed, value = 1 }) {
      const { heap, kernels } = machine;
      const mask = heap.tensor(shape);
      kernels.dropoutMask(heap.address(mask), mask.size, seed, dropoutThreshold(keep), value);
      return mask;
    },
    rnn: (x, options) => rnn(machine, x, options),
    gru: (x, options) => gru(machine, x, options),
    lstm: (x, options) => lstm(machine, x, options),
  };
}

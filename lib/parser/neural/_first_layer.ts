import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { activateTensor, type OnEngine } from "#lib/nn/mod.ts";
import type { NetworkShape } from "./network_shape.ts";
import type { TokenGroup } from "./token_groups.ts";

/** What the first layer is made of. */
interface FirstLayer extends OnEngine {
  readonly groups: readonly TokenGroup[];
  readonly shape: NetworkShape;
}

/**
 * f(W_1^w x^w + W_1^t x^t + W_1^l x^l + b_1) for configurations given by their embedding rows. The
 * same few tags and labels stand in all configurations of a batch: where a group has fewer different
 * rows than there are configurations, each is multiplied once for every place and the products are
 * added up; elsewhere each configuration's embeddings are multiplied.
 *
 * @param rows shape [N, tokens]
 * @returns shape [N, units]
 */
export function firstLayer(network: FirstLayer, rows: Int32Array): Tensor2D {
  const { engine, groups, parameters, shape: { hidden: [units], activation } } = network;
  const { tf } = engine, n = rows.length / groups.reduce((sum, { places }) => sum + places, 0);
  const none = tf.zeros([units]);
  let begin = 0, z: Tensor | undefined;
  for (const [g, { places }] of groups.entries()) {
    const part = productsOf(network, g, {
      ids: columnsOf(rows, { n, from: begin, count: places }),
      n,
      bias: z ? none : parameters.b_1,
    });
    z = z ? tf.add(z, part) : part;
    begin += places;
  }
  return activateTensor(engine, activation, z as Tensor2D);
}

function columnsOf(
  rows: Int32Array,
  { n, from, count }: { n: number; from: number; count: number },
): Int32Array {
  const width = rows.length / n, columns = new Int32Array(n * count);
  for (let i = 0; i < n; i++) {
    columns.set(rows.subarray(i * width + from, i * width + from + count), i * count);
  }
  return columns;
}

/** W_1^g x^g + bias. */
function productsOf(
  network: FirstLayer,
  g: number,
  { ids, n, bias }: { ids: Int32Array; n: number; bias: Tensor },
): Tensor {
  const { engine: { tf, operations }, groups, shape: { widths }, parameters } = network;
  const { letter, places, rows } = groups[g];
  const E = parameters[`E_${letter}`], W = parameters[`W_1${letter}`];
  const { distinct, numbers } = renumber(ids, { rows, places });
  if (distinct.length >= n) {
    const found = operations.embed(E, tf.tensor2d(ids, [n, places], "int32"));
    const x = tf.reshape(found, [n, places * widths[letter]]);
    return operations.dense(x, { weights: W, bias });
  }
  const found = operations.embed(E, tf.tensor1d(distinct, "int32"));
  const table = contributions(network, g, found);
  return operations.sumRows(table, tf.tensor2d(numbers, [n, places], "int32"), { bias });
}

/**
 * What embeddings of group g contribute to the first layer at each place.
 *
 * @param embeddings shape [n, width]
 * @returns shape [n · places, units]
 */
export function contributions(network: FirstLayer, g: number, embeddings: Tensor): Tensor2D {
  const { engine: { tf }, groups, shape: { widths, hidden: [units] }, parameters } = network;
  const { letter, places } = groups[g], width = widths[letter];
  const W = tf.reshape(parameters[`W_1${letter}`], [places, width, units]);
  const wide = tf.reshape(tf.transpose(W, [1, 0, 2]), [width, places * units]);
  return tf.reshape(tf.matMul(embeddings as Tensor2D, wide as Tensor2D), [-1, units]);
}

/** The different rows, and each id's row in a table that has them for every place. */
function renumber(
  ids: Int32Array,
  { rows, places }: { rows: number; places: number },
): { distinct: Int32Array; numbers: Int32Array } {
  const numberOf = new Int32Array(rows).fill(-1),
    distinct = new Int32Array(Math.min(rows, ids.length));
  const numbers = new Int32Array(ids.length);
  let count = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (numberOf[id] < 0) {
      distinct[count] = id;
      numberOf[id] = count++;
    }
    numbers[i] = numberOf[id] * places + i % places;
  }
  return { distinct: distinct.subarray(0, count), numbers };
}

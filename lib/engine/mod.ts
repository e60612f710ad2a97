/**
 * Where numbers are crunched: TensorFlow.js as the tensor and differentiation interface, its
 * WebAssembly heap as the memory, and our own kernels on that memory for what training spends its
 * time in. Importing this loads nothing; {@linkcode engine} does.
 *
 * ```ts
 * import { engine } from "#lib/engine/mod.ts";
 *
 * const { tf, operations } = await engine();
 * const loss = tf.tidy(() => {
 *   const logits = tf.tensor2d([[1, 2, 3]]);
 *   return operations.crossEntropy(logits, tf.tensor1d([2], "int32")).dataSync()[0];
 * });
 * console.log(loss); // 0.4076 nats
 * ```
 *
 * @module
 */
export * from "./engine.ts";
export * from "./median_time.ts";
export * from "./operations.ts";
export * from "./plain_operations.ts";
export * from "./tensorflow.ts";
export * from "./updates.ts";

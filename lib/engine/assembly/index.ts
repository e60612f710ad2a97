// The engine's kernels, compiled by `deno task build-kernels` to one WebAssembly module that works
// on TensorFlow.js's heap. All addresses are byte offsets into that heap; nothing here allocates.
export { initialise } from "./constants";
export * from "./direct";
export * from "./dropout";
export * from "./elementwise";
export * from "./embedding";
export * from "./product";
export * from "./recurrent";
export * from "./segment_max";
export * from "./softmax";
export * from "./sum_rows";
export * from "./update";

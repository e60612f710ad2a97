import type * as tfjs from "@tensorflow/tfjs";

/** TensorFlow.js as a value: `const { tf } = await engine()` has this type. */
export type TensorFlow = typeof tfjs;

import type { TensorFlow } from "./tensorflow.ts";

/** Says so where a disposed tensor is used: TensorFlow.js fails to read its own "backend" of it. */
export function refuseDisposed(tf: TensorFlow): void {
  const found = tf.engine(), own = found.moveData.bind(found);
  found.moveData = (backend, dataId) => {
    if (found.state.tensorInfo.has(dataId)) return own(backend, dataId);
    throw new Error(
      "Cannot compute with a tensor that was disposed (is its model used after dispose()?)",
    );
  };
}

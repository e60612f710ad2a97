/**
 * What runs in a Worker of {@linkcode Replicas}: builds a copy of the model, then for each share of
 * a batch takes the parameters from shared memory and leaves the gradients there.
 *
 * @module
 */
import { engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { ReplicaReply, ReplicaStart, ReplicaTask } from "./_replica_messages.ts";
import type { Trainable } from "./training.ts";
import { variableGradients } from "./_variable_gradients.ts";

/** The part of a Worker's global scope used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(reply: ReplicaReply): void;
}

const scope = globalThis as unknown as WorkerScope;
let work: ((task: ReplicaTask) => number) | undefined;

/** Builds the model and returns what computes a share. */
async function start(message: ReplicaStart): Promise<(task: ReplicaTask) => number> {
  const { build } = await import(message.module);
  const model: Trainable<unknown> = await build(
    await engine({ prefer: message.kind }),
    message.config,
  );
  const { engine: { tf, values }, parameters } = model;
  const sizes = Object.entries(parameters).map(([name, { size }]) => ({ name, size }));
  if (JSON.stringify(sizes) !== JSON.stringify(message.sizes)) {
    throw new RangeError(
      `build() made other parameters: expected ${JSON.stringify(message.sizes)}, got ` +
        JSON.stringify(sizes),
    );
  }
  const theta = new Float32Array(message.parameters), out = new Float32Array(message.gradients);
  return ({ batch, seed }) => {
    let offset = 0;
    for (const variable of Object.values(parameters)) {
      values(variable).set(theta.subarray(offset, offset += variable.size));
    }
    out.fill(0);
    if (model.tokens?.(batch) === 0) return 0;
    return tf.tidy(() => {
      const context = { training: true, random: seeded(seed) };
      const { value, grads } = variableGradients(model, () => model.loss(batch, context));
      let at = 0;
      for (const variable of Object.values(parameters)) {
        const gradient = grads[variable.name];
        if (gradient) out.set(values(gradient), at);
        at += variable.size;
      }
      return values(value)[0];
    });
  };
}

scope.onmessage = async ({ data }: MessageEvent<ReplicaStart | ReplicaTask>) => {
  try {
    if ("module" in data) {
      work = await start(data);
      scope.postMessage({ loss: 0 });
    } else scope.postMessage({ loss: work!(data) });
  } catch (error) {
    scope.postMessage({ loss: NaN, error: (error as Error).message });
  }
};

import type { Tensor } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "./json_value.ts";
import type { NamedVariables, OnEngine } from "./parameter.ts";
import type { ReplicaReply, ReplicaStart, ReplicaTask } from "./_replica_messages.ts";

/** A model that Workers can build: what crosses over is this, not a closure. */
export interface ReplicaSpec {
  /** URL of a module that exports `build(engine, config)`, which returns a `Trainable`. */
  module: string;
  /** What `build` gets. */
  config: JsonValue;
  /** Number of Workers; with the program itself they are one more. @default {1} */
  workers?: number;
}

/** Loss and gradients of a batch or of a share of it. */
export interface ShareResult {
  /** Mean over its predictions. */
  loss: number;
  /** ∂J/∂θ by name. */
  gradients: Record<string, Tensor>;
}

/**
 * Copies of a model in Workers, each with its own engine, that compute the gradients of their
 * share of each batch (data parallelism). The mean of the shares' gradients is the batch's
 * gradient, so training is the same but for rounding.
 */
export class Replicas {
  readonly #workers: Worker[];
  /** θ, then one block of gradients a Worker, in shared memory. */
  readonly #shared: Float32Array[];
  readonly #answers: (Promise<ReplicaReply> | undefined)[];

  private constructor(workers: Worker[], shared: Float32Array[]) {
    this.#workers = workers;
    this.#shared = shared;
    this.#answers = workers.map(() => undefined);
  }

  /**
   * Starts the Workers and waits until each has built its copy.
   *
   * @throws {Error} if a Worker cannot build the model, or its parameters differ from the model's
   */
  static async start(
    { engine, parameters }: OnEngine,
    { module, config, workers: count = 1 }: ReplicaSpec,
  ): Promise<Replicas> {
    const sizes = Object.entries(parameters).map(([name, { size }]) => ({ name, size }));
    const total = sizes.reduce((sum, { size }) => sum + size, 0);
    const shared = Array.from({ length: count + 1 }, () => new SharedArrayBuffer(4 * total));
    const url = new URL("./_replica_worker.ts", import.meta.url);
    const workers = Array.from({ length: count }, () => new Worker(url, { type: "module" }));
    const replicas = new Replicas(workers, shared.map((memory) => new Float32Array(memory)));
    try {
      await Promise.all(workers.map((worker, i) => {
        const memory = { parameters: shared[0], gradients: shared[i + 1] };
        const start: ReplicaStart = { module, config, kind: engine.kind, sizes, ...memory };
        worker.postMessage(start);
        return replicas.#reply(worker);
      }));
    } catch (error) {
      replicas.dispose();
      throw error;
    }
    return replicas;
  }

  /** Computers that share a batch: the Workers and this program. */
  get shares(): number {
    return this.#workers.length + 1;
  }

  #reply(worker: Worker): Promise<ReplicaReply> {
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ReplicaReply>) =>
        data.error === undefined
          ? resolve(data)
          : reject(new Error(`A replica failed: ${data.error}`));
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`A replica failed: ${event.message}`));
      };
    });
  }

  /** Hands the parameters and their shares to the Workers, which begin at once. */
  begin(
    { values }: Engine,
    parameters: NamedVariables,
    shares: readonly { batch: unknown; seed: number }[],
  ): void {
    let offset = 0;
    for (const variable of Object.values(parameters)) {
      this.#shared[0].set(values(variable), offset);
      offset += variable.size;
    }
    this.#workers.forEach((worker, i) => {
      const task: ReplicaTask = shares[i];
      worker.postMessage(task);
      this.#answers[i] = this.#reply(worker);
    });
  }

  /**
   * Waits for the Workers and adds their gradients to this program's, by the weights of the shares.
   *
   * @param own this program's share; its gradients become those of the batch
   * @param weights the part of each share in the batch, this program's first, summing to 1
   */
  async finish(
    { engine, parameters }: OnEngine,
    own: ShareResult,
    weights: readonly number[],
  ): Promise<number> {
    const replies = await Promise.all(this.#answers);
    separate(engine, own.gradients);
    let offset = 0;
    for (const [name, { size }] of Object.entries(parameters)) {
      if (own.gradients[name]) {
        const g = engine.values(own.gradients[name]);
        let before = weights[0]; // the first round also scales what is there
        this.#shared.slice(1).forEach((theirs, i) => {
          const weight = weights[i + 1];
          for (let j = 0; j < size; j++) g[j] = before * g[j] + weight * theirs[offset + j];
          before = 1;
        });
      }
      offset += size;
    }
    return replies.reduce(
      (loss, reply, i) => loss + weights[i + 1] * reply!.loss,
      weights[0] * own.loss,
    );
  }

  /** Ends the Workers. */
  dispose(): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

/** Gives gradients that are one tensor's memory (as those of both operands of a sum) their own. */
function separate({ tf }: Engine, gradients: Record<string, Tensor>): void {
  const seen = new Set<object>();
  for (const [name, gradient] of Object.entries(gradients)) {
    if (seen.has(gradient.dataId)) {
      gradients[name] = tf.mul(gradient, 1);
      gradient.dispose();
    }
    seen.add(gradients[name].dataId);
  }
}

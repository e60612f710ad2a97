import type { Tensor } from "@tensorflow/tfjs";
import { seeded, seededFromState, type SeededRandom } from "#lib/random/mod.ts";
import type { Epoch } from "./minibatches.ts";
import type { NamedVariables } from "./parameter.ts";
import type { Replicas, ShareResult } from "./replicas.ts";
import {
  DivergenceError,
  type Trainable,
  type TrainingReport,
  type TrainingState,
  type TrainOptions,
} from "./training.ts";
import { Updater } from "./_updater.ts";
import { variableGradients } from "./_variable_gradients.ts";

const SNAPSHOT_EVERY = 100; // updates between copies of good parameters
const EXPLODED = 1000; // a loss so many times the first one has run away
const BREATHE = 50; // milliseconds after which the event loop gets a turn

/**
 * Trains a model and reports on the way. Stopping the loop stops the training; the state can be
 * saved at any report and training resumed from it exactly. Resumed where nothing is left to report, it
 * reports once, at the end, with a loss of NaN.
 *
 * @param model its parameters are changed in place; at the end, with `evaluate`, the best are put in
 * @param batches gives the batches of an epoch in the order that its random numbers decide
 * @throws {RangeError} if an option is not what it may be, more epochs are done than were asked for
 * or the state to go on from is not this model's and optimizer's, before anything is changed; if an
 * epoch has no batches
 * @throws {DivergenceError} if the loss or the gradient is not finite, or the loss exploded; the
 * model then has its last good parameters
 *
 * @example
 * ```ts
 * import { engine } from "#lib/engine/mod.ts";
 * import { parameter, sgd, train, zeros } from "#lib/nn/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 *
 * const found = await engine(), { tf } = found, random = seeded(1);
 * const w = parameter(found, { shape: [], initializer: zeros(), random });
 * const model = { // learns w = 3 from pairs (x, 3x)
 *   engine: found,
 *   parameters: { w },
 *   loss: (x: number) => tf.squaredDifference(tf.mul(w, x), 3 * x).asScalar(),
 * };
 * const options = { optimizer: sgd({ rate: 0.1 }), epochs: 10, random };
 * for await (const { step, loss } of train(model, () => [1, 2], options)) console.log(step, loss);
 * w.dispose();
 * ```
 */
export async function* train<Batch>(
  model: Trainable<Batch>,
  batches: Epoch<Batch>,
  options: TrainOptions<Batch>,
): AsyncGenerator<TrainingReport, void, void> {
  const run = new Run(model, options);
  try {
    let reports = 0;
    while (!run.finished()) {
      for await (const report of run.epoch(batches)) {
        reports++;
        yield report;
      }
    }
    if (options.resume && reports === 0) yield run.report();
    run.restoreBest();
  } finally {
    run.dispose();
  }
}

/** One training run. */
class Run<Batch> {
  readonly #model: Trainable<Batch>;
  readonly #options: TrainOptions<Batch>;
  readonly #updater: Updater;
  readonly #random: SeededRandom;
  #epoch = 0;
  #batch = 0;
  #step = 0;
  #order = 0;
  #carried: object | undefined;
  #best: TrainingState["best"];
  #validations: readonly number[] = [];
  #firstLoss = NaN;
  #good: { step: number; parameters: Record<string, Float32Array> };
  #meter = { losses: 0, batches: 0, tokens: 0, since: performance.now() };
  #last = { loss: NaN, learningRate: NaN, gradientNorm: NaN, tokensPerSecond: NaN };
  #breath = performance.now();
  #over = false;

  constructor(model: Trainable<Batch>, options: TrainOptions<Batch>) {
    const { optimizer, sparse = [], resume, epochs = 1 } = options;
    if (resume && resume.epoch > epochs) {
      throw new RangeError(
        `Cannot go on training: expected ${resume.epoch} epochs or more, as many as are done,` +
          ` got ${epochs}`,
      );
    }
    this.#model = model;
    this.#options = options;
    this.#checkOptions();
    this.#random = options.random;
    if (resume) {
      this.#checkFits(resume.parameters);
      if (resume.best) this.#checkFits(resume.best.parameters);
      this.#random = seededFromState(resume.random);
      this.#epoch = resume.epoch;
      this.#batch = resume.batch;
      this.#step = resume.step;
      this.#order = resume.order;
      this.#carried = resume.carried;
      this.#best = resume.best;
      this.#validations = resume.validations ?? [];
    }
    const updating = { optimizer, sparse, state: resume?.optimizer };
    this.#updater = new Updater(model.engine, model.parameters, updating);
    if (resume) this.#put(resume.parameters); // nothing refuses any more
    this.#good = { step: this.#step, parameters: this.#copy() };
  }

  #checkOptions(): void {
    const { sparse = [], clipNorm = Infinity, l2, optimizer, schedule } = this.#options;
    const { lambda, only = [] } = l2 ?? { lambda: 0 };
    const names = Object.keys(this.#model.parameters), learning = this.#learning();
    const unknown = sparse.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new RangeError(
        `Cannot train rows of ${unknown}: expected one of ${names.join(", ")}`,
      );
    }
    this.#checkCounts();
    if (schedule && optimizer.rate === 0) { // rates are passed on as shares of the optimizer's
      throw new RangeError(
        `Cannot follow a schedule: expected a rate of ${optimizer.name} above 0, got 0`,
      );
    }
    if (!(clipNorm > 0)) {
      throw new RangeError(`Cannot clip gradients: expected a norm above 0, got ${clipNorm}`);
    }
    if (!(lambda >= 0)) {
      throw new RangeError(`Cannot regularise: expected λ of 0 or more, got ${lambda}`);
    }
    const wrong = only.find((name, i) => !learning.includes(name) || only.indexOf(name) < i);
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot regularise ${wrong}: expected one of ${learning.join(", ")}, each once`,
      );
    }
  }

  /** Epochs and updates are counted in whole numbers, or have no end. */
  #checkCounts(): void {
    const { epochs = 1, patience = Infinity, reportEvery = 1, evaluate } = this.#options;
    const counts: [what: string, count: number, least: number][] = [
      ["epochs", epochs, 0],
      ["epochs of patience", patience, 1],
      ["updates between reports", reportEvery, 1],
    ];
    for (const [what, count, least] of counts) {
      if (count >= least && (Number.isInteger(count) || count === Infinity)) continue;
      throw new RangeError(
        `Cannot train: expected ${what} in a whole number of ${least} or more, got ${count}`,
      );
    }
    if (patience < Infinity && !evaluate) {
      throw new RangeError("Cannot train with patience: expected evaluate(), got none");
    }
  }

  /** Names of the parameters that learn by gradients. */
  #learning(): string[] {
    const { parameters } = this.#model;
    return Object.keys(parameters).filter((name) => parameters[name].trainable);
  }

  /** Whether all epochs are done or nothing improves any more. */
  finished(): boolean {
    const { epochs = 1, patience = Infinity } = this.#options;
    return this.#epoch >= epochs || (this.#best?.epochsSince ?? 0) >= patience;
  }

  /** Trains to the end of the epoch, with reports. */
  async *epoch(batches: Epoch<Batch>): AsyncGenerator<TrainingReport, void, void> {
    const { reportEvery = 1 } = this.#options;
    if (this.#batch === 0) this.#order = Math.floor(this.#random() * 2 ** 32);
    let index = 0;
    for await (const batch of batches(seeded(this.#order))) {
      if (index++ < this.#batch) { // done before the state was saved
        if (index === this.#batch) {
          Object.assign(carriedOf(batch) ?? {}, structuredClone(this.#carried));
        }
        continue;
      }
      await this.#update(batch);
      this.#carried = carriedOf(batch);
      this.#batch++;
      if (this.#step % reportEvery === 0) yield this.report();
      if (performance.now() - this.#breath > BREATHE) {
        await new Promise((resolve) => setTimeout(resolve));
        this.#breath = performance.now();
      }
    }
    if (index === 0) throw new RangeError("Cannot train: an epoch had no batches");
    this.#epoch++;
    this.#batch = 0;
    this.#carried = undefined;
    const validation = await this.#evaluate();
    if (validation !== undefined || this.#meter.batches > 0) {
      yield { ...this.report(), ...(validation === undefined ? {} : { validation }) };
    }
  }

  /** One step of gradient descent on a batch. */
  async #update(batch: Batch): Promise<void> {
    const { optimizer, schedule, clipNorm = Infinity, replicas } = this.#options;
    const moment = { epoch: this.#epoch, step: this.#step, validations: this.#validations };
    const rate = schedule?.(moment) ?? optimizer.rate;
    const { tf } = this.#model.engine;
    const rateShare = schedule ? rate / optimizer.rate : 1;
    const found = replicas
      ? await this.#share(batch, { replicas, rateShare })
      : this.#lossAndGradients(batch, rateShare);
    try {
      const { gradients } = found;
      const loss = found.loss + this.#addL2(gradients);
      const gradientNorm = this.#updater.norm(gradients);
      this.#checkDivergence({ loss, learningRate: rate, gradientNorm });
      const scale = gradientNorm > clipNorm ? clipNorm / gradientNorm : 1;
      this.#updater.apply(gradients, { rate, scale });
      this.#step++;
      this.#meter.losses += loss;
      this.#meter.batches++;
      this.#meter.tokens += this.#model.tokens?.(batch) ?? NaN;
      Object.assign(this.#last, { learningRate: rate, gradientNorm });
    } finally {
      tf.dispose(found.gradients);
    }
  }

  /** The batch's loss and gradients, computed together with the Workers. */
  async #share(
    batch: Batch,
    { replicas, rateShare }: { replicas: Replicas; rateShare: number },
  ): Promise<ShareResult> {
    const model = this.#model;
    const { engine, parameters } = model;
    if (!model.split || !model.tokens) {
      throw new TypeError("Cannot share batches: the model needs split() and tokens()");
    }
    const [own, ...others] = model.split(batch, replicas.shares);
    const seeds = others.map((share) => ({
      batch: share,
      seed: Math.floor(this.#random() * 2 ** 32),
    }));
    replicas.begin(engine, parameters, seeds);
    const found = this.#lossAndGradients(own, rateShare);
    const counts = [own, ...others].map((share) => model.tokens!(share));
    const total = counts.reduce((sum, n) => sum + n, 0);
    const weights = counts.map((n) => n / total);
    try {
      return { ...found, loss: await replicas.finish(model, found, weights) };
    } catch (error) {
      engine.tf.dispose(found.gradients);
      throw error;
    }
  }

  /** J and its gradients; the caller disposes them. */
  #lossAndGradients(batch: Batch, rateShare: number): ShareResult {
    const model = this.#model, { engine: { tf, values }, parameters } = model;
    const context = { training: true, random: this.#random, rateShare };
    let loss = NaN;
    const gradients = tf.tidy(() => {
      const { value, grads } = variableGradients(model, () => model.loss(batch, context));
      loss = values(value)[0];
      const found = Object.entries(parameters).filter(([, variable]) => grads[variable.name]);
      return Object.fromEntries(found.map(([name, { name: key }]) => [name, grads[key]]));
    });
    return { loss, gradients };
  }

  /** Adds 2λθ to the gradients and returns λ Σ θ². */
  #addL2(gradients: Record<string, Tensor>): number {
    const { engine: { tf, updates }, parameters } = this.#model;
    const { l2 } = this.#options;
    if (!l2) return 0;
    let penalty = 0;
    for (const name of l2.only ?? this.#learning()) {
      const theta = parameters[name];
      penalty += l2.lambda * this.#updater.norm({ theta }) ** 2;
      const before = gradients[name];
      if (updates && before && isAlone(before, { gradients, parameters })) { // before += 2λθ
        updates.sgd({ theta: before, gradient: theta, slots: {} }, {
          rate: -2 * l2.lambda,
          scale: 1,
        });
        continue;
      }
      gradients[name] = tf.tidy(() => {
        const slope = tf.mul(theta, 2 * l2.lambda);
        return before ? tf.add(before, slope) : slope;
      });
      before?.dispose();
    }
    return penalty;
  }

  #checkDivergence(at: { loss: number; learningRate: number; gradientNorm: number }): void {
    const { loss, learningRate, gradientNorm } = at;
    if (Number.isNaN(this.#firstLoss)) this.#firstLoss = loss;
    const limit = EXPLODED * Math.max(Math.abs(this.#firstLoss), 1);
    if (loss < limit && Number.isFinite(gradientNorm)) { // false for NaN
      if (this.#step % SNAPSHOT_EVERY === 0) {
        this.#good = { step: this.#step, parameters: this.#copy() };
      }
      return;
    }
    this.#put(this.#good.parameters);
    const restoredStep = this.#good.step;
    throw new DivergenceError(this.#step + 1, { learningRate, loss, restoredStep });
  }

  async #evaluate(): Promise<number | undefined> {
    const begun = performance.now();
    const validation = await this.#options.evaluate?.(this.#model);
    if (validation === undefined) return;
    this.#meter.since += performance.now() - begun;
    this.#validations = [...this.#validations, validation];
    if (validation < (this.#best?.validation ?? Infinity)) {
      this.#best = { validation, parameters: this.#copy(), epochsSince: 0 };
    } else if (this.#best) {
      this.#best = { ...this.#best, epochsSince: this.#best.epochsSince + 1 };
    }
    return validation;
  }

  /** Where training stands. */
  report(): TrainingReport {
    const { losses, batches, tokens, since } = this.#meter;
    const now = performance.now();
    if (batches > 0) {
      this.#last.loss = losses / batches;
      this.#last.tokensPerSecond = tokens / ((now - since) / 1000);
      this.#meter = { losses: 0, batches: 0, tokens: 0, since: now };
    }
    return { epoch: this.#epoch, step: this.#step, ...this.#last, state: () => this.#state() };
  }

  #state(): TrainingState {
    if (this.#over) {
      throw new Error("Cannot take the state: expected a call inside the loop, but that is over");
    }
    return {
      epoch: this.#epoch,
      batch: this.#batch,
      step: this.#step,
      parameters: this.#copy(),
      optimizer: this.#updater.state(),
      random: [...this.#random.state()],
      order: this.#order,
      ...(this.#carried ? { carried: structuredClone(this.#carried) } : {}),
      ...(this.#best ? { best: this.#best } : {}),
      ...(this.#validations.length > 0 ? { validations: this.#validations } : {}),
    };
  }

  #copy(): Record<string, Float32Array> {
    const { engine: { values }, parameters } = this.#model;
    const entries = Object.entries(parameters);
    return Object.fromEntries(entries.map(([name, variable]) => [name, values(variable).slice()]));
  }

  /** Whether parameters that were saved are this model's. */
  #checkFits(saved: Readonly<Record<string, Float32Array>>): void {
    for (const [name, { size }] of Object.entries(this.#model.parameters)) {
      const found = saved[name]?.length ?? 0;
      if (found === size) continue;
      throw new RangeError(`Cannot put back ${name}: expected ${size} values, got ${found}`);
    }
  }

  #put(saved: Readonly<Record<string, Float32Array>>): void {
    const { engine: { values }, parameters } = this.#model;
    for (const [name, variable] of Object.entries(parameters)) values(variable).set(saved[name]);
  }

  /** Puts the parameters of the best epoch in, where there was an evaluation. */
  restoreBest(): void {
    if (this.#best) this.#put(this.#best.parameters);
  }

  dispose(): void {
    this.#over = true;
    this.#updater.dispose();
  }
}

/** What a batch hands on to the next one. */
function carriedOf(batch: unknown): object | undefined {
  return (Object(batch) as { carried?: object }).carried;
}

/** Whether nothing else has the gradient's memory: clones share theirs. */
function isAlone(
  { dataId }: Tensor,
  { gradients, parameters }: { gradients: Record<string, Tensor>; parameters: NamedVariables },
): boolean {
  const all = [...Object.values(gradients), ...Object.values(parameters)];
  return all.filter((each) => each.dataId === dataId).length === 1;
}

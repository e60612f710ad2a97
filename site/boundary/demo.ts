/// <reference lib="dom" />
import { errorRate, type Labelled, labelled } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { exampleBatches, type MultilayerPerceptron } from "#lib/feedforward/mod.ts";
import { adam, DivergenceError, train, type TrainingReport } from "#lib/nn/mod.ts";
import { lineChart } from "#lib/plot/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { Plane } from "./plane.ts";
import { CLASSES, initialPoints, newNetwork, readSettings, type Settings } from "./settings.ts";

const BATCH = 20;
const FRAME = 60; // milliseconds between two pictures
const KEPT_LOSSES = 400;

/** The elements of the page. */
export interface Elements {
  canvas: HTMLCanvasElement;
  form: HTMLFormElement;
  run: HTMLButtonElement;
  restart: HTMLButtonElement;
  status: HTMLElement;
  losses: HTMLElement;
}

/** The reader places points, a network trains on them all the while, its boundary is drawn. */
export class BoundaryDemo {
  readonly #engine: Engine;
  readonly #elements: Elements;
  readonly #plane: Plane;
  #settings: Settings;
  #points: Labelled[];
  #network: MultilayerPerceptron;
  #seed = 1;
  #losses: { step: number; loss: number }[] = [];
  /** Changes when training has to begin anew: other points, another network, a pause. */
  #round = 0;
  #training: Promise<void> = Promise.resolve();
  #isOutdated = false;
  #isRunning = true;

  constructor(engine: Engine, elements: Elements) {
    this.#engine = engine;
    this.#elements = elements;
    this.#plane = new Plane(elements.canvas);
    this.#settings = readSettings(elements.form);
    this.#points = initialPoints(this.#settings);
    this.#network = newNetwork(engine, this.#settings, this.#seed);
    this.#listen();
    this.#train();
  }

  #listen(): void {
    const { form, run, restart } = this.#elements;
    form.addEventListener("change", (event) => {
      this.#settings = readSettings(form);
      const { name } = event.target as HTMLInputElement;
      if (name === "label") return;
      if (name === "data") this.#points = initialPoints(this.#settings);
      this.#renew();
    });
    run.addEventListener("click", () => {
      this.#isRunning = !this.#isRunning;
      run.textContent = this.#isRunning ? "Pause" : "Go on";
      this.#train();
    });
    restart.addEventListener("click", () => {
      this.#seed++;
      this.#renew();
    });
    this.#listenToPointer();
  }

  #listenToPointer(): void {
    const { canvas } = this.#elements;
    let held = -1;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      const place = this.#plane.place(event);
      held = this.#plane.pointAt(this.#points, place);
      if (held >= 0) return;
      held = this.#points.push({ x: place, label: this.#settings.label }) - 1;
      this.#train();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (held < 0 || event.buttons === 0) return;
      this.#points[held] = { ...this.#points[held], x: this.#plane.place(event) };
      this.#train();
    });
    canvas.addEventListener("pointerup", () => held = -1);
    canvas.addEventListener("dblclick", (event) => {
      const i = this.#plane.pointAt(this.#points, this.#plane.place(event));
      if (i < 0) return;
      this.#points.splice(i, 1);
      this.#train();
    });
  }

  /** Begins with a new network of the present settings. */
  #renew(): void {
    this.#isOutdated = true;
    this.#train();
  }

  /** Ends the training under way, which sees it at its next report, and begins anew. */
  #train(): void {
    const round = ++this.#round;
    this.#training = this.#training.then(async () => {
      if (round !== this.#round) return; // something else has changed meanwhile
      if (this.#isOutdated) this.#replaceNetwork();
      this.#plane.draw(this.#network, this.#points);
      if (this.#points.length === 0) {
        this.#elements.status.textContent = "no points yet: click into the plane";
      } else if (this.#isRunning) await this.#trainUntilChanged(round);
    });
  }

  #replaceNetwork(): void {
    this.#network.dispose();
    this.#network = newNetwork(this.#engine, this.#settings, this.#seed);
    this.#losses = [];
    this.#isOutdated = false;
  }

  async #trainUntilChanged(round: number): Promise<void> {
    const examples = labelled(this.#points, { classes: CLASSES });
    const { rate, lambda } = this.#settings, network = this.#network;
    const from = this.#losses.at(-1)?.step ?? 0;
    const reports = train(network, exampleBatches(examples, { size: BATCH }), {
      ...{ optimizer: adam({ rate }), epochs: Infinity, reportEvery: 10 },
      ...{ l2: { lambda }, random: seeded(this.#seed) },
    });
    try {
      let drawn = 0;
      for await (const report of reports) {
        if (round !== this.#round) return;
        if (performance.now() - drawn < FRAME) continue;
        await new Promise(requestAnimationFrame);
        drawn = performance.now();
        this.#show({ ...report, step: from + report.step }, errorRate(network, examples));
      }
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
      this.#elements.status.textContent = error.message;
    }
  }

  #show({ step, loss }: TrainingReport, error: number): void {
    const { status, losses } = this.#elements;
    this.#plane.draw(this.#network, this.#points);
    this.#losses.push({ step, loss });
    if (this.#losses.length > KEPT_LOSSES) {
      this.#losses = this.#losses.filter((_, i) => i % 2 === 0);
    }
    status.textContent = `step ${step} · loss ${loss.toFixed(3)} nats · ` +
      `${(100 * error).toFixed(1)} % of ${this.#points.length} points wrong`;
    const line = {
      x: this.#losses.map(({ step }) => step),
      y: this.#losses.map(({ loss }) => loss),
    };
    losses.innerHTML = lineChart([{ name: "train", ...line }], {
      ...{ title: "Training loss", width: 440, height: 220 },
      x: { name: "step" },
      y: { name: "cross-entropy", unit: "nats" },
    }).svg;
  }
}

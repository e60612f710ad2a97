import process from "node:process";

/** Wall and processor time, added up in a log. */
export class Stopwatch {
  #wall = performance.now();
  #cpu = process.cpuUsage();

  /** Starts anew. */
  restart(): void {
    this.#wall = performance.now();
    this.#cpu = process.cpuUsage();
  }

  /** Adds what went by since the last start, and starts anew. */
  addTo(log: { seconds: number; cpuSeconds: number }): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    log.seconds += (performance.now() - this.#wall) / 1000;
    log.cpuSeconds += (user + system) / 1e6;
    this.restart();
  }
}

import process from "node:process";

/** Wall and processor time, added up in a log. */
export class Stopwatch {
  #started?: { wall: number; cpu: ReturnType<typeof process.cpuUsage> };

  /** Starts anew. */
  start(): void {
    this.#started = { wall: performance.now(), cpu: process.cpuUsage() };
  }

  /** Stops, and adds what went by since the start; nothing if it does not run. */
  stop(log: { seconds: number; cpuSeconds: number }): void {
    if (!this.#started) return;
    const { wall, cpu } = this.#started, { user, system } = process.cpuUsage(cpu);
    log.seconds += (performance.now() - wall) / 1000;
    log.cpuSeconds += (user + system) / 1e6;
    this.#started = undefined;
  }
}

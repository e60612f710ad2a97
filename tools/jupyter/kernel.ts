import { KernelConnection, type KernelOptions } from "./connection.ts";
import type { Message } from "./messages.ts";

/** What came of running some code. */
export interface Execution {
  /** What the code made the kernel publish, in order. */
  messages: Message[];
  /** The answer to the request: its `status` is `ok` or `error`. */
  reply: Message["content"];
}

/** MIME type of the marks sent through the kernel's queue. */
const MARK = "text/x-lecture-mark";

/**
 * A real Deno kernel, started here and driven over its own protocol. It runs with all permissions,
 * as every Deno kernel does.
 */
export class Kernel {
  /** From the start of the process to its first result, in seconds. */
  readonly startSeconds: number;
  readonly #connection: KernelConnection;
  /** The kernel itself; the process started may be a wrapper around it. */
  readonly #pid: number;

  private constructor(connection: KernelConnection, pid: number, startSeconds: number) {
    this.#connection = connection;
    this.#pid = pid;
    this.startSeconds = startSeconds;
  }

  /**
   * Starts a kernel.
   *
   * @throws {Error} if it ends before it answers
   */
  static async start(options: KernelOptions): Promise<Kernel> {
    const start = performance.now();
    const connection = await KernelConnection.open(options);
    const mark = (await sendMark(connection, "Deno.pid")).at(-1)!;
    return new Kernel(connection, Number(markOf(mark)), (performance.now() - start) / 1000);
  }

  /**
   * Runs code and waits for all it publishes. The kernel publishes from a queue, and says that it
   * is idle before the queue is empty; but the queue keeps its order. So a second, silent request
   * sends a mark through it: what comes before the mark belongs to the code.
   *
   * @param seconds how long it may take; after that the kernel is killed
   * @throws {Error} if the kernel ends, or the time is up
   */
  async execute(code: string, seconds = Infinity): Promise<Execution> {
    const timeUp = Promise.withResolvers<never>();
    const timer = Number.isFinite(seconds)
      ? setTimeout(() => timeUp.reject(new Error(`no end within ${seconds} s`)), 1000 * seconds)
      : undefined;
    try {
      return await Promise.race([this.#run(code), timeUp.promise]);
    } catch (error) {
      await this.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What the stop button does: sends SIGINT to the kernel. */
  async interrupt(): Promise<void> {
    await this.#signal("SIGINT");
  }

  /** Ends the kernel at once. */
  async kill(): Promise<void> {
    await this.#signal("SIGKILL");
  }

  /** Asks the kernel to end, and kills it if it does not within three seconds. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.kill(), 3000);
    await this.#connection.tell("control", "shutdown_request", { restart: false }).catch(() => {
      // it has ended already
    });
    await this.#connection.close();
    clearTimeout(timer);
  }

  async #run(code: string): Promise<Execution> {
    const reply = await this.#connection.ask("execute_request", request(code, false));
    const messages = await sendMark(this.#connection, "1");
    return { messages: messages.slice(0, -1), reply: reply.content };
  }

  /** `Deno.kill` needs the permission to run anything; a child Deno has it. */
  async #signal(signal: Deno.Signal): Promise<void> {
    const code = `try { Deno.kill(${this.#pid}, "${signal}") } catch { /* it has ended */ }`;
    await new Deno.Command("deno", { args: ["eval", code], stdin: "null" }).output();
  }
}

/** Publishes the value of an expression as a mark; returns the messages up to it. */
async function sendMark(connection: KernelConnection, expression: string): Promise<Message[]> {
  const content = `{ data: { "${MARK}": String(${expression}) }, metadata: {}, transient: {} }`;
  const code = `Deno.jupyter.broadcast("display_data", ${content})`;
  await connection.tell("shell", "execute_request", request(code, true));
  return await connection.publishedUntil((message) => markOf(message) !== undefined);
}

function markOf(message: Message): unknown {
  return (message.content.data as Record<string, unknown> | undefined)?.[MARK];
}

function request(code: string, silent: boolean) {
  const rest = { user_expressions: {}, allow_stdin: false, stop_on_error: false };
  return { code, silent, store_history: !silent, ...rest };
}

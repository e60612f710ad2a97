import { fileURLToPath } from "node:url";
import { type Message, MessageCodec } from "./messages.ts";
import { ZmtpSocket } from "./zmtp.ts";

/** How a kernel is started. */
export interface KernelOptions {
  /** The folder the cells run in: that of the notebook. */
  cwd: string;
  /** Variables added to the environment that is inherited. */
  env?: Record<string, string>;
}

/** The sockets of a kernel that are used here. */
interface Sockets {
  shell: ZmtpSocket;
  control: ZmtpSocket;
  iopub: ZmtpSocket;
}

/** The process of a kernel and the connections to it. */
export class KernelConnection {
  /** Rejected when the process ends. */
  readonly ended: Promise<never>;
  readonly #process: Deno.ChildProcess;
  readonly #codec: MessageCodec;
  readonly #sockets: Sockets;
  readonly #answers = new Map<string, (message: Message) => void>();
  #isHeard = false;
  #inbox: Message[] = [];
  #onMessage = () => {};

  private constructor(process: Deno.ChildProcess, codec: MessageCodec, sockets: Sockets) {
    this.#process = process;
    this.#codec = codec;
    this.#sockets = sockets;
    this.ended = ending(process);
    this.#listen(sockets.shell, (message) => this.#answers.get(message.parentId)?.(message));
    this.#listen(sockets.iopub, (message) => {
      this.#isHeard = true;
      if (message.type === "status" || message.type === "execute_input") return;
      this.#inbox.push(message);
      this.#onMessage();
    });
  }

  /**
   * Starts a kernel and connects to it.
   *
   * @throws {Error} if it ends before it listens
   */
  static async open({ cwd, env }: KernelOptions): Promise<KernelConnection> {
    const key = crypto.randomUUID(), ports = freePorts();
    const file = writeConnectionFile(key, ports);
    const process = new Deno.Command("deno", {
      args: ["jupyter", "--quiet", "--kernel", "--conn", file],
      ...{ cwd, env, stdin: "null", stdout: "null" },
    }).spawn();
    try {
      const sockets = await Promise.race([connectWhenUp(ports), ending(process)]);
      const connection = new KernelConnection(process, new MessageCodec(key), sockets);
      await connection.#untilHeard();
      return connection;
    } finally {
      Deno.removeSync(file);
    }
  }

  /** Sends a request and does not wait for the answer. */
  async tell(socket: "shell" | "control", type: string, content: unknown): Promise<void> {
    await this.#codec.send(this.#sockets[socket], { id: crypto.randomUUID(), type, content });
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws {Error} if the kernel ends
   */
  async ask(type: string, content: unknown): Promise<Message> {
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#answers.set(id, resolve);
    try {
      await this.#codec.send(this.#sockets.shell, { id, type, content });
      return await Promise.race([promise, this.ended]);
    } finally {
      this.#answers.delete(id);
    }
  }

  /**
   * Waits for a published message.
   *
   * @returns it and all before it that were not returned yet
   * @throws {Error} if the kernel ends
   */
  async publishedUntil(isLast: (message: Message) => boolean): Promise<Message[]> {
    while (true) {
      const last = this.#inbox.findIndex(isLast);
      if (last >= 0) return this.#inbox.splice(0, last + 1);
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onMessage = resolve;
      await Promise.race([promise, this.ended]);
    }
  }

  /** Waits for the end of the process and closes the connections. */
  async close(): Promise<void> {
    await this.#process.status;
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  /** Subscriptions take a moment: asks until the kernel is heard, so that no output is missed. */
  async #untilHeard(): Promise<void> {
    while (!this.#isHeard) {
      await this.ask("kernel_info_request", {});
      await pause(5);
    }
  }

  async #listen(socket: ZmtpSocket, take: (message: Message) => void): Promise<void> {
    try {
      while (true) take(await this.#codec.receive(socket));
    } catch {
      // The connection ends with the process; who waits for an answer hears of it by `ended`.
    }
  }
}

function ending(process: Deno.ChildProcess): Promise<never> {
  const ended = process.status.then(({ code, signal }) => {
    throw new Error(`the kernel ended (${signal ?? `exit code ${code}`})`);
  });
  ended.catch(() => {}); // who waits for something else of the kernel races with it
  return ended;
}

/** Five ports that are free now: shell, iopub, stdin, control, heartbeat. */
function freePorts(): number[] {
  const listeners = Array.from(
    { length: 5 },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  return listeners.map((listener) => {
    listener.close();
    return listener.addr.port;
  });
}

function writeConnectionFile(key: string, ports: readonly number[]): string {
  const folder = fileURLToPath(new URL("../../.cache/", import.meta.url));
  Deno.mkdirSync(folder, { recursive: true });
  const file = Deno.makeTempFileSync({ dir: folder, prefix: "kernel-", suffix: ".json" });
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const named = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const rest = { ip: "127.0.0.1", transport: "tcp", signature_scheme: "hmac-sha256" };
  Deno.writeTextFileSync(file, JSON.stringify({ ...rest, ...named, key, kernel_name: "deno" }));
  return file;
}

async function connectWhenUp([shell, iopub, , control]: readonly number[]): Promise<Sockets> {
  return {
    shell: await connectWhenListening(shell, "DEALER"),
    control: await connectWhenListening(control, "DEALER"),
    iopub: await connectWhenListening(iopub, "SUB"),
  };
}

/** Tries for 30 seconds. */
async function connectWhenListening(port: number, kind: "DEALER" | "SUB"): Promise<ZmtpSocket> {
  for (const start = performance.now();; await pause(10)) {
    try {
      return await ZmtpSocket.connect(port, kind);
    } catch (error) {
      if (performance.now() - start > 30_000) throw error;
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

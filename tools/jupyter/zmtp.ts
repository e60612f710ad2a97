/**
 * The part of ZMTP 3.0 (ZeroMQ's wire protocol, https://rfc.zeromq.org/spec/23/) that a client of
 * a Jupyter kernel on the same machine needs: TCP, NULL security, DEALER and SUB sockets.
 *
 * @module
 */
const encoder = new TextEncoder();

/** Bits of a frame's first byte. */
const MORE = 1, LONG = 2, COMMAND = 4;

/** A connection that sends and receives messages of several frames. */
export class ZmtpSocket {
  readonly #connection: Deno.TcpConn;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /**
   * Connects to a socket of the kernel and shakes hands.
   *
   * @param port on 127.0.0.1
   * @param kind DEALER asks and is answered, SUB (subscribed to all) only listens
   */
  static async connect(port: number, kind: "DEALER" | "SUB"): Promise<ZmtpSocket> {
    const socket = new ZmtpSocket(await Deno.connect({ hostname: "127.0.0.1", port }));
    try {
      await socket.#shakeHands(kind);
    } catch (error) {
      socket.close();
      throw error;
    }
    return socket;
  }

  /** Sends the frames of one message. */
  async send(frames: readonly Uint8Array[]): Promise<void> {
    const parts = frames.flatMap((frame, i) => {
      const more = i < frames.length - 1 ? MORE : 0;
      return [frameHead(more, frame.length), frame];
    });
    await this.#write(joined(parts));
  }

  /**
   * The frames of the next message.
   *
   * @throws {Error} if the connection ends
   */
  async receive(): Promise<Uint8Array[]> {
    const frames: Uint8Array[] = [];
    while (true) {
      const { flags, data } = await this.#readFrame();
      frames.push(data);
      if (!(flags & MORE)) return frames;
    }
  }

  /** Ends the connection; a pending {@linkcode receive} throws. */
  close(): void {
    this.#connection.close();
  }

  async #shakeHands(kind: "DEALER" | "SUB"): Promise<void> {
    const greeting = new Uint8Array(64); // signature, version 3.0, mechanism NULL, not a server
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
    greeting.set(encoder.encode("NULL"), 12);
    await this.#write(greeting);
    await this.#read(64);
    const ready = joined([
      name("READY"),
      name("Socket-Type"),
      value(kind),
      name("Identity"),
      value(""),
    ]);
    await this.#write(joined([frameHead(COMMAND, ready.length), ready]));
    await this.#readFrame();
    if (kind === "SUB") await this.send([Uint8Array.of(1)]); // 1 and an empty prefix: everything
  }

  async #readFrame(): Promise<{ flags: number; data: Uint8Array }> {
    const [flags] = await this.#read(1);
    const length = flags & LONG
      ? Number(new DataView((await this.#read(8)).buffer).getBigUint64(0))
      : (await this.#read(1))[0];
    return { flags, data: await this.#read(length) };
  }

  async #read(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length;) {
      const count = await this.#connection.read(bytes.subarray(filled));
      if (count === null) throw new Error("Cannot read from the kernel: the connection ended");
      filled += count;
    }
    return bytes;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      sent += await this.#connection.write(bytes.subarray(sent));
    }
  }
}

function frameHead(flags: number, length: number): Uint8Array {
  if (length < 256) return Uint8Array.of(flags, length);
  const head = new Uint8Array(9);
  head[0] = flags | LONG;
  new DataView(head.buffer).setBigUint64(1, BigInt(length));
  return head;
}

/** A name in a command: its length in one byte, then the name. */
function name(text: string): Uint8Array {
  return Uint8Array.of(text.length, ...encoder.encode(text));
}

/** A value in a command: its length in four bytes, then the value. */
function value(text: string): Uint8Array {
  return Uint8Array.of(0, 0, 0, text.length, ...encoder.encode(text));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

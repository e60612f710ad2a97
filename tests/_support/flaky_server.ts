/**
 * A real HTTP/1.1 server on 127.0.0.1 that can misbehave, over plain TCP: it says exactly the bytes
 * it is told to say, breaks off or falls silent where it is told to.
 *
 * @module
 */

/** A request the server saw. */
export interface SeenRequest {
  /** Path of the address. */
  path: string;
  /** First byte asked for (`Range`), or undefined. */
  from?: number;
}

/** What the server says. */
export interface Answer {
  /** Status line after the version. @default {"200 OK"} */
  status?: string;
  /** Header lines beside `Content-Length`. */
  headers?: Record<string, string>;
  /** The body. */
  body?: Uint8Array;
  /** How many bytes of the body really come. @default {all} */
  sent?: number;
  /** What happens then: the connection is closed, or stays open in silence. @default {"close"} */
  then?: "close" | "silence";
}

/** A running server. */
export interface FlakyServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  /** The requests so far. */
  readonly requests: SeenRequest[];
}

/**
 * Starts a server.
 *
 * @param answer decides, for each request and its number from 0, what to say; null closes the
 *   connection without a word, "silence" says nothing at all
 */
export function flakyServer(
  answer: (request: SeenRequest, count: number) => Answer | null | "silence",
): FlakyServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const requests: SeenRequest[] = [];
  const open = new Set<Deno.Conn>();
  const talk = async (connection: Deno.Conn) => {
    const request = await readRequest(connection);
    if (!request) return;
    requests.push(request);
    const reply = answer(request, requests.length - 1);
    if (reply === "silence") return; // closed with the server
    if (reply) await send(connection, reply);
    if (reply?.then !== "silence") {
      open.delete(connection);
      connection.close();
    }
  };
  const accepting = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      talk(connection).catch(() => {}); // the client went away: what it sees is what is tested
    }
  })();
  return {
    address: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) connection.close();
      await accepting;
    },
  };
}

/** A well-behaved answer: the whole body, or the part that was asked for. */
export function wholeOrRange(body: Uint8Array, { from }: SeenRequest): Answer {
  if (from === undefined) return { body };
  if (from >= body.length) return { status: "416 Range Not Satisfiable" };
  return {
    status: "206 Partial Content",
    headers: { "Content-Range": `bytes ${from}-${body.length - 1}/${body.length}` },
    body: body.subarray(from),
  };
}

async function readRequest(connection: Deno.Conn): Promise<SeenRequest | undefined> {
  let head = "";
  const buffer = new Uint8Array(4096);
  while (!head.includes("\r\n\r\n")) {
    const read = await connection.read(buffer);
    if (read === null) return undefined;
    head += new TextDecoder().decode(buffer.subarray(0, read));
  }
  const from = /^range: bytes=(\d+)-/im.exec(head)?.[1];
  const path = head.split(" ")[1];
  return from === undefined ? { path } : { path, from: Number(from) };
}

async function send(connection: Deno.Conn, answer: Answer): Promise<void> {
  const { status = "200 OK", headers = {}, body = new Uint8Array() } = answer;
  const lines = Object.entries({ "Content-Length": body.length, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\n${lines.join("")}\r\n`;
  await writeAll(connection, new TextEncoder().encode(head));
  await writeAll(connection, body.subarray(0, answer.sent ?? body.length));
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

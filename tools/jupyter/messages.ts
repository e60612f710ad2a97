import { createHmac } from "node:crypto";
import type { ZmtpSocket } from "./zmtp.ts";

/** A message of Jupyter's protocol (https://jupyter-client.readthedocs.io, "Messaging"). */
export interface Message {
  /** Such as `execute_reply`, `stream`, `display_data`. */
  type: string;
  /** The request this answers or belongs to; empty if none. */
  parentId: string;
  /** What it says. */
  content: { readonly [name: string]: unknown };
}

/** Frames before this one are routing ids; after it come the signature and four JSON parts. */
const DELIMITER = "<IDS|MSG>";
const encoder = new TextEncoder(), decoder = new TextDecoder();

/** Sends requests signed with the key of the connection file, and reads what comes back. */
export class MessageCodec {
  readonly #key: string;
  readonly #session = crypto.randomUUID();

  constructor(key: string) {
    this.#key = key;
  }

  /** Sends a request; its id is the `parentId` of the answer. */
  async send(
    socket: ZmtpSocket,
    request: { id: string; type: string; content: unknown },
  ): Promise<void> {
    const { id, type, content } = request;
    const header = {
      msg_id: id,
      session: this.#session,
      username: "lecture",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => encoder.encode(JSON.stringify(part)));
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    await socket.send([encoder.encode(DELIMITER), encoder.encode(hmac.digest("hex")), ...parts]);
  }

  /** The next message; the kernel on this machine is trusted, its signature is not checked. */
  async receive(socket: ZmtpSocket): Promise<Message> {
    const frames = (await socket.receive()).map((frame) => decoder.decode(frame));
    const start = frames.indexOf(DELIMITER);
    if (start < 0) throw new Error("Cannot read a message of the kernel: no delimiter in it");
    const [header, parent, , content] = frames.slice(start + 2, start + 6).map((f) =>
      JSON.parse(f)
    );
    return { type: header.msg_type, parentId: parent.msg_id ?? "", content };
  }
}

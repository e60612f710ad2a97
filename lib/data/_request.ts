import { truncate } from "node:fs/promises";
import { onDisk } from "./_partial_file.ts";
import { fault, reasonOf, type Receiving, type WantedFile } from "./_wanted_file.ts";

/** The bytes of an answer, as they come. */
export interface Body extends AsyncDisposable {
  /** Position in the file of the first byte that comes. */
  readonly start: number;
  /** The next bytes; undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
}

const AGAIN = "run it again: it goes on where it broke";

/** Asks for the part of a file that is not there yet. */
export async function openBody(wanted: WantedFile, from: Receiving): Promise<Body> {
  const { url, kept, options } = from;
  const silence = watchSilence(options.timeout ?? 30_000);
  const signal = AbortSignal.any([silence.signal, ...(options.signal ? [options.signal] : [])]);
  const explain = (error: unknown, stage: "connecting" | "receiving") =>
    networkError(wanted, { ...from, error, stage, position, isSilent: silence.signal.aborted });
  let position = 0;
  // Without "identity" the server may send the file compressed, and ranges of that.
  const headers = new Headers({ "accept-encoding": "identity" });
  if (kept > 0) headers.set("range", `bytes=${kept}-`);
  const response = await fetch(url, { headers, signal }).catch((error) => {
    silence.stop();
    throw explain(error, "connecting");
  });
  const reader = response.body?.getReader();
  const close = async () => {
    silence.stop();
    await reader?.cancel().catch(() => {}); // broken or unwanted: nothing to report
  };
  try {
    const start = await checkAnswer(wanted, { ...from, response });
    position = start;
    const read = async () => {
      silence.reset();
      const chunk = await reader?.read().catch((error) => {
        throw explain(error, "receiving");
      });
      if (position === 0 && looksLikeHtml(chunk?.value)) throw htmlPage(wanted, url);
      position += chunk?.value?.length ?? 0;
      return chunk?.value;
    };
    return { start, read, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Position of the answer's first byte in the file. */
async function checkAnswer(
  wanted: WantedFile,
  { url, part, kept, response }: Receiving & { response: Response },
): Promise<number> {
  const { status, statusText, headers } = response;
  if (status === 416) await onDisk(wanted, () => truncate(part, 0)); // what is kept is no beginning
  if (!response.ok) {
    throw fault(wanted, {
      code: "http-status",
      ...{ place: url, expected: "HTTP status 200", found: `${status} ${statusText}`.trim() },
      todo: status < 500 ? "the address may have changed: see data/manifest.json" : "try later",
      status,
    });
  }
  if (headers.get("content-type")?.startsWith("text/html")) throw htmlPage(wanted, url);
  if (status !== 206) return 0; // the server sends all of it, asked or not
  const range = headers.get("content-range") ?? "";
  if (range.startsWith(`bytes ${kept}-`)) return kept;
  throw fault(wanted, {
    code: "broken-transfer",
    ...{ place: url, expected: `bytes from ${kept} on`, found: `"${range}"`, todo: AGAIN },
  });
}

function looksLikeHtml(bytes: Uint8Array = new Uint8Array()): boolean {
  return /^\s*<(!doctype\s+)?html\b/i.test(new TextDecoder("latin1").decode(bytes.slice(0, 64)));
}

function htmlPage(wanted: WantedFile, url: string): Error {
  return fault(wanted, {
    code: "html-page",
    ...{ place: url, expected: "data", found: "an HTML page" },
    todo: "a proxy or a log-in page may stand between: open the address in a browser",
  });
}

interface NetworkFault extends Receiving {
  readonly error: unknown;
  readonly stage: "connecting" | "receiving";
  /** Bytes of the file that are there. */
  readonly position: number;
  readonly isSilent: boolean;
}

/** The error that says what went wrong; the caller's own reason if it was the caller who stopped. */
function networkError(wanted: WantedFile, what: NetworkFault): unknown {
  const { url, options, error, position, isSilent } = what;
  if (options.signal?.aborted) return options.signal.reason;
  const about = { place: url, cause: error };
  if (error instanceof Deno.errors.NotCapable) {
    return fault(wanted, {
      code: "not-permitted",
      ...{ ...about, expected: "the permission to use the network", found: error.message },
      todo: `allow it: deno run -P=data, or --allow-net=${new URL(url).host}`,
    });
  }
  const reason = isSilent ? "silence" : reasonOf(error);
  if (what.stage === "receiving") {
    const expected = `${wanted.file.bytes} bytes`, found = `${position}, then ${reason}`;
    const code = isSilent ? "timeout" : "broken-transfer";
    return fault(wanted, { code, ...about, expected, found, todo: AGAIN });
  }
  const todo = "check the network and the address";
  const code = isSilent ? "timeout" : "unreachable";
  return fault(wanted, { code, ...about, expected: "an answer", found: reason, todo });
}

/** A signal that aborts when `reset` has not been called for so long. */
function watchSilence(timeout: number) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, timeout);
  const stop = () => clearTimeout(timer);
  const reset = () => {
    stop();
    timer = setTimeout(abort, timeout);
  };
  return { signal: controller.signal, reset, stop };
}

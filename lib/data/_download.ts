import { type FileHandle, open, truncate } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { sha256 } from "./_check_file.ts";
import { claimPartial, commitPartial, onDisk, releasePartial, sizeOf } from "./_partial_file.ts";
import { openBody } from "./_request.ts";
import { type Download, fault, type Receiving, type WantedFile } from "./_wanted_file.ts";
import { DataError } from "./data_error.ts";

/** Downloads a file into the cache: resumed where an earlier try broke, verified, then renamed. */
export async function download(wanted: WantedFile, from: Download): Promise<void> {
  const part = await claimPartial(wanted);
  try {
    await receiveVerified(wanted, { ...from, part });
    await commitPartial(wanted, part);
  } catch (error) {
    await releasePartial(wanted, part).catch(() => {}); // the first error says more than a second
    throw error;
  }
}

async function receiveVerified(
  wanted: WantedFile,
  from: Omit<Receiving, "kept">,
): Promise<void> {
  const { attempts = 5, retryDelay = 500, signal } = from.options;
  for (let attempt = 1;; attempt++) {
    const kept = await sizeOf(from.part);
    try {
      if (kept < wanted.file.bytes) await receive(wanted, { ...from, kept });
      const found = await sha256(from.part);
      if (found === wanted.file.sha256) return;
      await onDisk(wanted, () => truncate(from.part, 0));
      throw wrongFile(wanted, { ...from, expected: `SHA-256 ${wanted.file.sha256}`, found });
    } catch (error) {
      if (attempt >= attempts || !isWorthRetrying(error, kept)) throw error;
      await delay(retryDelay * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}

/** Whether another try may go better; wrong bytes may be an old beginning with a new end. */
function isWorthRetrying(error: unknown, kept: number): boolean {
  if (!(error instanceof DataError)) return false;
  const { code, status = 0 } = error;
  if (code === "http-status") return status >= 500 || [408, 416, 429].includes(status);
  if (code === "wrong-hash") return kept > 0;
  return code === "broken-transfer" || code === "timeout" || code === "unreachable";
}

async function receive(wanted: WantedFile, from: Receiving): Promise<void> {
  const { bytes } = wanted.file;
  await using body = await openBody(wanted, from);
  let received = body.start;
  const part = await onDisk(wanted, () => open(from.part, received > 0 ? "a" : "w"));
  try {
    for (let chunk = await body.read(); chunk; chunk = await body.read()) {
      received += chunk.length;
      if (received > bytes) {
        await onDisk(wanted, () => part.truncate(0));
        throw wrongFile(wanted, { ...from, expected: `${bytes} bytes`, found: "more" });
      }
      await write(wanted, { part, chunk });
      from.onBytes(received);
    }
  } finally {
    await part.close();
  }
  if (received === bytes) return;
  throw fault(wanted, {
    code: "broken-transfer",
    ...{ place: from.url, expected: `${bytes} bytes`, found: `${received}` },
    todo: "run it again: it goes on where it broke",
  });
}

/** Writes all of the chunk: a single `write` may write less, on a disk that is filling up. */
async function write(
  wanted: WantedFile,
  { part, chunk }: { part: FileHandle; chunk: Uint8Array },
): Promise<void> {
  for (let at = 0; at < chunk.length;) {
    at += (await onDisk(wanted, () => part.write(chunk, at))).bytesWritten;
  }
}

function wrongFile(
  wanted: WantedFile,
  { url, expected, found }: { url: string; expected: string; found: string },
): DataError {
  return fault(wanted, {
    code: "wrong-hash",
    ...{ place: url, expected, found },
    todo: "the file at this address is not the one of the manifest; nothing was stored",
  });
}

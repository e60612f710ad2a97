import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkFile, sha256 } from "./_check_file.ts";
import { copy } from "./_copy.ts";
import { download } from "./_download.ts";
import type { WantedFile } from "./_wanted_file.ts";
import { DataError, type DataErrorCode, fetchCommand } from "./data_error.ts";
import type { DataOptions, ObtainOptions } from "./data_options.ts";
import { type Dataset, findDataset } from "./registry.ts";

/**
 * Brings a dataset's files into the cache: those that are not there, or damaged, come from the
 * mirror, or from their source if downloading is allowed. Each is verified by SHA-256 before it gets
 * its name, and when a process first asks for it; later only its size is looked at.
 *
 * @param dataset its id, or a dataset of your own
 * @returns the path of each file, by name, in the order of the manifest
 * @throws {DataError} if a file cannot be had; what has come so far is kept for the next try
 */
export async function obtainFiles(
  dataset: string | Dataset,
  options: ObtainOptions = {},
): Promise<Map<string, string>> {
  const source = typeof dataset === "string" ? findDataset(dataset) : dataset;
  const wanted = chooseFiles(source, options);
  const isHere = await Promise.all(wanted.map((each) => isPresent(each, options)));
  const lacking = wanted.filter((_, i) => !isHere[i]);
  if (lacking.length > 0) await bring(source, { lacking, options });
  return new Map(wanted.map(({ file, path }) => [file.name, path]));
}

/** The folder of verified files: the variable LECTURE_DATA, or `data/cache` of the project. */
export function cacheFolder(): string {
  return Deno.env.get("LECTURE_DATA") ||
    fileURLToPath(new URL("../../data/cache", import.meta.url));
}

/** What this process found whole: paths with the SHA-256 expected there. */
const verified = new Set<string>();

async function isPresent({ path, file }: WantedFile, { verify }: ObtainOptions): Promise<boolean> {
  const key = `${file.sha256} ${path}`;
  const depth = !verify && verified.has(key) ? "size" : "hash";
  const isWhole = await checkFile(path, file, depth) === "present";
  if (isWhole) verified.add(key);
  else verified.delete(key);
  return isWhole;
}

function chooseFiles(source: Dataset, options: ObtainOptions): WantedFile[] {
  const { cache = cacheFolder(), files: names } = options;
  const unknown = names?.find((name) => !source.files.some((file) => file.name === name));
  if (unknown !== undefined) {
    const known = source.files.map((file) => file.name).join(", ");
    throw new DataError(
      `Cannot find a file of ${source.id}: expected one of ${known}, got "${unknown}"`,
      { code: "unknown-dataset", dataset: source.id, file: unknown },
    );
  }
  return source.files
    .filter((file) => names?.includes(file.name) ?? true)
    .map((file) => ({ dataset: source.id, file, path: join(cache, source.id, file.name) }));
}

async function bring(
  source: Dataset,
  { lacking, options }: { lacking: WantedFile[]; options: DataOptions },
): Promise<void> {
  const { mirror = Deno.env.get("LECTURE_MIRROR"), download: mayDownload = false } = options;
  const roots: Root[] = [
    ...(mirror ? [(wanted: WantedFile) => placeOnMirror(mirror, wanted)] : []),
    ...(mayDownload ? [(wanted: WantedFile) => wanted.file.url] : []),
  ];
  if (roots.length > 0) options.onLicence?.(source);
  const totalBytes = lacking.reduce((sum, { file }) => sum + file.bytes, 0);
  let complete = 0;
  for (const wanted of lacking) {
    const { name: file, bytes: size } = wanted.file;
    const report = (received: number, isComplete: boolean) => {
      const bytes = complete + received;
      options.onProgress?.({ dataset: source.id, file, bytes, totalBytes, isComplete });
    };
    await bringFile(wanted, { roots, options, onBytes: (received) => report(received, false) });
    report(size, true);
    complete += size;
  }
}

/** A tier beyond the cache: where it has a file. */
type Root = (wanted: WantedFile) => string;

function placeOnMirror(mirror: string, { dataset, file }: WantedFile): string {
  if (!isUrl(mirror)) return join(mirror, dataset, file.name);
  return `${mirror.replace(/\/+$/, "")}/${dataset}/${file.name}`;
}

function isUrl(place: string): boolean {
  return /^https?:\/\//.test(place);
}

/** Faults that lie with the cache: no other place would do better. */
const OWN_FAULTS: readonly DataErrorCode[] = ["disk-full", "not-writable", "not-permitted"];

/** Tries one place after the other; a place that does not answer is not asked again. */
async function bringFile(
  wanted: WantedFile,
  from: { roots: Root[]; options: DataOptions; onBytes: (bytes: number) => void },
): Promise<void> {
  const failures: DataError[] = [];
  for (const root of [...from.roots]) {
    const place = root(wanted);
    try {
      if (isUrl(place)) return await download(wanted, { ...from, url: place });
      return await copy(wanted, place);
    } catch (error) {
      if (!(error instanceof DataError) || OWN_FAULTS.includes(error.code)) throw error;
      failures.push(error);
      if (error.code === "unreachable" || error.code === "timeout") {
        from.roots.splice(from.roots.indexOf(root), 1);
      }
    }
  }
  throw await combined(wanted, { failures, places: from.roots.map((root) => root(wanted)) });
}

/** One error for all places that failed. */
async function combined(
  { dataset, file, path }: WantedFile,
  { failures, places }: { failures: DataError[]; places: string[] },
): Promise<DataError> {
  const worst = failures.findLast((failure) => failure.code !== "missing");
  if (!worst && existsSync(path)) {
    return new DataError(
      `Cannot open ${path}: expected SHA-256 ${file.sha256}, found ${await sha256(path)}` +
        ` (replace it with: ${fetchCommand(dataset)})`,
      { code: "wrong-hash", dataset, file: file.name },
    );
  }
  if (!worst) {
    return new DataError(
      `Cannot open ${dataset}: expected ${[path, ...places].join(" or ")}, found nothing` +
        ` (bring it with: ${fetchCommand(dataset)})`,
      { code: "missing", dataset, file: file.name },
    );
  }
  const { code, status } = worst;
  const message = failures.map((failure) => failure.message).join("; then: ");
  return new DataError(message, { code, status, dataset, file: file.name, cause: worst });
}

import { readFile } from "node:fs/promises";
import type { DataOptions } from "./data_options.ts";
import { obtainFiles } from "./obtain_files.ts";

/** A newswire story of Reuters-21578. */
export interface ReutersDocument {
  /** Its number in the collection (`NEWID`), from 1. */
  id: number;
  /** The half of the collection it belongs to (`LEWISSPLIT`). */
  split: "train" | "test";
  /** Names of the topics that were given to it by hand. */
  topics: string[];
  /** Headline, or "". */
  title: string;
  /** The story, or "": an unprocessed document (`TYPE="UNPROC"`) has neither title nor body. */
  body: string;
  /** Headline, line break, story: what the models read. */
  text: string;
}

/**
 * Reads the ApteMod selection of Reuters-21578: documents with `LEWISSPLIT` TRAIN or TEST,
 * `TOPICS="YES"`, and at least one of the 90 topics that have both a training and a test document;
 * 7,770 training and 3,019 test documents. Source: the collection's own README, section VIII.B
 * (Apté, Damerau & Weiss 1994).
 *
 * @throws {DataError} if the files are not there, or damaged
 * @throws {SyntaxError} if a file is not the SGML of the collection
 */
export async function readReuters(options: DataOptions = {}): Promise<ReutersDocument[]> {
  const paths = await obtainFiles("reuters21578", options);
  const parts = await Promise.all(
    Array.from(paths, async ([file, path]) => parseReuters(await readFile(path, "latin1"), file)),
  );
  return selectSharedTopics(parts.flat());
}

/**
 * Parses a file of the collection. Documents outside the training and test sets of the "ModApte"
 * split, or without `TOPICS="YES"`, are left out. Character references such as `&#3;`, the mark at
 * the end of a story, are dropped; `&lt;` and `&amp;` are decoded.
 *
 * @param sgml text of the file
 * @param file its name, for error messages
 * @throws {SyntaxError} if a document is cut off or has no split
 *
 * @example
 * ```ts
 * import { parseReuters } from "#lib/data/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [story] = parseReuters(`<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" NEWID="7">
 *   <TOPICS><D>tin</D></TOPICS>
 *   <TEXT><TITLE>TIN UP</TITLE><BODY>Tin rose today. &#3;</BODY></TEXT></REUTERS>`);
 * assertEquals(story.text, "TIN UP\nTin rose today. ");
 * ```
 */
export function parseReuters(sgml: string, file = "the text"): ReutersDocument[] {
  const documents: ReutersDocument[] = [];
  let start = sgml.indexOf("<REUTERS ");
  if (start < 0) throw syntaxError("at least one <REUTERS ...>", { sgml, file, at: 0 });
  while (start >= 0) {
    const end = sgml.indexOf("</REUTERS>", start);
    const next = sgml.indexOf("<REUTERS ", start + 1);
    if (end < 0 || (next >= 0 && next < end)) {
      throw syntaxError("</REUTERS> after <REUTERS ...>", { sgml, file, at: start });
    }
    const document = parseDocument(sgml, { start, end, file });
    if (document) documents.push(document);
    start = next;
  }
  return documents;
}

/** Keeps the documents with at least one topic that both a training and a test document have. */
export function selectSharedTopics(documents: readonly ReutersDocument[]): ReutersDocument[] {
  const topicsOf = (split: "train" | "test") =>
    new Set(documents.flatMap((document) => document.split === split ? document.topics : []));
  const shared = topicsOf("train").intersection(topicsOf("test"));
  return documents.filter((document) => document.topics.some((topic) => shared.has(topic)));
}

const SPLITS: Record<string, "train" | "test" | "unused"> = {
  TRAIN: "train",
  TEST: "test",
  "NOT-USED": "unused",
};

function parseDocument(
  sgml: string,
  place: { start: number; end: number; file: string },
): ReutersDocument | undefined {
  const { start, end, file } = place;
  const tag = sgml.slice(start, sgml.indexOf(">", start) + 1);
  const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  const split = SPLITS[attribute("LEWISSPLIT")];
  const id = Number(attribute("NEWID"));
  if (!split || !(id > 0)) {
    throw syntaxError(
      `LEWISSPLIT="TRAIN", "TEST" or "NOT-USED" and a NEWID in ${tag}`,
      { sgml, file, at: start },
    );
  }
  if (split === "unused" || attribute("TOPICS") !== "YES") return undefined;
  const source = sgml.slice(start, end);
  const element = (name: string) => {
    const from = source.indexOf(`<${name}>`);
    if (from < 0) return "";
    const to = source.indexOf(`</${name}>`, from);
    if (to < 0) throw syntaxError(`</${name}> after <${name}>`, { sgml, file, at: start + from });
    return source.slice(from + name.length + 2, to);
  };
  const topics = Array.from(element("TOPICS").matchAll(/<D>([^<]*)<\/D>/g), ([, topic]) => topic);
  const title = decode(element("TITLE")), body = decode(element("BODY"));
  return { id, split, topics, title, body, text: `${title}\n${body}` };
}

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&#\d+;/g, "").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}

function syntaxError(
  expected: string,
  place: { sgml: string; file: string; at: number },
): SyntaxError {
  const line = place.sgml.slice(0, place.at).split("\n").length;
  const found = JSON.stringify(place.sgml.slice(place.at, place.at + 40));
  return new SyntaxError(
    `Cannot parse Reuters SGML, ${place.file} line ${line}: expected ${expected}, got ${found}`,
  );
}

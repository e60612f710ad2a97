/**
 * jsdom behind the few names the tests use. (Its types bring those of Node, which differ from
 * Deno's own, so it is used without them.)
 *
 * @module
 */
import { isGranted, permittedTest } from "./permitted.ts";

const { JSDOM, VirtualConsole } = isGranted("env", "read", "sys")
  ? await import("jsdom")
  : { JSDOM: undefined, VirtualConsole: undefined };

/** A test that is ignored where jsdom may not be loaded. */
export function domTest(name: string, run: () => void): void {
  permittedTest(name, ["env", "read", "sys"], run);
}

/** An element, or the part of it that the tests read. */
export interface DomElement {
  readonly localName: string;
  readonly textContent: string;
  readonly children: ArrayLike<DomElement>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): ArrayLike<DomElement> & Iterable<DomElement>;
}

interface Parser {
  parseFromString(text: string, type: string): { documentElement: DomElement };
}

const parser: Parser = JSDOM && new (new JSDOM("").window.DOMParser)();

/**
 * The root of an SVG document as a browser's XML parser sees it.
 *
 * @throws {SyntaxError} if it is not well-formed
 */
export function parseSvg(svg: string): DomElement {
  const root = parser.parseFromString(svg, "image/svg+xml").documentElement;
  if (root.localName === "svg") return root;
  throw new SyntaxError(`Cannot parse as SVG: ${root.textContent}`);
}

/** The body of an HTML page. */
export function parseHtml(html: string): DomElement {
  return parser.parseFromString(html, "text/html").documentElement.querySelector("body")!;
}

/** The global object of a page without a screen, in which the script has run. */
export function pageWith(script: string): Record<string, unknown> {
  const silent = new VirtualConsole(); // tells nobody that there is no canvas
  const { window } = new JSDOM("", { runScripts: "outside-only", virtualConsole: silent });
  window.eval(script);
  return window;
}

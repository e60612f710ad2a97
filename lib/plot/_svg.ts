/** Attributes of an SVG element; numbers are rounded to a tenth, `undefined` leaves one out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text made safe between tags and inside double quotes. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;").replaceAll("'", "&#39;")
    // deno-lint-ignore no-control-regex -- XML 1.0 allows no control characters but these three
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
}

/** An element; `children` are markup already. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) =>
      ` ${key}="${typeof value === "number" ? tenths(value) : escapeMarkup(value!)}"`
    );
  const content = children.join("");
  return content
    ? `<${name}${written.join("")}>${content}</${name}>`
    : `<${name}${written.join("")}/>`;
}

/** A text element; `content` is escaped. */
export function text(content: string, attributes: Attributes): string {
  return element("text", attributes, escapeMarkup(content));
}

/** A coordinate, rounded to a tenth of a pixel. */
export function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The document around the parts of a drawing: white, so that it is readable on dark pages too. */
export function svgDocument(size: { width: number; height: number }, parts: string[]): string {
  const { width, height } = size;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${tenths(width)} ${tenths(height)}`,
      width,
      height,
      "font-family": "sans-serif",
      "font-size": 12,
    },
    element("rect", { width, height, fill: "#ffffff" }),
    ...parts,
  ) + "\n";
}

/** About how wide a text of 12 pixels is drawn; SVG strings cannot be measured without a font. */
export function roughWidth(content: string): number {
  return 6.8 * [...content].length;
}

/** The text cut to `width` pixels, with an ellipsis for what is left out. */
export function cutTo(content: string, width: number): string {
  const characters = [...content], fitting = Math.max(1, Math.floor(width / 6.8));
  return characters.length <= fitting ? content : characters.slice(0, fitting - 1).join("") + "…";
}

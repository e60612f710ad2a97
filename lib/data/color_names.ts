/** A colour and what people call it. */
export interface NamedColor {
  /** Its name, such as "24 Carrot". */
  name: string;
  /** Red, green and blue, each 0 to 255. */
  rgb: [red: number, green: number, blue: number];
}

/** Reads 31,918 names of colours (npm package `color-name-list`), in alphabetical order. */
export async function readColorNames(): Promise<NamedColor[]> {
  const { colornames } = await import("color-name-list");
  return colornames.map(({ name, hex }) => {
    const value = parseInt(hex.slice(1), 16);
    return { name, rgb: [value >> 16, value >> 8 & 255, value & 255] };
  });
}

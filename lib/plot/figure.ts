/** What JSON can hold, and so what a message to a notebook can. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/** A figure as plotly.js reads it: `Plotly.newPlot(element, data, layout)`. */
export interface PlotlySpec {
  /** The traces: lines, bars, heat maps. */
  readonly data: readonly { readonly [attribute: string]: Json }[];
  /** Title, axes, size. */
  readonly layout: { readonly [attribute: string]: Json };
  /** The moments of an animation, `Plotly.addFrames`; left out where nothing moves. */
  readonly frames?: readonly { readonly [attribute: string]: Json }[];
}

/**
 * A picture of numbers as a pure value, in three forms of the same content. A viewer takes the
 * richest one it can: interactive, static, in words.
 */
export interface Figure {
  /** The interactive form; plain JSON. */
  readonly plotly: PlotlySpec;
  /** The static form: a whole SVG document, styled by attributes alone, scripts none. */
  readonly svg: string;
  /** What the figure says, in words; the alternative text of the picture. */
  readonly words: string;
  /** Width of the picture in CSS pixels. */
  readonly width: number;
  /** Height of the picture in CSS pixels. */
  readonly height: number;
}

/** An axis of a chart. */
export interface Axis {
  /** The quantity along the axis. */
  readonly name: string;
  /** What the numbers count, such as `"s"` or `"words"`; left out for pure numbers. */
  readonly unit?: string;
  /**
   * Whether equal distances are equal differences or equal ratios.
   *
   * @default {"linear"}
   */
  readonly scale?: "linear" | "log";
  /** Least and greatest value shown; found from the data if left out. */
  readonly range?: readonly [number, number];
}

/** Size of a chart. */
export interface ChartSize {
  /**
   * Width in CSS pixels.
   *
   * @default {640}
   */
  readonly width?: number;
  /**
   * Height in CSS pixels.
   *
   * @default {360}
   */
  readonly height?: number;
}

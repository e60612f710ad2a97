/** Okabe & Ito's colours without yellow, which vanishes on white: told apart by colour-blind eyes. */
export const COLORS: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#000000",
];

/** Dashes in SVG's and plotly's words, so that lines are told apart in print as well. */
export const DASHES: readonly { svg: string | undefined; plotly: string }[] = [
  { svg: undefined, plotly: "solid" },
  { svg: "7 3", plotly: "dash" },
  { svg: "2 2", plotly: "dot" },
  { svg: "8 3 2 3", plotly: "dashdot" },
];

/** Colour of the words and of the axes' lines. */
export const INK = "#333333";
/** Colour of the lines behind the data. */
export const GRID = "#dddddd";

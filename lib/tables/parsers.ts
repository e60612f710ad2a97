import { graphRows } from "./_graph_parsers.ts";
import { maltRows } from "./_malt_parsers.ts";
import type { Table } from "./table.ts";

/** "Neural dependency parsing": the parsers by accuracy and speed. */
export const parsers: Table = {
  id: "parsers",
  title: "A neural dependency parser",
  rows: [...maltRows, ...graphRows].map((row) => ({ ...row, takesMinutes: true })),
};

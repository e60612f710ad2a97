import { biaffineRows } from "./biaffine_rows.ts";
import { transitionRows } from "./transition_rows.ts";
import type { Table } from "./table.ts";

/** "Further developments in transition-based neural dependency parsing", and the graph-based ones. */
export const parsersNeural: Table = {
  id: "parsers-neural",
  title: "Neural dependency parsers",
  rows: [...transitionRows, ...biaffineRows].map((row) => ({ ...row, takesMinutes: true })),
};

import { authorshipRows } from "./_authorship_rows.ts";
import { spellingRows } from "./_spelling.ts";
import type { Table } from "./table.ts";

/** Language models as scorers of text: which of two texts is likelier. */
export const scorers: Table = {
  id: "scorers",
  title: "You use Language Models every day: spelling correction, authorship",
  rows: [...spellingRows, ...authorshipRows],
};

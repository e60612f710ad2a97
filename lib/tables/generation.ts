import { generationPlans } from "./_generation_models.ts";
import type { Table } from "./table.ts";

/** "Generating text": what counting and recurrent models write, and how well they foretell. */
export const generation: Table = {
  id: "generation",
  title: "Generating text with n-gram and recurrent Language Models",
  rows: generationPlans,
};

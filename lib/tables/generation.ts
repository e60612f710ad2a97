import { conditionalPlan } from "./_conditional_run.ts";
import { generationPlans } from "./_generation_models.ts";
import { namedColours } from "./_named_colours.ts";
import { pronunciation } from "./_pronunciation.ts";
import type { Table } from "./table.ts";

/** "Generating text": what counting and recurrent models write, and how well they foretell. */
export const generation: Table = {
  id: "generation",
  title: "Generating text with n-gram and recurrent Language Models",
  rows: [...generationPlans, conditionalPlan(namedColours), conditionalPlan(pronunciation)],
};

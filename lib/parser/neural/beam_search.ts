import { oracleSteps } from "../oracle_steps.ts";
import type { AnnotatedSentence } from "../sentence.ts";
import { Beam, type BeamItem, type BeamStep } from "./beam.ts";
import {
  numbered,
  type RowNumbers,
  type SentenceRows,
  sentenceRows,
  TokenRows,
} from "./token_rows.ts";
import type { NetworkShape } from "./network_shape.ts";
import { tokenGroups } from "./token_groups.ts";
import { goldTree, type TransitionTask } from "./transition_task.ts";

/** A sentence to be searched, with the way the oracle goes. */
export interface SearchSentence {
  /** Rows of its words in each group. */
  readonly rows: SentenceRows;
  /** The right transitions. */
  readonly gold: Int32Array;
}

/** Looks a sentence up and follows the oracle to its tree, which must be projective. */
export function searchSentence(sentence: AnnotatedSentence, task: TransitionTask): SearchSentence {
  const { system, lexicon, legal } = task;
  const steps = oracleSteps(system, goldTree(sentence, lexicon));
  const gold = Int32Array.from(steps, ({ move, label }) => legal.inventory.id(move, label));
  return { rows: sentenceRows(sentence, lexicon), gold };
}

/** Where the search of a sentence stopped: at its end, or where the gold way fell out of the beam. */
export interface SearchEnd {
  /** The items then, the best first. */
  readonly items: readonly BeamItem[];
  /** The gold way to the same number of transitions. */
  readonly gold: BeamItem;
  /** Whether the gold way is among the items. */
  readonly holdsGold: boolean;
}

/** What a search with early update went through. */
export interface SearchTrace {
  /** The inputs of all configurations scored; {@linkcode BeamStep.from} counts them. */
  readonly inputs: Int32Array;
  /** What was legal in them. */
  readonly codes: Int32Array;
  /** Where each sentence's search stopped. */
  readonly ends: SearchEnd[];
}

/** How {@linkcode searchWithGold} searches. */
export interface SearchOptions {
  /** The task of the network. */
  task: TransitionTask;
  /** Its sizes. */
  shape: NetworkShape;
  /** How its inputs are numbered. */
  numbers: RowNumbers;
  /** B, ways that are kept. */
  width: number;
  /** Scores of all transitions of n configurations, row by row. */
  scores(inputs: Int32Array, codes: Int32Array): Float32Array;
}

/**
 * Searches sentences side by side and stops each one where its gold way falls out of the beam, for an
 * early update there (Collins and Roark 2004).
 */
export function searchWithGold(
  sentences: readonly SearchSentence[],
  { task, shape, numbers, width, scores }: SearchOptions,
): SearchTrace {
  const tokens = new TokenRows(tokenGroups(task.lexicon, shape.depths), shape.depths, numbers);
  const beams = sentences.map(({ rows }) => new Beam(rows[0].length - 2, { task, width }));
  const rows = sentences.map((sentence) => numbered(sentence.rows, numbers));
  const parts: { inputs: Int32Array; codes: Int32Array }[] = [];
  let active = [...beams.keys()].filter((s) => !beams[s].isDone), scored = 0;
  for (let step = 0; active.length > 0; step++) {
    const n = active.reduce((sum, s) => sum + beams[s].items.length, 0);
    const part = { inputs: new Int32Array(n * tokens.size), codes: new Int32Array(n) };
    let at = 0;
    for (const s of active) {
      for (const { c } of beams[s].items) {
        part.codes[at] = task.legal.code(c);
        tokens.read(c, rows[s], part.inputs, at++ * tokens.size);
      }
    }
    const found = scores(part.inputs, part.codes);
    let first = 0;
    for (const s of active) {
      const count = beams[s].items.length;
      beams[s].advance(found, { first, offset: scored, goldTransition: sentences[s].gold[step] });
      first += count;
    }
    scored += n;
    parts.push(part);
    active = active.filter((s) => !beams[s].isDone && beams[s].gold >= 0);
  }
  return {
    inputs: joined(parts.map(({ inputs }) => inputs)),
    codes: joined(parts.map(({ codes }) => codes)),
    ends: beams.map(({ items, goldItem, gold }) => ({
      items,
      gold: goldItem,
      holdsGold: gold >= 0,
    })),
  };
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The steps of a way, the last one first. */
export function* stepsBack(path: BeamStep | undefined): Generator<BeamStep> {
  for (let step = path; step; step = step.previous) yield step;
}

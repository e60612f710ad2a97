import {
  Configuration,
  MALT_ALGORITHMS,
  type MaltParser,
  type Move,
  MOVE_NAMES,
  NONE,
  type Sentence,
} from "#lib/parser/mod.ts";

/** A configuration on the parser's way, and what it does there. */
export interface ParseStep {
  /** Words on the stack, the top last; ROOT at the bottom. */
  stack: string[];
  /** Words in the buffer. */
  buffer: string[];
  /** The heads found so far; −1 where there is none yet. */
  heads: number[];
  /** The names of the arcs found so far; "_" where there is none yet. */
  labels: string[];
  /** The indicator features that are true here. */
  indicators: string[];
  /** The transition the parser takes, such as "LEFT-ARC nsubj"; "" at the end. */
  transition: string;
}

/** The parser's own way through a tagged sentence, the last configuration included. */
export function parseSteps(parser: MaltParser, sentence: Sentence): ParseStep[] {
  const { algorithm, transitions } = parser.model, { system } = MALT_ALGORITHMS[algorithm];
  const c = new Configuration(sentence.words.length);
  const name = (node: number) => node === 0 ? "ROOT" : sentence.words[node - 1];
  const at = (transition: string): ParseStep => ({
    stack: Array.from(c.stack.subarray(0, c.stackSize), name),
    buffer: sentence.words.slice(c.next - 1),
    heads: [...c.heads.subarray(1)],
    labels: sentence.words.map((_, i) => parser.labels[c.labels[i + 1]] ?? "_"),
    indicators: parser.describeIndicators(c, sentence),
    transition,
  });
  const steps: ParseStep[] = [];
  for (const taken of parser.transitionsOf(sentence)) {
    const move = transitions.moves[taken] as Move, label = transitions.labels[taken];
    const words = label === NONE ? [MOVE_NAMES[move]] : [MOVE_NAMES[move], parser.labels[label]];
    steps.push(at(words.join(" ")));
    system.apply(c, move, label);
  }
  return [...steps, at("")];
}

import type { ArcScores } from "./arc_scores.ts";

/** An arc between words; head 0 is ROOT. */
export type WordArc = readonly [head: number, dependent: number];

/** A step of {@linkcode spanningTreeSteps}. */
export interface SpanningTreeStep {
  /**
   * `choose`: every node takes its best head; `contract`: a cycle among these becomes one node; `open`: a
   * cycle is entered by the arc the node got, in place of the cycle's own arc there.
   */
  readonly action: "choose" | "contract" | "open";
  /** The words of each node but ROOT's, before the step. */
  readonly nodes: readonly (readonly number[])[];
  /** The arcs the nodes have taken, one for each; after `open` those of the words of the cycle, too. */
  readonly arcs: readonly WordArc[];
  /** The words of the cycle that is contracted or opened; empty for `choose`. */
  readonly cycle: readonly number[];
}

/** An arc from one node into another: the words it joins, and its score there. */
interface NodeArc {
  score: number;
  arc: WordArc;
}

/** `into[v].get(u)` is the best arc from node u into node v; node 0 is ROOT. */
interface Graph {
  /** Words of each node. */
  nodes: Map<number, readonly number[]>;
  into: Map<number, Map<number, NodeArc>>;
  /** Whether nodes take ROOT only if no other head is left. */
  rootLast: boolean;
}

/**
 * How Chu and Liu (1965) and Edmonds (1967) find the tree with the highest score, step by step as in the
 * textbook: {@linkcode chuLiuEdmonds} does the same faster, and without telling. Where ROOT would have
 * more than one dependent, the steps are those of nodes that take ROOT only if no other head is left.
 *
 * @param scores finite
 * @returns the steps, and the head of each word at the end
 */
export function spanningTreeSteps(
  scores: ArcScores,
): { steps: SpanningTreeStep[]; heads: number[] } {
  const found = stepsOf(scores, { rootLast: false });
  const roots = found.heads.filter((head) => head === 0).length;
  return roots === 1 ? found : stepsOf(scores, { rootLast: true });
}

function stepsOf(
  scores: ArcScores,
  { rootLast }: { rootLast: boolean },
): { steps: SpanningTreeStep[]; heads: number[] } {
  const words = Array.from({ length: scores.words }, (_, i) => i + 1);
  const into = words.map((dependent) => {
    const arcs = [0, ...words].filter((head) => head !== dependent).map((head) => {
      const score = scores.at(head, dependent);
      return [head, { score, arc: [head, dependent] }] as [number, NodeArc];
    });
    return [dependent, new Map(arcs)] as const;
  });
  const graph: Graph = {
    nodes: new Map(words.map((word) => [word, [word]])),
    into: new Map(into),
    rootLast,
  };
  const steps: SpanningTreeStep[] = [], heads = new Array<number>(scores.words).fill(0);
  for (const { arc: [head, dependent] } of solve(graph, steps).values()) {
    heads[dependent - 1] = head;
  }
  return { steps, heads };
}

/** The arc each node takes in the best tree over the nodes. */
function solve(graph: Graph, steps: SpanningTreeStep[]): Map<number, NodeArc> {
  const best = new Map<number, NodeArc>(), from = new Map<number, number>();
  for (const [node, arcs] of graph.into) {
    const [head, arc] = [...arcs]
      .filter(([head]) => head > 0 || !graph.rootLast || arcs.size === 1)
      .reduce((best, next) => next[1].score > best[1].score ? next : best);
    best.set(node, arc);
    from.set(node, head);
  }
  const nodes = [...graph.nodes.values()];
  const arcsOf = (taken: ReadonlyMap<number, NodeArc>) => [...taken.values()].map(({ arc }) => arc);
  steps.push({ action: "choose", nodes, arcs: arcsOf(best), cycle: [] });
  const cycle = cycleAmong(from);
  if (cycle.length === 0) return best;
  const words = cycle.flatMap((node) => graph.nodes.get(node)!).sort((a, b) => a - b);
  steps.push({ action: "contract", nodes, arcs: arcsOf(best), cycle: words });
  const contracted = Math.max(...graph.nodes.keys()) + 1;
  const taken = solve(contract(graph, { cycle, best, contracted }), steps);
  const entering = taken.get(contracted)!;
  taken.delete(contracted);
  for (const node of cycle) {
    const isEntered = graph.nodes.get(node)!.includes(entering.arc[1]);
    taken.set(node, isEntered ? entering : best.get(node)!);
  }
  steps.push({ action: "open", nodes, arcs: arcsOf(taken), cycle: words });
  return taken;
}

/** The nodes of a cycle, if the heads taken make one. */
function cycleAmong(from: ReadonlyMap<number, number>): number[] {
  for (const start of from.keys()) {
    const walk = new Set<number>();
    let node = start;
    while (node !== 0 && !walk.has(node)) {
      walk.add(node);
      node = from.get(node)!;
    }
    if (node !== 0) return [...walk].slice([...walk].indexOf(node));
  }
  return [];
}

/**
 * The graph with the cycle as one node. To enter it at v costs v's own arc: the score of u → cycle is the
 * greatest score(u, v) − score(own arc into v); that of cycle → u is the greatest score(v, u).
 */
function contract(
  { nodes, into, rootLast }: Graph,
  { cycle, best, contracted }: {
    cycle: readonly number[];
    best: ReadonlyMap<number, NodeArc>;
    contracted: number;
  },
): Graph {
  const isInside = (node: number) => cycle.includes(node);
  const words = cycle.flatMap((node) => nodes.get(node)!);
  const kept = [...nodes].filter(([node]) => !isInside(node));
  const smaller: Graph = {
    nodes: new Map([...kept, [contracted, words]]),
    into: new Map([...kept.map(([node]) => [node, new Map()] as const), [contracted, new Map()]]),
    rootLast,
  };
  for (const [node, arcs] of into) {
    const own = isInside(node) ? best.get(node)!.score : 0;
    for (const [head, { score, arc }] of arcs) {
      const [to, from] = [node, head].map((each) => isInside(each) ? contracted : each);
      if (to === from) continue;
      const known = smaller.into.get(to)!, gain = score - own;
      if (gain > (known.get(from)?.score ?? -Infinity)) known.set(from, { score: gain, arc });
    }
  }
  return smaller;
}

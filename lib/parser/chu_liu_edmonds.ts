import type { ArcScores } from "./arc_scores.ts";

/**
 * The tree with one root whose arcs have the highest total score, crossing arcs allowed: the maximum
 * spanning arborescence (Chu and Liu 1965; Edmonds 1967), in O(n²) (Tarjan 1977).
 *
 * A word takes its best head, that one its best head, and so on. Where that closes a cycle, the cycle
 * becomes one node: entering it by the arc u → v, in place of its own arc into v, changes the score by
 * score(u → v) − score(own arc into v). At the end all is one node, which is opened from ROOT down.
 *
 * Where the best heads make a tree with one root at once, that is all.
 *
 * So that ROOT has one dependent, a node takes it only where no other head is left.
 *
 * @param scores finite, or −Infinity for an arc that must not be
 * @returns the head of each word, word i + 1 at place i
 * @throws {RangeError} if the arcs allowed make no tree with one root
 */
export function chuLiuEdmonds(scores: ArcScores): number[] {
  const n = scores.words;
  if (n === 0) return [];
  const greedy = bestHeads(scores);
  if (greedy) return greedy;
  const forest = new Contraction(n + 1, enteringScores(scores));
  forest.contractAll();
  const heads = forest.open().slice(1);
  if (heads.some((head, i) => scores.at(head, i + 1) === -Infinity)) {
    throw new RangeError(
      `Cannot find a tree over ${n} words: expected arcs that make one with a single root`,
    );
  }
  return heads;
}

/** For each node, the scores of the arcs into it by head. */
function enteringScores(scores: ArcScores): Float64Array[] {
  const n = scores.words;
  const entering: Float64Array[] = [];
  for (let dependent = 0; dependent <= n; dependent++) {
    const into = new Float64Array(n + 1); // places never used keep their 0
    entering.push(into);
    for (let head = 0; dependent > 0 && head <= n; head++) {
      if (head !== dependent) into[head] = scores.at(head, dependent);
    }
  }
  return entering;
}

/** Each word's best head, if these make a tree with one root: there can be no better one. */
function bestHeads(scores: ArcScores): number[] | undefined {
  const n = scores.words, size = n + 1, { values } = scores;
  const heads = new Array<number>(n).fill(0);
  let roots = 0;
  for (let dependent = 1; dependent <= n; dependent++) {
    let best = values[dependent], from = 0;
    for (let head = 1; head <= n; head++) {
      const score = values[head * size + dependent];
      if (score > best && head !== dependent) {
        best = score;
        from = head;
      }
    }
    heads[dependent - 1] = from;
    roots += Number(from === 0);
    if (best === -Infinity || roots > 1) return undefined;
  }
  return roots === 1 && isAcyclic(heads) ? heads : undefined;
}

/** Whether every word comes to ROOT; words are marked with the walk that met them first. */
function isAcyclic(heads: readonly number[]): boolean {
  const walks = new Int32Array(heads.length + 1);
  for (let start = 1; start <= heads.length; start++) {
    let node = start;
    for (; node !== 0 && walks[node] === 0; node = heads[node - 1]) walks[node] = start;
    if (node !== 0 && walks[node] === start) return false;
  }
  return true;
}

/** An arc between words. */
interface Arc {
  head: number;
  dependent: number;
}

const NONE = -1;

/** Words and the cycles contracted to nodes. */
class Contraction {
  readonly #size: number;
  /** By node and head: the best arc from that head into the node, and what it is worth. */
  readonly #gain: Float64Array[];
  readonly #entering: Int32Array[];
  readonly #parent: number[];
  readonly #children: number[][];
  readonly #taken: (Arc | undefined)[];
  /** The node that now holds each word. */
  readonly #holder: Int32Array;

  constructor(size: number, gain: Float64Array[]) {
    this.#size = size;
    this.#gain = gain;
    this.#entering = gain.map((_, node) => new Int32Array(size).fill(node));
    this.#parent = new Array<number>(size).fill(NONE);
    this.#children = gain.map(() => []);
    this.#taken = new Array<Arc | undefined>(size).fill(undefined);
    this.#holder = Int32Array.from({ length: size }, (_, node) => node);
  }

  /** Grows a path of best heads backwards and contracts every cycle it closes, until one is left. */
  contractAll(): void {
    for (let node = 0;;) {
      const head = this.#bestHead(node);
      if (head === NONE) return;
      this.#taken[node] = { head, dependent: this.#entering[node][head] };
      node = this.#before(node);
      if (this.#taken[node]) node = this.#contract(node);
    }
  }

  #bestHead(node: number): number {
    const gain = this.#gain[node];
    let best = NONE;
    for (let head = 1; head < this.#size; head++) {
      if (this.#holder[head] === node) continue;
      if (best === NONE || gain[head] > gain[best]) best = head;
    }
    return best === NONE && this.#holder[0] !== node ? 0 : best;
  }

  /** The node that holds the head a node has taken. */
  #before(node: number): number {
    return this.#holder[this.#taken[node]!.head];
  }

  /** Makes the cycle through a node one new node, and returns it. */
  #contract(start: number): number {
    const cycle = [start];
    for (let node = this.#before(start); node !== start; node = this.#before(node)) {
      cycle.push(node);
    }
    const contracted = this.#parent.length;
    const gain = new Float64Array(this.#size).fill(-Infinity);
    const entering = this.#entering[start].slice(); // stays where no arc in is allowed
    for (const node of cycle) {
      const own = this.#gain[node][this.#taken[node]!.head];
      for (let head = 0; head < this.#size; head++) {
        const change = this.#gain[node][head] - own;
        if (change > gain[head]) {
          gain[head] = change;
          entering[head] = this.#entering[node][head];
        }
      }
      this.#parent[node] = contracted;
    }
    for (let word = 0; word < this.#size; word++) {
      if (this.#parent[this.#holder[word]] === contracted) this.#holder[word] = contracted;
    }
    this.#gain.push(gain);
    this.#entering.push(entering);
    this.#parent.push(NONE);
    this.#children.push(cycle);
    this.#taken.push(undefined);
    return contracted;
  }

  /** Opens the cycles from ROOT down: each is entered by one arc, which replaces its own there. */
  open(): number[] {
    const heads = this.#taken.map((arc) => arc?.head ?? 0).slice(0, this.#size);
    const toOpen = this.#openAround(0);
    while (toOpen.length > 0) {
      const { head, dependent } = this.#taken[toOpen.pop()!]!;
      heads[dependent] = head;
      this.#taken[dependent] = { head, dependent };
      toOpen.push(...this.#openAround(dependent));
    }
    return heads;
  }

  /** Opens all nodes that hold a word; returns the contracted nodes this leaves beside it. */
  #openAround(word: number): number[] {
    const beside: number[] = [];
    for (let node = word; this.#parent[node] !== NONE;) {
      const opened = this.#parent[node];
      for (const child of this.#children[opened]) {
        this.#parent[child] = NONE;
        if (child !== node && this.#children[child].length > 0) beside.push(child);
      }
      node = opened;
    }
    return beside;
  }
}

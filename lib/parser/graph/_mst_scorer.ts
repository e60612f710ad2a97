import { ArcScores } from "../arc_scores.ts";
import type { EncodedTokens } from "./_encoded_tokens.ts";
import { FeatureBuffer } from "./_feature_buffer.ts";
import {
  arcFeatures,
  attachmentCode,
  labelFeatures,
  siblingFeatures,
  sideCode,
  tripleFeatures,
} from "./_mst_features.ts";
import type { MstModel } from "./mst_model.ts";
import type { SparseVector } from "./_sparse_vector.ts";
import { innerSiblings, SiblingScores } from "./sibling_scores.ts";

/** Which end of an arc, and its direction: four codes from 1. */
function endCode(isHead: boolean, isRight: boolean): number {
  return 1 + (isHead ? 2 : 0) + (isRight ? 1 : 0);
}

/** What a model says of a sentence. */
export interface MstScores {
  readonly arcs: ArcScores;
  /** Of order 2 only. */
  readonly siblings?: SiblingScores;
  /** The best label of each arc, its score already added; as `arcs.values`. */
  readonly labels: Uint16Array;
}

/** A tree by numbers. */
export interface EncodedTree {
  readonly heads: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}

/** score(tree) = w·f(tree), part by part: what a model thinks of arcs, siblings and labels. */
export class MstScorer {
  readonly #model: MstModel;
  readonly #arcMask: number;
  readonly #labelMask: number;
  readonly #labelStart: number;
  /** Labels get a power of two each, so that a feature's labels lie side by side. */
  readonly #span: number;
  readonly #buffer = new FeatureBuffer();

  constructor(model: MstModel) {
    this.#model = model;
    this.#arcMask = 2 ** model.arcBits - 1;
    this.#labelMask = 2 ** model.labelBits - 1;
    this.#labelStart = 2 ** model.arcBits;
    this.#span = 2 ** Math.ceil(Math.log2(model.labels.length));
  }

  score(tokens: EncodedTokens): MstScores {
    const n = tokens.length, arcs = new ArcScores(n);
    for (let dependent = 1; dependent <= n; dependent++) {
      for (let head = 0; head <= n; head++) {
        if (head === dependent) continue;
        arcFeatures(tokens, { head, dependent }, this.#buffer);
        arcs.set(head, dependent, this.#sum(attachmentCode(head, dependent)));
      }
    }
    const labels = new Uint16Array(arcs.values.length);
    if (this.#model.labels.length > 1) this.#addLabels(tokens, arcs, labels);
    if (this.#model.order === 1) return { arcs, labels };
    return { arcs, siblings: this.#siblings(tokens, arcs), labels };
  }

  /** The weights of the features in the buffer, each without and with the code. */
  #sum(code: number): number {
    const { keys, size } = this.#buffer, { weights } = this.#model, mask = this.#arcMask;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      sum += weights[keys[i] & mask] + weights[(keys[i] ^ code) & mask];
    }
    return sum;
  }

  #addLabels(tokens: EncodedTokens, arcs: ArcScores, labels: Uint16Array): void {
    const size = tokens.length + 1, count = this.#model.labels.length;
    const ends = this.#endScores(tokens);
    for (let head = 0; head < size; head++) {
      for (let dependent = 1; dependent < size; dependent++) {
        if (head === dependent) continue;
        const isRight = head < dependent;
        const ofHead = (head * 4 + endCode(true, isRight) - 1) * count;
        const ofDependent = (dependent * 4 + endCode(false, isRight) - 1) * count;
        let best = 0, score = -Infinity;
        for (let label = 0; label < count; label++) {
          const sum = ends[ofHead + label] + ends[ofDependent + label];
          if (sum > score) {
            score = sum;
            best = label;
          }
        }
        arcs.values[head * size + dependent] += score;
        labels[head * size + dependent] = best;
      }
    }
  }

  /** The score of each label for each end an arc may have; shape [n + 1, 4, labels]. */
  #endScores(tokens: EncodedTokens): Float64Array {
    const count = this.#model.labels.length, { weights } = this.#model, { keys } = this.#buffer;
    const start = this.#labelStart, mask = this.#labelMask;
    const scores = new Float64Array((tokens.length + 1) * 4 * count);
    for (let i = 0; i <= tokens.length; i++) {
      labelFeatures(tokens, i, this.#buffer);
      for (let k = 0; k < this.#buffer.size; k++) {
        const key = keys[k];
        for (let label = 0; label < count; label++) {
          const any = weights[start + ((key ^ label) & mask)];
          for (let code = 1; code <= 4; code++) {
            scores[(i * 4 + code - 1) * count + label] += any +
              weights[start + ((key ^ (code * this.#span + label)) & mask)];
          }
        }
      }
    }
    return scores;
  }

  #siblings(tokens: EncodedTokens, arcs: ArcScores): SiblingScores {
    const n = tokens.length, scores = new SiblingScores(arcs);
    for (let dependent = 1; dependent <= n; dependent++) {
      for (let inner = 1; inner <= n; inner++) {
        if (inner === dependent) continue;
        siblingFeatures(tokens, { inner, dependent }, this.#buffer);
        const isRight = inner < dependent;
        const pair = this.#sum(sideCode(inner, dependent));
        const [first, last] = isRight ? [1, inner - 1] : [inner + 1, n]; // ROOT has one dependent
        for (let head = first; head <= last; head++) {
          scores.set(head, inner, dependent, pair + this.#triple(tokens, head, inner, dependent));
        }
      }
      siblingFeatures(tokens, { inner: 0, dependent }, this.#buffer);
      const [left, right] = [this.#sum(2), this.#sum(1)];
      for (let head = 0; head <= n; head++) {
        if (head === dependent) continue;
        const pair = head < dependent ? right : left;
        scores.set(head, head, dependent, pair + this.#triple(tokens, head, head, dependent));
      }
    }
    return scores;
  }

  #triple(tokens: EncodedTokens, head: number, inner: number, dependent: number): number {
    tripleFeatures(tokens, { head, inner, dependent }, this.#buffer);
    return this.#sum(sideCode(head, dependent));
  }

  /** Adds amount × f(tree) to a vector; arcs that both trees have, label and all, are left out. */
  addFeatures(
    tokens: EncodedTokens,
    tree: EncodedTree,
    { amount, without, into }: { amount: number; without: EncodedTree; into: SparseVector },
  ): void {
    const inner = innerSiblings(tree.heads), otherInner = innerSiblings(without.heads);
    for (let dependent = 1; dependent <= tokens.length; dependent++) {
      const i = dependent - 1, head = tree.heads[i], isSame = without.heads[i] === head;
      if (!isSame) {
        arcFeatures(tokens, { head, dependent }, this.#buffer);
        this.#addTo(into, amount, attachmentCode(head, dependent));
      }
      if (this.#model.labels.length > 1 && !(isSame && without.labels[i] === tree.labels[i])) {
        const isRight = head < dependent, label = tree.labels[i];
        labelFeatures(tokens, head, this.#buffer);
        this.#addLabelTo(into, amount, [label, endCode(true, isRight)]);
        labelFeatures(tokens, dependent, this.#buffer);
        this.#addLabelTo(into, amount, [label, endCode(false, isRight)]);
      }
      if (this.#model.order === 2 && !(isSame && otherInner[i] === inner[i])) {
        siblingFeatures(
          tokens,
          { inner: inner[i] === head ? 0 : inner[i], dependent },
          this.#buffer,
        );
        this.#addTo(into, amount, sideCode(head, dependent));
        tripleFeatures(tokens, { head, inner: inner[i], dependent }, this.#buffer);
        this.#addTo(into, amount, sideCode(head, dependent));
      }
    }
  }

  #addTo(into: SparseVector, amount: number, code: number): void {
    const { keys, size } = this.#buffer;
    for (let i = 0; i < size; i++) {
      into.add(keys[i] & this.#arcMask, amount);
      into.add((keys[i] ^ code) & this.#arcMask, amount);
    }
  }

  #addLabelTo(into: SparseVector, amount: number, [label, code]: [number, number]): void {
    const { keys, size } = this.#buffer, start = this.#labelStart, mask = this.#labelMask;
    for (let i = 0; i < size; i++) {
      into.add(start + ((keys[i] ^ label) & mask), amount);
      into.add(start + ((keys[i] ^ (code * this.#span + label)) & mask), amount);
    }
  }
}

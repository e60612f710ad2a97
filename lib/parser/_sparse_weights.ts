import { FeatureTable } from "./feature_table.ts";

/** Weights of a linear model, feature by feature; shape [features × classes]. */
export interface LinearWeights {
  readonly features: FeatureTable;
  readonly weights: Float32Array;
}

/** The same without the zeros: what files hold. */
export interface SparseWeights {
  /** The features with weights other than 0, as pairs. */
  readonly keys: Int32Array;
  /** How many weights other than 0 each has. */
  readonly lengths: Uint16Array;
  /** Their classes. */
  readonly columns: Uint16Array;
  /** The weights other than 0. */
  readonly values: Float32Array;
}

/** Leaves zeros out. */
export function toSparse({ features, weights }: LinearWeights, classes: number): SparseWeights {
  const all = features.keys();
  const keys: number[] = [], lengths: number[] = [], columns: number[] = [], values: number[] = [];
  for (let feature = 0; feature < features.size; feature++) {
    const before = values.length;
    for (let m = 0; m < classes; m++) {
      const weight = weights[feature * classes + m];
      if (weight === 0) continue;
      columns.push(m);
      values.push(weight);
    }
    if (values.length === before) continue;
    keys.push(all[2 * feature], all[2 * feature + 1]);
    lengths.push(values.length - before);
  }
  return {
    keys: Int32Array.from(keys),
    lengths: Uint16Array.from(lengths),
    columns: Uint16Array.from(columns),
    values: Float32Array.from(values),
  };
}

/** Puts the zeros back. */
export function fromSparse(sparse: SparseWeights, classes: number): LinearWeights {
  const { keys, lengths, columns, values } = sparse, features = new FeatureTable();
  const weights = new Float32Array(lengths.length * classes);
  let at = 0;
  for (const [feature, length] of lengths.entries()) {
    features.add(keys[2 * feature], keys[2 * feature + 1]);
    for (const end = at + length; at < end; at++) {
      weights[feature * classes + columns[at]] = values[at];
    }
  }
  return { features, weights };
}

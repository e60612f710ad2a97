/** Parameters or gradients of a model: numbers under the names (letters) of its matrices. */
export type NamedArrays = Readonly<Record<string, Float32Array | Float64Array>>;

import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs";

/** Activations that {@linkcode Operations.dense} computes together with the product. */
export type DenseActivation = "identity" | "tanh" | "logistic" | "relu" | "cube";

/** The parameters of {@linkcode Operations.dense}. */
export interface DenseOptions {
  /** W, shape [inputs, outputs]. */
  weights: Tensor;
  /** b, shape [outputs]. */
  bias: Tensor;
  /** f. @default {"identity"} */
  activation?: DenseActivation;
}

/** The rest of {@linkcode Operations.sumRows}. */
export interface SumRowsOptions {
  /** b, shape [width]. */
  bias: Tensor;
  /** f. @default {"identity"} */
  activation?: DenseActivation;
}

/** The parameters and targets of {@linkcode Operations.linearCrossEntropy}. */
export interface LinearCrossEntropyOptions {
  /** U, shape [H, V]. */
  weights: Tensor;
  /** Whether `weights` are given as Uᵀ, shape [V, H]: a row a class, as in E. @default {false} */
  transposed?: boolean;
  /** b₂, shape [V]. */
  bias: Tensor;
  /** The right classes, int32, shape [N]; −1 leaves a row out. */
  targets: Tensor;
}

/** Weights of hashed features that are added to logits; see {@linkcode GroupOptions.direct}. */
export interface DirectWeights {
  /** d, shape [S]. */
  table: Tensor;
  /**
   * Where the weights of each row's features begin in d, int32, shape [N, features]; −1 is none.
   * Those of the group's classes follow one another.
   */
  places: Tensor;
  /** Learning in place; none leaves d as it is. @default {none} */
  learn?: {
    /** G, shape [S]. */
    squares: Tensor;
    /** η. */
    rate: number;
  };
}

/** The parameters and targets of {@linkcode Operations.groupLosses}. */
export interface GroupOptions {
  /** Uᵀ, shape [V, H]: a row a class, those of a group one after the other. */
  weights: Tensor;
  /** b, shape [V]. */
  bias: Tensor;
  /** The first class of each group, rising from 0, then V. */
  starts: readonly number[];
  /** The right classes, int32, shape [N]; −1 leaves a row out. */
  targets: Tensor;
  /**
   * Weights d added to the logits. They learn while the gradient passes, by AdaGrad with 1 + G for
   * G and the gradient of the sum of losses, whatever weights the losses have in J; autodiff knows
   * nothing of them.
   *
   * @default {none}
   */
  direct?: DirectWeights;
}

/** The parameters of a recurrent layer that is run over a whole sequence. */
export interface RecurrentOptions {
  /** h⁽⁰⁾, shape [B, H] (with a projection [B, P]). */
  state: Tensor;
  /** W_e, shape [I, G·H]: G gates side by side. */
  inputWeights: Tensor;
  /** W_h, shape [H, G·H] (with a projection [P, G·H]). */
  recurrentWeights: Tensor;
  /** b, shape [G·H]. */
  bias: Tensor;
}

/** The parameters of {@linkcode Operations.rnn}. */
export interface RnnOptions extends RecurrentOptions {
  /** σ of the lecture's formula. @default {"tanh"} */
  activation?: "tanh" | "logistic" | "relu";
}

/** The parameters of {@linkcode Operations.lstm}. */
export interface LstmOptions extends RecurrentOptions {
  /** c⁽⁰⁾, shape [B, H]. */
  cell: Tensor;
  /** W_proj, shape [H, P]: h = (o ⊙ tanh c) W_proj (LSTMP, Sak et al. 2014). @default {none} */
  projection?: Tensor;
}

/** What {@linkcode Operations.dropoutMask} draws. */
export interface DropoutMaskOptions {
  /** The probability that an element is kept, from 0 to 1. */
  keep: number;
  /** What a kept element becomes; the others become 0. @default {1} */
  value?: number;
  /** An integer; the same seed gives the same mask on every engine. */
  seed: number;
}

/** What {@linkcode Operations.lstm} returns. */
export interface LstmResult {
  /** h⁽¹⁾ … h⁽ᵀ⁾, shape [T, B, H] (with a projection [T, B, P]). */
  states: Tensor3D;
  /** c⁽¹⁾ … c⁽ᵀ⁾, shape [T, B, H]. */
  cells: Tensor3D;
}

/**
 * The operations networks of the lecture spend their time in, all differentiable by TensorFlow.js
 * (but by integer arguments). Examples are rows; sequences have time first, [T, B, …]. Wrong
 * shapes and ids throw a `RangeError`.
 */
export interface Operations {
  /**
   * Rows of an embedding matrix.
   *
   * @param table E, shape [V, d]
   * @param ids int32, any shape, from 0 to V − 1
   * @returns shape [...ids.shape, d]; the gradient adds up where an id occurs twice
   */
  embed(table: Tensor, ids: Tensor): Tensor;

  /**
   * f(x W + b).
   *
   * @param x shape [N, inputs]
   * @returns shape [N, outputs]
   */
  dense(x: Tensor, options: DenseOptions): Tensor2D;

  /**
   * f(b + Σ_j T[ids[·, j]]): a layer over one-hot inputs, or one whose inputs' parts were multiplied
   * beforehand (Chen & Manning 2014, section 3.2).
   *
   * @param table T, shape [rows, width]
   * @param ids int32, shape [N, J], below rows; those below 0 add nothing
   * @returns shape [N, width]
   */
  sumRows(table: Tensor, ids: Tensor, options: SumRowsOptions): Tensor2D;

  /**
   * The largest of each column over each segment of rows: "max-over-time pooling" of sequences that
   * stand one after the other. The gradient goes to the first row that has the maximum.
   *
   * @param z shape [N, width]
   * @param starts the first row of each of S segments, rising from 0, then N; none is empty
   * @returns shape [S, width]
   */
  segmentMax(z: Tensor, starts: readonly number[]): Tensor2D;

  /**
   * Mean of −log softmax(logits)[target] over the rows, nats, never building one-hot rows.
   *
   * @param logits shape [N, C]
   * @param targets int32, shape [N]; rows whose target is −1 are left out of sum and mean
   */
  crossEntropy(logits: Tensor, targets: Tensor): Scalar;

  /**
   * `crossEntropy(h U + b₂, targets)` in fewer passes over the logits [N, V], which are kept once.
   *
   * @param h shape [N, H]
   */
  linearCrossEntropy(h: Tensor, options: LinearCrossEntropyOptions): Scalar;

  /**
   * log softmax of each row, natural logarithms.
   *
   * @param logits shape [N, C]
   */
  logSoftmax(logits: Tensor): Tensor2D;

  /**
   * −log softmax(h U + b)[target] of each row, the softmax over the classes of the target's group
   * alone (class-factored softmax, Goodman 2001), nats.
   *
   * @param h shape [N, H]
   * @returns shape [N]; 0 where the target is −1
   */
  groupLosses(h: Tensor, options: GroupOptions): Tensor1D;

  /** Independent draws: each element is `value` with probability `keep`, else 0. */
  dropoutMask(shape: readonly number[], options: DropoutMaskOptions): Tensor;

  /**
   * Vanilla recurrent layer: h⁽ᵗ⁾ = σ(h⁽ᵗ⁻¹⁾ W_h + x⁽ᵗ⁾ W_e + b), G = 1.
   *
   * @param x shape [T, B, I]
   * @returns h⁽¹⁾ … h⁽ᵀ⁾, shape [T, B, H]
   */
  rnn(x: Tensor, options: RnnOptions): Tensor3D;

  /**
   * Gated recurrent unit (Cho et al. 2014, as in the lecture), G = 3 in the order z, r, h̃:
   * z = σ(·), r = σ(·), h̃ = tanh(x W + (r ⊙ h) U + b), h = (1 − z) ⊙ h + z ⊙ h̃.
   *
   * @param x shape [T, B, I]
   * @returns h⁽¹⁾ … h⁽ᵀ⁾, shape [T, B, H]
   */
  gru(x: Tensor, options: RecurrentOptions): Tensor3D;

  /**
   * Long short-term memory, G = 4 in the order i, f, g, o (as PyTorch): i, f, o = σ(·),
   * g = tanh(·), c = f ⊙ c + i ⊙ g, h = o ⊙ tanh c. There is no extra forget bias: put it in b.
   *
   * @param x shape [T, B, I]
   */
  lstm(x: Tensor, options: LstmOptions): LstmResult;
}

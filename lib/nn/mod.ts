/**
 * What networks are made of (lecture, part 2): activations, initial weights, losses and their
 * regularisation, learning rules and rates, and the two ways to know a gradient: by the chain rule
 * on a {@linkcode Tape}, and numerically by {@linkcode checkGradients}.
 *
 * ```ts
 * import { checkGradients, Tape, tanh } from "#lib/nn/mod.ts";
 *
 * const W = Float64Array.of(0.1, -0.2, 0.3, 0.4);
 * const lossAndGradients = () => {
 *   const tape = new Tape();
 *   const weights = tape.matrix("W", { rows: 2, columns: 2, data: W });
 *   const h = tape.apply(tanh, tape.multiply(tape.variable("x", [[1, 2]]), weights)).as("h");
 *   const J = tape.crossEntropy(h, [1]).as("J");
 *   tape.backward(J);
 *   return { loss: J.data[0], gradients: { W: weights.gradient } };
 * };
 * console.log(checkGradients(lossAndGradients, { W }));
 * ```
 *
 * @module
 */
export * from "./activations.ts";
export * from "./adaptive.ts";
export * from "./autodiff.ts";
export * from "./check_gradients.ts";
export * from "./checkpoint.ts";
export * from "./least_squares.ts";
export * from "./model_file.ts";
export * from "./clip.ts";
export * from "./dropout.ts";
export * from "./embedding.ts";
export * from "./gradient_descent.ts";
export * from "./initializers.ts";
export * from "./json_value.ts";
export * from "./layer_norm.ts";
export * from "./linear.ts";
export * from "./losses.ts";
export * from "./minibatches.ts";
export * from "./named_arrays.ts";
export * from "./optimizer.ts";
export * from "./optimizer_race.ts";
export * from "./parameter.ts";
export * from "./parameter_average.ts";
export * from "./principal_components.ts";
export * from "./replicas.ts";
export * from "./safetensors.ts";
export * from "./schedules.ts";
export * from "./skip_gram.ts";
export * from "./sparse_adam.ts";
export * from "./tensor_activations.ts";
export * from "./train.ts";
export * from "./training.ts";
export * from "./word_vectors.ts";

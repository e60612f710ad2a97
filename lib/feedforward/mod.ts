/**
 * Classifiers without memory (lecture, "Deep learning classifiers are non-linear classifiers"):
 * linear ones and networks with hidden layers, with points in the plane to try them on.
 *
 * ```ts
 * import { errorRate, splitExamples } from "#lib/classify/mod.ts";
 * import { engine } from "#lib/engine/mod.ts";
 * import { exampleBatches, MultilayerPerceptron, xor } from "#lib/feedforward/mod.ts";
 * import { adam, train } from "#lib/nn/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 *
 * const random = seeded(1);
 * const points = splitExamples(xor({ count: 200, random }), { test: 0.5, random });
 * const sizes = { features: 2, hidden: [8], classes: 2, activation: "tanh" } as const;
 * const model = new MultilayerPerceptron(await engine(), { ...sizes, random });
 * const batches = exampleBatches(points.train, { size: 20 });
 * const options = { optimizer: adam({ rate: 0.03 }), epochs: 40, random };
 * for await (const { loss } of train(model, batches, options)) console.assert(loss < 2);
 * console.log(errorRate(model, points.test));
 * model.dispose();
 * ```
 *
 * @module
 */
export * from "./error_against_size.ts";
export * from "./example_batches.ts";
export * from "./expected_dropout.ts";
export * from "./gaussian_naive_bayes.ts";
export * from "./hidden_layer.ts";
export * from "./linear_svm.ts";
export * from "./logistic_regression.ts";
export * from "./multilayer_perceptron.ts";
export * from "./multinomial_naive_bayes.ts";
export * from "./planar_examples.ts";
export * from "./softmax_classifier.ts";
export * from "./softmax_regression.ts";
export * from "./window_batches.ts";
export * from "./window_language_model.ts";
export * from "./window_network.ts";
export * from "./window_race.ts";
export * from "./window_tagger.ts";

/**
 * What a classifier is, of points or of texts, and all that can be done with any of them: decisions,
 * error rates, splits of labelled examples. It loads no tensor library.
 *
 * ```ts
 * import { type Classifier, errorRate, labelled } from "#lib/classify/mod.ts";
 *
 * const examples = labelled([{ x: [-2], label: 0 }, { x: [3], label: 1 }, { x: [-1], label: 1 }]);
 * const sign: Classifier = { // class 1 where x > 0
 *   features: 1,
 *   classes: 2,
 *   decisionValues: (x) => Float32Array.from([...x].flatMap((value) => [0, value])),
 * };
 * console.log(errorRate(sign, examples)); // 1/3
 * ```
 *
 * @module
 */
export * from "./bag_of_words.ts";
export * from "./classifier.ts";
export * from "./decide.ts";
export * from "./examples.ts";
export * from "./highest.ts";
export * from "./split.ts";
export * from "./text_classifier.ts";

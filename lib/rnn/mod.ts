/**
 * Recurrent networks (lecture, part 3): cells and stacks over whole sequences, output layers that
 * turn their states into the probabilities of the next word, and what is built from them.
 *
 * ```ts
 * import type { Rank } from "@tensorflow/tfjs";
 * import { engine } from "#lib/engine/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 * import { FullSoftmax, RecurrentStack } from "#lib/rnn/mod.ts";
 *
 * const found = await engine(), { tf } = found, random = seeded(1);
 * const stack = new RecurrentStack(found, {
 *   ...{ cell: "lstm", inputs: 3, units: 4, layers: 2, bidirectional: true, random },
 * });
 * const layer = new FullSoftmax(found, { units: 8, words: 3, random });
 * tf.tidy(() => {
 *   const x = tf.zeros<Rank.R3>([5, 2, 3]); // 5 time steps of 2 examples
 *   const { output } = stack.run(x, { lengths: [5, 3], training: false, random });
 *   console.log(layer.logProbabilities(tf.reshape(output, [10, 8])).arraySync());
 * });
 * stack.dispose();
 * layer.dispose();
 * ```
 *
 * @module
 */
export type { InputLayer } from "./input_layer.ts";
export { buildLanguageModel } from "./language_model_spec.ts";
export type { BuildOptions, InputSpec, LanguageModelSpec } from "./language_model_spec.ts";
export { largestSingularValue } from "./largest_singular_value.ts";
export type { OutputContext, OutputLayer, OutputSizes, PlaceContext } from "./output_layer.ts";
export { FullSoftmax } from "./output/full_softmax.ts";
export type { FullSoftmaxOptions } from "./output/full_softmax.ts";
export { RecurrentLanguageModel } from "./recurrent_language_model.ts";
export type {
  RecurrentLanguageModelParts,
  RecurrentState,
  TrainingBatchOptions,
} from "./recurrent_language_model.ts";
export { RecurrentLayer } from "./recurrent_layer.ts";
export type {
  Cell,
  LayerParameters,
  LayerState,
  LayerStates,
  RecurrentLayerOptions,
} from "./recurrent_layer.ts";
export { RecurrentStack } from "./recurrent_stack.ts";
export type {
  RecurrentStackOptions,
  StackDropout,
  StackResult,
  StackRunOptions,
  StackState,
} from "./recurrent_stack.ts";
export { SelfAttention } from "./self_attention.ts";
export type { Attended, SelfAttentionOptions } from "./self_attention.ts";
export { sentenceBatches, shuffledSentences, streamBatches } from "./text_batches.ts";
export type {
  CarriedState,
  PlainLayerState,
  SentenceBatch,
  SentenceOptions,
  StreamOptions,
  TextBatch,
} from "./text_batches.ts";
export { drawUnrolled, unrollRnn } from "./unrolled_rnn.ts";
export type {
  UnrolledName,
  UnrolledParameters,
  UnrolledRnn,
  UnrolledSizes,
} from "./unrolled_rnn.ts";
export { variationalDropout } from "./variational_dropout.ts";
export { AdaptiveSoftmax, tailWidth } from "./output/adaptive_softmax.ts";
export type { AdaptiveSoftmaxOptions } from "./output/adaptive_softmax.ts";
export { BlackOut } from "./output/black_out.ts";
export type { BlackOutOptions } from "./output/black_out.ts";
export { NoiseContrastive } from "./output/noise_contrastive.ts";
export { SampledSoftmax } from "./output/sampled_softmax.ts";
export { SampledOutput } from "./output/sampled_output.ts";
export type { SampledBatch, SampledOutputOptions } from "./output/sampled_output.ts";
export { byFrequency, logUniformSampler, powerSampler } from "./output/samplers.ts";
export type { Sample, Sampler } from "./output/samplers.ts";
export { bestCutoffs } from "./output/adaptive_cutoffs.ts";
export type { ClusterCost, CutoffOptions, Cutoffs } from "./output/adaptive_cutoffs.ts";
export { fitCost, measureClusterCost } from "./output/cluster_cost.ts";
export type { ClusterCostOptions, MeasuredCost } from "./output/cluster_cost.ts";
export { buildOutput } from "./output/output_spec.ts";
export type { BuildOutputOptions, OutputSpec } from "./output/output_spec.ts";
export { ClassFactoredSoftmax } from "./output/class_factored_softmax.ts";
export type { ClassFactoredOptions, NgramWeights } from "./output/class_factored_softmax.ts";
export { HashedNgrams } from "./output/hashed_ngrams.ts";
export type { HashedNgramOptions } from "./output/hashed_ngrams.ts";
export { frequencyClasses } from "./output/word_classes.ts";
export type { WordClasses } from "./output/word_classes.ts";
export { CharacterCnn } from "./input/character_cnn.ts";
export type { CharacterCnnOptions, CharacterCnnSizes } from "./input/character_cnn.ts";
export { Highway } from "./input/highway.ts";
export type { HighwayOptions } from "./input/highway.ts";
export { WordCharacters } from "./input/word_characters.ts";
export { AFFIXES, affixesOf } from "./input/affixes.ts";
export { byLength } from "./by_length.ts";
export { SentenceLayout } from "./sentence_layout.ts";
export { AttentiveStack } from "./attentive_stack.ts";
export type { AttentiveResult, AttentiveStackOptions } from "./attentive_stack.ts";
export { bestChain, chainMarginals, chainScore } from "./tagger/linear_chain.ts";
export type { ChainMarginals, ChainScores } from "./tagger/linear_chain.ts";
export { ConditionalRandomField } from "./tagger/conditional_random_field.ts";
export { RecurrentTagger } from "./tagger/recurrent_tagger.ts";
export type { RecurrentTaggerParts } from "./tagger/recurrent_tagger.ts";
export { PLAIN_TAGGER, taggerTraining } from "./tagger/tagger_training.ts";
export type { RecurrentTaggerOptions, TaggerTrainingReport } from "./tagger/tagger_training.ts";
export { TaggerNetwork } from "./tagger/tagger_network.ts";
export type { TaggerCounts, TaggerSizes, TagScores } from "./tagger/tagger_network.ts";
export type { TaggerBatch } from "./tagger/tagger_batch.ts";
export type { EncodedWords, TaggerLexicon } from "./tagger/tagger_lexicon.ts";
export { loadRecurrentTagger, saveRecurrentTagger } from "./tagger/tagger_file.ts";
export { poolStates } from "./pool_states.ts";
export type { Pooling, PoolOptions } from "./pool_states.ts";
export { SentenceEncoder } from "./classifier/sentence_encoder.ts";
export type {
  EncodedSentences,
  EncoderSizes,
  SentenceEncoderOptions,
} from "./classifier/sentence_encoder.ts";
export { SentenceClassifier } from "./classifier/sentence_classifier.ts";
export type { SentenceClassifierOptions } from "./classifier/sentence_classifier.ts";
export { classifierTraining, PLAIN_ENCODER } from "./classifier/classifier_training.ts";
export type {
  ClassifierTrainingOptions,
  ClassifierTrainingReport,
} from "./classifier/classifier_training.ts";
export { classifierBatches, encodeSentences, lowerCased } from "./classifier/classifier_batch.ts";
export type { SentenceClasses } from "./classifier/classifier_batch.ts";
export { loadSentenceClassifier, saveSentenceClassifier } from "./classifier/classifier_file.ts";
export { Attention } from "./conditional/attention.ts";
export type { AttentionOptions } from "./conditional/attention.ts";
export { beamSearch } from "./conditional/beam_search.ts";
export type { BeamSearchOptions, FoundOutput } from "./conditional/beam_search.ts";
export { ConditionalLanguageModel } from "./conditional/conditional_language_model.ts";
export type {
  ConditionalBatch,
  ConditionalLanguageModelParts,
  ConditionalPair,
} from "./conditional/conditional_language_model.ts";
export { buildConditionalModel } from "./conditional/conditional_spec.ts";
export type { BuildConditionalOptions, ConditionalSpec } from "./conditional/conditional_spec.ts";
export type { Decoder, DecoderSource, DecoderState } from "./conditional/decoder.ts";
export type { Condition, Encoded, Encoder, Memory } from "./conditional/encoder.ts";
export { SequenceEncoder } from "./conditional/sequence_encoder.ts";
export type { SequenceEncoderOptions } from "./conditional/sequence_encoder.ts";
export { VectorEncoder } from "./conditional/vector_encoder.ts";
export type { VectorEncoderOptions } from "./conditional/vector_encoder.ts";
export { continuousCache, ContinuousCacheModel } from "./continuous_cache.ts";
export type { ContinuousCacheOptions, ContinuousCacheState } from "./continuous_cache.ts";
export { addingProblem, delayedCopy } from "./long_range/long_range_task.ts";
export type { LongRangeBatch, LongRangeTask } from "./long_range/long_range_task.ts";
export { LastStateNetwork } from "./long_range/last_state_network.ts";
export type { LastStateOptions, LongRangeScore } from "./long_range/last_state_network.ts";

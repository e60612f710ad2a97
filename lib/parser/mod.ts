/**
 * Dependency parsing: treebanks and their formats, trees, transition systems, parsers and their
 * evaluation. Words are numbered from 1; 0 is ROOT.
 *
 * ```ts
 * import { isProjective, parseTreebank } from "#lib/parser/mod.ts";
 *
 * const [sentence] = parseTreebank(
 *   "1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n" +
 *     "2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_\n\n",
 * );
 * console.log(sentence.words, isProjective(sentence.tree.heads));
 * ```
 *
 * @module
 */
export {
  type Agreement,
  type AttachmentCounts,
  AttachmentScore,
  isPennPunctuation,
  isUniversalPunctuation,
  type ScoreOptions,
  scoreSentences,
  scoreTrees,
} from "./attachment.ts";
export type { ConlluRow, ConlluSentence } from "./conllu_sentence.ts";
export { formatConllu, parseConllu, parseConllx } from "./conllu.ts";
export { parseTreebank, sentenceOf, treeOf, withTags, withTree } from "./conllu_trees.ts";
export type { DependencyTree, TreeOptions, TreeProblem } from "./dependency_tree.ts";
export { assertTree, treeProblem } from "./dependency_tree.ts";
export { type HeadRule, YAMADA_MATSUMOTO } from "./head_rules.ts";
export {
  type BootstrapOptions,
  type BootstrapResult,
  pairedBootstrap,
} from "./paired_bootstrap.ts";
export {
  PENN_SECTIONS,
  type PennOptions,
  readPennSplit,
  readPennTreebank,
} from "./penn_treebank.ts";
export { dependenciesOf } from "./phrase_dependencies.ts";
export { parsePhraseTrees, type Phrase, type TaggedWord } from "./phrase_tree.ts";
export { crossingArcs, isProjective } from "./projectivity.ts";
export { deprojectivize, projectivize } from "./pseudo_projective.ts";
export { readConllu } from "./read_conllu.ts";
export type { AnnotatedSentence, DependencyParser, Sentence, Treebank } from "./sentence.ts";
export { parseTagHeadLines, UNLABELLED } from "./tag_head_lines.ts";
export { TreebankError } from "./treebank_error.ts";
export { arcEager } from "./arc_eager.ts";
export { arcHybrid } from "./arc_hybrid.ts";
export { arcStandard, stackProjective } from "./arc_standard.ts";
export { Configuration, NONE } from "./configuration.ts";
export { GoldTree } from "./gold_tree.ts";
export { type OracleStep, oracleSteps } from "./oracle_steps.ts";
export { type DynamicOracleSystem, Move, type TransitionSystem } from "./transition_system.ts";
export { readEwtTreebank, readNltkTreebank, type TreebankSplit } from "./treebanks.ts";
export { ArcScores } from "./arc_scores.ts";
export { chuLiuEdmonds } from "./chu_liu_edmonds.ts";
export { eisner } from "./eisner.ts";
export { type SpanningTreeStep, spanningTreeSteps, type WordArc } from "./spanning_tree_steps.ts";
export { matrixTree, type TreeMarginals } from "./matrix_tree.ts";
export { eisnerSiblings } from "./graph/eisner_siblings.ts";
export { insideOutside } from "./graph/inside_outside.ts";
export { reattach } from "./graph/reattachment.ts";
export { ad3, type Ad3Options, type Ad3Solution } from "./graph/ad3.ts";
export type { Factor, FactorConfiguration, ScoredFactor } from "./graph/factor.ts";
export { HeadAutomaton, type HeadAutomatonParts } from "./graph/head_automaton.ts";
export { type CandidateArc, TreeFactor, type TreeFactorOptions } from "./graph/tree_factor.ts";
export type { TurboModel } from "./graph/turbo_model.ts";
export { HeadSequence } from "./graph/head_sequence.ts";
export { SiblingPair } from "./graph/sibling_pair.ts";
export { TriSiblingAutomaton } from "./graph/tri_sibling_automaton.ts";
export {
  loadTurboParser,
  loadTurboTraining,
  saveTurboParser,
  saveTurboTraining,
} from "./graph/turbo_file.ts";
export { TurboParser } from "./graph/turbo_parser.ts";
export {
  trainTurboParser,
  turboTraining,
  type TurboTrainingOptions,
  type TurboTrainingReport,
  type TurboTrainingState,
} from "./graph/turbo_training.ts";
export { innerSiblings, SiblingScores } from "./graph/sibling_scores.ts";
export {
  type BinaryExamples,
  crammerSinger,
  type CrammerSingerOptions,
  type CrammerSingerReport,
} from "./crammer_singer.ts";
export {
  type Address,
  EAGER_TEMPLATES,
  parseTemplate,
  STACK_TEMPLATES,
  type Template,
  type TemplatePart,
} from "./indicator_model.ts";
export { MALT_ALGORITHMS, type MaltAlgorithm, type MaltAlgorithmParts } from "./malt_algorithms.ts";
export { MaltParser } from "./malt_parser.ts";
export {
  maltTraining,
  type MaltTrainingOptions,
  type MaltTrainingReport,
  trainMaltParser,
} from "./malt_training.ts";
export { SymbolTable } from "./symbol_table.ts";
export { MOVE_NAMES, TransitionInventory } from "./transition_inventory.ts";
export { loadMaltParser, saveMaltParser } from "./malt_file.ts";
export {
  type IndicatorStatistics,
  indicatorStatistics,
  type IndicatorStatisticsOptions,
} from "./indicator_statistics.ts";
export { FeatureTable } from "./feature_table.ts";
export { type Lexicon, lexiconOf } from "./lexicon.ts";
export type { MaltModel } from "./malt_model.ts";
export { hildreth, type HildrethOptions } from "./graph/hildreth.ts";
export { kBestEisner, type ScoredTree } from "./graph/k_best_eisner.ts";
export { MstParser } from "./graph/mst_parser.ts";
export {
  mstTraining,
  type MstTrainingOptions,
  type MstTrainingReport,
  trainMstParser,
} from "./graph/mst_training.ts";
export { loadMstParser, saveMstParser } from "./graph/mst_file.ts";
export type { MstModel } from "./graph/mst_model.ts";
export { type FeatureTime, type FeatureTimeOptions, measureFeatureTime } from "./feature_time.ts";
export { oracleTrace, type TraceRow } from "./oracle_trace.ts";
export { generatedTreebank, generateSentences } from "./generated_treebank.ts";
export { PerceptronTagger, type TaggerModel } from "./perceptron_tagger.ts";
export { loadTagger, saveTagger } from "./tagger_file.ts";
export { type TaggerTrainingOptions, trainTagger } from "./tagger_training.ts";
export { conlluOf, type ParsedSentence, TextParser, withOneRoot } from "./text_parser.ts";
export { type JackknifeOptions, jackknifeTags } from "./jackknife.ts";
export { agreedTrees } from "./agreed_trees.ts";
export { alikeInLength } from "./alike_in_length.ts";
export {
  CHEN_MANNING_DEPTHS,
  findTokens,
  placeNames,
  type TokenDepths,
  WEISS_DEPTHS,
} from "./neural/token_places.ts";
export {
  type NeuralLexicon,
  neuralLexicon,
  type NeuralLexiconOptions,
} from "./neural/neural_lexicon.ts";
export { withFurtherWords } from "./neural/further_words.ts";
export { LegalTransitions, type SeenTransition } from "./neural/legal_transitions.ts";
export { CHEN_MANNING_SHAPE, type NetworkShape, WEISS_SHAPE } from "./neural/network_shape.ts";
export { type Examples, oracleExamples } from "./neural/oracle_examples.ts";
export {
  type TransitionTask,
  transitionTask,
  type TransitionTaskOptions,
} from "./neural/transition_task.ts";
export { TransitionNetwork, type TransitionNetworkOptions } from "./neural/transition_network.ts";
export { NeuralParser, type NeuralParserOptions } from "./neural/neural_parser.ts";
export { CHEN_MANNING_RECIPE, type NeuralRecipe, WEISS_RECIPE } from "./neural/neural_recipe.ts";
export {
  neuralTraining,
  type NeuralTrainingOptions,
  type NeuralTrainingReport,
} from "./neural/neural_training.ts";
export { type ParserRaceCourse, type ParserRaceResult, raceParser } from "./neural/parser_race.ts";
export type { TokenGroup } from "./neural/token_groups.ts";
export { BiaffineParser } from "./biaffine/biaffine_parser.ts";
export {
  biaffineTraining,
  type BiaffineTrainingOptions,
  type BiaffineTrainingReport,
  trainBiaffineParser,
} from "./biaffine/biaffine_training.ts";
export type { BiaffineBatch } from "./biaffine/biaffine_batch.ts";
export type { BiaffineLexicon, BiaffineLexiconOptions } from "./biaffine/biaffine_lexicon.ts";
export {
  BiaffineNetwork,
  type SymbolCounts,
  type TokenRoles,
} from "./biaffine/biaffine_network.ts";
export type { BiaffineParserParts } from "./biaffine/biaffine_parser.ts";
export { type BiaffineSizes, PUBLISHED_SIZES } from "./biaffine/biaffine_sizes.ts";
export { loadBiaffineParser, saveBiaffineParser } from "./biaffine/biaffine_file.ts";
export {
  type LoadedNetwork,
  loadNetwork,
  loadPerceptron,
  saveNetwork,
  savePerceptron,
} from "./neural/neural_file.ts";
export { Beam, type BeamItem, type BeamStep } from "./neural/beam.ts";
export { BeamParser, type BeamParserOptions } from "./neural/beam_parser.ts";
export {
  type SearchEnd,
  type SearchOptions,
  type SearchSentence,
  searchSentence,
  type SearchTrace,
  searchWithGold,
} from "./neural/beam_search.ts";
export { type BeamLoss, beamLoss } from "./neural/beam_loss.ts";
export {
  globalModel,
  globalTraining,
  type GlobalTrainingOptions,
  type GlobalTrainingReport,
  searchBatch,
  type SearchedBatch,
} from "./neural/global_training.ts";
export {
  perceptronTraining,
  type PerceptronTrainingOptions,
  type PerceptronTrainingReport,
} from "./neural/perceptron_training.ts";
export {
  type PerceptronUpdate,
  StructuredPerceptron,
  type TabledInputs,
} from "./neural/structured_perceptron.ts";
export { TabledNetwork } from "./neural/tabled_network.ts";
export { type RowNumbers, type SentenceRows } from "./neural/token_rows.ts";

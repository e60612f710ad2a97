/**
 * A small grammar of English, our own, that generates sentences together with their trees.
 *
 * A line of RULES is a category and one way to build it, with a weight: the child marked `*` is the
 * head, each other child names its relation to the head. `{n}` makes two lines of one, for sg and
 * pl, so that subjects agree with their verbs. A category in lower case is a list of words.
 *
 * What makes it hard to parse, as English is:
 * - prepositional phrases hang from verbs (`obl`) or nouns (`nmod`) after the same words: only the
 *   preposition hints at it, and "with", "in", "on", "from" and "near" go with both;
 * - "old dogs and cats", "the letter from the friend and the teacher": what is coordinated;
 * - relative clauses after a noun inside another noun's phrase: whose they are, the verb's number
 *   tells sometimes;
 * - "that" is a determiner, a subordinator or a relative pronoun; nouns and verbs share forms
 *   ("watch", "plans", "answer").
 *
 * @module
 */
export const RULES = `
S = CLAUSE* period:punct 10
S = ADVCL:advcl comma:punct CLAUSE* period:punct 1.5
S = CLAUSE* AND_CLAUSE:conj period:punct 1
S = VP_base* period:punct 0.7
AND_CLAUSE = comma:punct cc:cc CLAUSE*
ADVCL = subordinator:mark CLAUSE*
CLAUSE = NP_{n}:nsubj VP_{n}*
VP_{n} = intransitive_{n}* 1.5
VP_{n} = intransitive_{n}* V_PP:obl 1.5
VP_{n} = intransitive_{n}* adverb:advmod 0.7
VP_{n} = adverb:advmod transitive_{n}* OBJECT:obj 0.5
VP_{n} = transitive_{n}* OBJECT:obj 4
VP_{n} = transitive_{n}* OBJECT:obj V_PP:obl 3
VP_{n} = ditransitive_{n}* OBJECT:iobj OBJECT:obj 0.8
VP_{n} = modal:aux VP_base* 1.2
VP_{n} = reporting_{n}* THAT_CLAUSE:ccomp 0.8
VP_{n} = wanting_{n}* TO_VP:xcomp 0.8
VP_{n} = be_{n}:cop adjective* 1
VP_{n} = be_{n}:cop A_NOUN* 0.6
VP_{n} = be_{n}:cop preposition_both:case FULL_sg* 0.5
VP_{n} = be_{n}:aux:pass participle* BY_PP:obl:agent 0.8
VP_{n} = transitive_{n}* OBJECT:obj AND_VP_{n}:conj 0.5
AND_VP_{n} = cc:cc transitive_{n}* OBJECT:obj
VP_base = intransitive_pl* 1
VP_base = transitive_pl* OBJECT:obj 3
VP_base = transitive_pl* OBJECT:obj V_PP:obl 2
THAT_CLAUSE = that_mark:mark CLAUSE* 2
THAT_CLAUSE = CLAUSE* 1
TO_VP = to:mark VP_base*
OBJECT = FULL_sg* 4
OBJECT = FULL_pl* 2
OBJECT = object_pronoun* 0.6
NP_{n} = pronoun_{n}* 2
NP_{n} = FULL_{n}* 4
FULL_sg = name* 0.8
FULL_{n} = determiner_{n}:det N_{n}* 4
FULL_{n} = determiner_{n}:det adjective:amod N_{n}* 2
FULL_{n} = determiner_{n}:det noun_sg:compound N_{n}* 0.6
FULL_{n} = possessive:nmod:poss N_{n}* 0.8
FULL_{n} = OWNER:nmod:poss N_{n}* 0.4
FULL_pl = N_pl* 1.5
FULL_pl = adjective:amod N_pl* 0.8
FULL_pl = number:nummod N_pl* 0.6
FULL_pl = FULL_sg* AND_FULL:conj 0.8
FULL_pl = name* AND_NAME:conj 0.4
FULL_pl = adjective:amod noun_pl* AND_NOUNS:conj 0.5
A_NOUN = article:det noun_sg* 2
A_NOUN = article:det adjective:amod noun_sg* 1
OWNER = determiner_sg:det noun_sg* possessive_s:case 1
OWNER = name* possessive_s:case 1
AND_FULL = cc:cc FULL_sg* 2
AND_FULL = cc:cc FULL_pl* 1
AND_NAME = cc:cc name*
AND_NOUNS = cc:cc noun_pl* 1
AND_NOUNS = cc:cc adjective:amod noun_pl* 0.5
N_{n} = noun_{n}* 5
N_{n} = noun_{n}* N_PP:nmod 2.4
N_{n} = noun_{n}* RELATIVE_{n}:acl:relcl 0.6
N_{n} = noun_{n}* N_PP:nmod RELATIVE_{n}:acl:relcl 0.3
RELATIVE_{n} = relative:nsubj VP_{n}* 2
RELATIVE_{n} = relative:obj NP_sg:nsubj transitive_sg* 1
RELATIVE_{n} = NP_pl:nsubj transitive_pl* 0.7
V_PP = preposition_verb:case FULL_sg* 1
V_PP = preposition_both:case FULL_sg* 3
V_PP = preposition_both:case FULL_pl* 1.5
N_PP = preposition_noun:case FULL_sg* 1
N_PP = preposition_both:case FULL_sg* 3
N_PP = preposition_both:case FULL_pl* 1.5
BY_PP = by:case FULL_sg* 2
BY_PP = by:case FULL_pl* 1
`;

/** The words of each list, after its Penn tag and universal tag; words may stand twice. */
export const WORDS = `
period . PUNCT : . . . . . . . !
comma , PUNCT : ,
cc CC CCONJ : and and and or but
subordinator IN SCONJ : when because if while although before after
that_mark IN SCONJ : that
to TO PART : to
modal MD AUX : can will may must should could would might
adverb RB ADV : often never quietly slowly today here always soon again
article DT DET : a
determiner_sg DT DET : the the the the a a a this that every
determiner_pl DT DET : the the the these those some all
possessive PRP$ PRON : my your his her its our their
possessive_s POS PART : 's
number CD NUM : two three four ten twelve
pronoun_sg PRP PRON : he she it
pronoun_pl PRP PRON : I we you they
object_pronoun PRP PRON : me him her it us them you
name NNP PROPN : Ann Ben Clara David Emma Frank Grace Henry Iris London Boston
relative WDT PRON : that that that which
adjective JJ ADJ : old new good red small great young quiet long strange happy cold green early
preposition_verb IN ADP : at into for during
preposition_noun IN ADP : of of of about
preposition_both IN ADP : with with in in on from near
by IN ADP : by
be_sg VBZ AUX : is is is was
be_pl VBP AUX : are are are were
noun_sg NN NOUN : dog cat student teacher letter book house garden telescope friend city plan watch
 answer lecture question river machine parser word tree window child bridge song report
noun_pl NNS NOUN : dogs cats students teachers letters books houses gardens telescopes friends plans
 watches answers lectures questions rivers machines parsers words trees windows children reports
intransitive_sg VBZ VERB : sleeps works waits talks sings walks arrives plans answers
intransitive_pl VBP VERB : sleep work wait talk sing walk arrive plan answer
transitive_sg VBZ VERB : sees reads likes finds watches writes answers draws follows builds plans
transitive_pl VBP VERB : see read like find watch write answer draw follow build plan
ditransitive_sg VBZ VERB : gives shows sends tells
ditransitive_pl VBP VERB : give show send tell
reporting_sg VBZ VERB : says thinks knows believes
reporting_pl VBP VERB : say think know believe
wanting_sg VBZ VERB : wants hopes tries begins
wanting_pl VBP VERB : want hope try begin
participle VBN VERB : seen read found written drawn followed built watched
`;

/** Which child of a phrase is its head. */
export interface HeadRule {
  /** Which end the children are searched from; the first one found counts. */
  readonly from: "left" | "right";
  /**
   * Categories and tags looked for, best first; a group of them (space-separated) is looked for at
   * once. If nothing is found, the first child from that end is the head that is no punctuation.
   */
  readonly order: readonly string[];
}

const NOUN_PHRASE = "POS NN NNP NNPS NNS|NX|JJR|CD|JJ|JJS|RB|QP|NP";
const RULES: Record<string, string> = {
  ADJP: "right NNS|QP|NN|$|ADVP|JJ|VBN|VBG|ADJP|JJR|NP|JJS|DT|FW|RBR|RBS|SBAR|RB",
  ADVP: "left RB|RBR|RBS|FW|ADVP|TO|CD|JJR|JJ|IN|NP|JJS|NN",
  CONJP: "left CC|RB|IN",
  FRAG: "left ",
  INTJ: "right ",
  LST: "left LS|:",
  NAC: "right NN NNS NNP NNPS|NP|NAC|EX|$|CD|QP|PRP|VBG|JJ|JJS|JJR|ADJP|FW",
  NP: `right ${NOUN_PHRASE}`,
  NX: `right ${NOUN_PHRASE}`,
  PP: "left IN|TO|VBG|VBN|RP|FW",
  PRN: "right ",
  PRT: "left RP",
  QP: "right $|IN|NNS|NN|JJ|RB|DT|CD|NCD|QP|JJR|JJS",
  RRC: "left VP|NP|ADVP|ADJP|PP",
  S: "right TO|IN|VP|S|SBAR|ADJP|UCP|NP",
  SBAR: "right WHNP|WHPP|WHADVP|WHADJP|IN|DT|S|SQ|SINV|SBAR|FRAG",
  SBARQ: "right SQ|S|SINV|SBARQ|FRAG",
  SINV: "right VBZ|VBD|VBP|VB|MD|VP|S|SINV|ADJP|NP",
  SQ: "right VBZ|VBD|VBP|VB|MD|VP|SQ",
  UCP: "left ",
  VP: "left VBD|VBN|MD|VBZ|VB|VBG|VBP|VP|ADJP|NN|NNS|NP",
  WHADJP: "right CC|WRB|JJ|ADJP",
  WHADVP: "left CC|WRB",
  WHNP: "right WDT|WP|WP$|WHADJP|WHPP|WHNP",
  WHPP: "left IN|TO|FW",
};

/**
 * The head rules of Yamada & Matsumoto (2003), after Collins (1999, appendix A), by category: those
 * behind the unlabelled scores published on the Penn Treebank. Of the tables in circulation this
 * one gives all 94,084 heads of NLTK's dependency sample: the verb heads a to-infinitive.
 */
export const YAMADA_MATSUMOTO: ReadonlyMap<string, HeadRule> = new Map(
  Object.entries(RULES).map(([category, rule]) => {
    const [from, order] = [rule.slice(0, rule.indexOf(" ")), rule.slice(rule.indexOf(" ") + 1)];
    return [category, {
      from: from === "left" ? "left" : "right",
      order: order === "" ? [] : order.split("|"),
    }];
  }),
);

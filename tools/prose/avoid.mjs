// The words that our texts avoid, each with what to write instead.
//
// A pattern matches whole words in prose, in any case. Code is not looked at: write names in backticks. If a listed word is
// right in one place only, put the sentence in other words; if it is right in general, remove it from this list.

/** `[pattern, what to write instead]` */
export const AVOID = [
  // Private metaphors.
  ['rooms?', '"module" or "folder"'],
  ['houses?', '"repository" or "architecture"'],
  ['burn(?:s|ing)?|on fire', '"firing"'],
  ['letters? (?:waits?|lies?)', '"the message is in the dead-letter queue"'],
  ['park(?:s|ed|ing)?', '"move to the dead-letter queue" or "dead-letter"'],
  // Reports and findings.
  ['remarks?', '"finding" or "diagnostic"'],
  ['tell(?:s|ing)?|told', '"report", "log", "emit", "notify", or "show"'],
  ['say(?:s)? so', 'what is reported, and where'],
  ['whom', 'the person: "the on-call engineer", "who"'],
  // Requirement, ability, possibility.
  ['ha(?:s|ve|d|ving) to', '"must" or "need to"'],
  ['shall', '"must" or "can"'],
  ['may(?! \\d)', '"can" for ability and permission, "might" for possibility'],
  ['allows? to', '"grants permission to", "lets ... do", or "allows ...ing"'],
  // Verbs of another language.
  ['mend(?:s|ed|ing)?', '"fix" or "resolve"'],
  ['put right', '"fix" or "resolve"'],
  ['repair(?:s|ed|ing)?', '"fix" or "resolve"'],
  ['dearer|dearest', '"more expensive"'],
  ['go(?:es)? (?:on and|off)|went off', '"is in ALARM" or "returns to OK"'],
  ['(?:try|tries|tried|trying) again', '"retry"'],
  ['stands? in for', '"replaces" or "is used instead of"'],
  ['take part', '"participate", or name the action'],
  ['looks? (?:a\\w*|\\w+s) up', '"look up ..."'],
  ['all the while', '"meanwhile"'],
  // Nouns and phrases.
  ['of (?:your|our|one\'s) own', '"your own ..."'],
  ['none of ours', '"not one of the construct\'s"'],
  ['exists? already|already exists? already', '"existing"'],
  ['made-up', '"placeholder"'],
  ['set-ups?', '"setup" (noun) or "set up" (verb)'],
  ['time-outs?', '"timeout"'],
  ['e-mails?', '"email"'],
  ['foul', '"invalid"'],
  ['(?:the|a) synth', '"synthesis"'],
  ['e\\.g\\.', '"for example"'],
  ['i\\.e\\.', '"that is"'],
  ['etc\\.', '"and so on", or the full list'],
  ['and the like', '"and so on", or the full list'],
  ['(?:newer|older|higher|lower) versions?', '"later versions" or "earlier versions"'],
  ['(?:\\d[\\d.]*|version) (?:or|and) (?:newer|older|above|below)', '"or later" or "or earlier"'],
  ['(?:is|are) no (?:text|url|number|list|mapping|severity|matcher|string|boolean|duration|name|file|json|yaml|map|valid)', '"is not a ..."'],
];

const PATTERN = AVOID.map(([pattern, instead]) => ({ expression: new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, 'gi'), instead }));

/** The avoided words in a text: offset, the word, and what to write instead. */
export function avoidedWords(text) {
  return PATTERN.flatMap(({ expression, instead }) => (
    [...text.matchAll(expression)].map((match) => ({ offset: match.index, word: match[0], instead }))
  )).sort((a, b) => a.offset - b.offset);
}

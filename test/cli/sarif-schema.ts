/** What the schema of SARIF 2.1.0 requires of the objects that the command writes, and what GitHub requires besides. */
type Check = (value: unknown, path: string) => string[];

interface Fields {
  readonly [name: string]: { readonly check: Check; readonly optional?: true };
}

const text: Check = (value, path) => (typeof value === 'string' && value !== '' ? [] : [`${path}: not a text`]);

const positive: Check = (value, path) => (Number.isInteger(value) && Number(value) >= 1 ? [] : [`${path}: not a whole number from 1`]);

const index: Check = (value, path) => (Number.isInteger(value) && Number(value) >= 0 ? [] : [`${path}: not a whole number from 0`]);

const matching = (pattern: RegExp): Check => (value, path) => (typeof value === 'string' && pattern.test(value) ? [] : [`${path}: does not match ${pattern.source}`]);

/** A URI, or a relative reference: RFC 3986 allows these characters only, and a percent sign starts an escape. */
const uriReference = matching(/^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-F]{2})+$/);

const listOf = (check: Check, fewest = 0): Check => (value, path) => (Array.isArray(value)
  ? [...value.length < fewest ? [`${path}: fewer than ${fewest}`] : [], ...value.flatMap((item, position) => check(item, `${path}[${position}]`))]
  : [`${path}: not a list`]);

/** The schema allows no properties but its own. */
const objectOf = (fields: Fields): Check => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${path}: not an object`];
  }
  const given = new Map<string, unknown>(Object.entries(value));
  return [
    ...[...given.keys()].filter((name) => !Object.hasOwn(fields, name)).map((name) => `${path}.${name}: unknown`),
    ...Object.entries(fields).flatMap(([name, { check, optional }]) => {
      const isMissing = !given.has(name);
      return isMissing ? (optional ? [] : [`${path}.${name}: missing`]) : check(given.get(name), `${path}.${name}`);
    }),
  ];
};

const message = objectOf({ text: { check: text } });

const rule = objectOf({
  id: { check: text },
  shortDescription: { check: message, optional: true },
  help: { check: message, optional: true },
  helpUri: { check: uriReference, optional: true },
});

const location = objectOf({
  physicalLocation: {
    check: objectOf({
      artifactLocation: { check: objectOf({ uri: { check: uriReference } }) },
      region: { check: objectOf({ startLine: { check: positive }, startColumn: { check: positive, optional: true } }) },
    }),
  },
});

const result = objectOf({
  ruleId: { check: text, optional: true },
  ruleIndex: { check: index, optional: true },
  level: { check: matching(/^(?:none|note|warning|error)$/), optional: true },
  message: { check: message },
  // The schema allows none; GitHub refuses the file then.
  locations: { check: listOf(location, 1) },
});

const driver = objectOf({
  name: { check: text }, version: { check: text, optional: true }, informationUri: { check: matching(/^https:\/\/\S+$/), optional: true }, rules: { check: listOf(rule), optional: true },
});

const run = objectOf({
  tool: { check: objectOf({ driver: { check: driver } }) },
  columnKind: { check: matching(/^(?:utf16CodeUnits|unicodeCodePoints)$/), optional: true },
  results: { check: listOf(result) },
});

const log = objectOf({ $schema: { check: uriReference, optional: true }, version: { check: matching(/^2\.1\.0$/) }, runs: { check: listOf(run) } });

interface Run {
  readonly tool: { readonly driver: { readonly rules: ReadonlyArray<{ readonly id: string }> } };
  readonly results: ReadonlyArray<{ readonly ruleId: string; readonly ruleIndex: number }>;
}

/** Each rule once, and each result with the rule that its index names. */
function referenceProblems({ tool: { driver: { rules } }, results }: Run): string[] {
  const isDistinct = new Set(rules.map(({ id }) => id)).size === rules.length;
  return [
    ...isDistinct ? [] : ['two rules have the same id'],
    ...results.filter(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id !== ruleId).map(({ ruleId }) => `${ruleId} is not the rule of its index`),
  ];
}

/** What is wrong with a text as a SARIF log; empty if it is sound. */
export function sarifProblems(source: string): string[] {
  const value: unknown = JSON.parse(source);
  const problems = log(value, '$');
  return problems.length > 0 ? problems : (value as { readonly runs: readonly Run[] }).runs.flatMap(referenceProblems);
}

import * as fc from 'fast-check';

/** Random, but the same in every run: the committed tables have a verdict on each of these templates. */
const SEED = 20261125;
const COUNT = 4000;

const constant = fc.constantFrom('"text"', '"5"', '"firing"', '"("', '"Europe/Berlin"', '"Mars/X"', '""', '5', '0', '1', '-1', '1.5', 'true', 'nil', '`raw`', "'c'");

/** What `.` is at a place: what can be taken of it, most of it right. */
interface Context {
  readonly paths: readonly string[];
  readonly mistakes: readonly string[];
}

const NOTIFICATION: Context = {
  paths: [
    '.Status', '.Receiver', '.ExternalURL', '.Alerts', '.Alerts.Firing', '.Alerts.Resolved', '.CommonLabels', '.CommonLabels.severity', '.CommonLabels.nope',
    '.CommonLabels.SortedPairs', '.CommonLabels.Names', '.CommonLabels.Values', '.GroupLabels', '.GroupLabels.alertname', '.CommonAnnotations', '.CommonAnnotations.summary',
    '(index .Alerts 0)', '(index .Alerts 0).Labels.a', '(index .Alerts 0).StartsAt', '(index .Alerts.Firing 0).Status', '(len .Alerts.Firing)', '(index .CommonLabels "a")',
    '(index .Alerts 1).Fingerprint', '.CommonLabels.SortedPairs.Names', '(.CommonLabels.Remove (stringSlice "a"))',
  ],
  mistakes: ['.CommonLabels.a.b', '.Alerts.Labels', '.Alerts.Frying', '.Status.x', '.Nope', '.Value', '.Labels.x', '.CommonLabels.Remove'],
};

const ALERT: Context = {
  paths: [
    '.Labels', '.Labels.severity', '.Labels.SortedPairs', '.Annotations.summary', '.Status', '.StartsAt', '.EndsAt', '.GeneratorURL', '.Fingerprint', '.StartsAt.Unix',
    '(.StartsAt.Format "15:04")', '(.EndsAt.Sub .StartsAt)', '.StartsAt.Year', '(.StartsAt.Add 5)', '.EndsAt.IsZero', '(.EndsAt.Sub .StartsAt).Minutes',
  ],
  mistakes: ['.Value', '.Label.x', '.CommonLabels.x', '.Labels.Remove', '.StartsAt.In', '.StartsAt.Format', '.Alerts', '.Labels.a.b', '(.StartsAt.Add 1.5)'],
};

const PAIR: Context = { paths: ['.Name', '.Value', '.'], mistakes: ['.Key', '.Labels.a', '.Name.x'] };
const TEXT: Context = { paths: ['.', '$x', '$y'], mistakes: ['.x', '.Labels', '$y.x'] };

const ANYWHERE = ['$.Status', '$.Alerts', '$.CommonLabels.x', '$x', '$x.a', '$y', '$y.Status', '$y.Labels', '.', '$'];

const unary = fc.constantFrom(
  'toUpper', 'toLower', 'title', 'len', 'not', 'print', 'urlquery', 'html', 'safeHtml', 'since', 'humanizeDuration', 'stringSlice', 'trimSpace', 'call', 'and', 'or',
);
const binary = fc.constantFrom('join', 'match', 'index', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'and', 'or', 'printf', 'print', 'slice', 'date', 'tz', 'stringSlice');
const ternary = fc.constantFrom('reReplaceAll', 'printf', 'and', 'or', 'eq', 'index', 'slice');

/** Calls that are right, whatever the data is. */
const SOUND_CALLS = [
  'toUpper "a"', 'len .', 'eq $.Status "firing"', 'join "," $x.Names', 'join "," (stringSlice "a" "b")', 'reReplaceAll "a(b)" "$1" "ab"', 'match "^f" $.Status', 'printf "%s" .',
  'date "15:04" $y.StartsAt', 'tz "Europe/Berlin" $y.StartsAt', 'index $x "a"', 'gt (len $.Alerts) 1', '$y.Labels.a | toUpper', 'since $y.StartsAt', 'slice "abc" 1 2', 'slice $.Status 0 3',
  'or $x.nope "none"', 'and $x.a $y.Status', 'index (stringSlice "a" "b") 1', 'print $.Alerts', 'humanizeDuration 5', 'lt 1.5 2.5', 'eq $x.a "1" "2"', 'not $.Alerts.Firing',
];

function pathIn({ paths, mistakes }: Context): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...paths) },
    { weight: 4, arbitrary: fc.constantFrom(...ANYWHERE) },
    { weight: 1, arbitrary: fc.constantFrom(...mistakes) },
  );
}

function expressionIn(context: Context): fc.Arbitrary<string> {
  const path = pathIn(context);
  const operand = fc.oneof({ weight: 5, arbitrary: path }, { weight: 3, arbitrary: constant });
  return fc.oneof(
    { weight: 6, arbitrary: path },
    { weight: 4, arbitrary: fc.constantFrom(...SOUND_CALLS) },
    { weight: 2, arbitrary: fc.tuple(unary, operand).map(([name, a]) => `${name} ${a}`) },
    { weight: 2, arbitrary: fc.tuple(binary, operand, operand).map(([name, a, b]) => `${name} ${a} ${b}`) },
    { weight: 1, arbitrary: fc.tuple(ternary, operand, operand, operand).map(([name, a, b, c]) => `${name} ${a} ${b} ${c}`) },
    { weight: 1, arbitrary: fc.tuple(operand, unary, unary).map(([a, name, next]) => `${a} | ${name} | ${next}`) },
    { weight: 1, arbitrary: fc.tuple(operand, binary, operand).map(([a, name, b]) => `${a} | ${name} ${b}`) },
    { weight: 1, arbitrary: fc.tuple(unary, binary, operand, operand).map(([outer, name, a, b]) => `${outer} (${name} ${a} ${b})`) },
  );
}

const CONDITIONS = [
  '$.Alerts.Firing', 'gt (len $.Alerts.Firing) 0', 'eq $.Status "firing"', 'ne $.Status "resolved"', 'not $.Alerts.Firing', 'eq (len $.Alerts.Resolved) 0', 'le 1 (len $.Alerts.Firing)',
  'and $.Alerts.Firing $x.a', 'or $.Alerts.Firing $x.nope', 'eq ($.Status | toUpper) "FIRING"', 'gt (len $.Alerts) 1', '$x.severity', 'false', '$.Alerts.Resolved', 'eq $y.Status "firing"',
];

const LISTS: ReadonlyArray<readonly [string, Context]> = [
  ['.Alerts', ALERT], ['.Alerts.Firing', ALERT], ['.Alerts.Resolved', ALERT], ['$.Alerts', ALERT], ['.CommonLabels', TEXT], ['.CommonLabels.SortedPairs', PAIR],
  ['.GroupLabels.SortedPairs', PAIR], ['$y.Labels.SortedPairs', PAIR], ['$y.Labels', TEXT], ['.CommonLabels.Names', TEXT], ['.Status', TEXT], ['3', TEXT],
];

const CALLS = ['one', 'list', '__subject', 'pagerduty.default.instances', '__alertmanager', 'slack.default.titlelink'];

function nodesIn(context: Context, depth: number): fc.Arbitrary<string> {
  const expression = expressionIn(context);
  const simple = [
    { weight: 6, arbitrary: expression.map((each) => `{{ ${each} }}`) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('$x', '$y'), fc.constantFrom(':=', '='), expression).map(([name, sign, value]) => `{{ ${name} ${sign} ${value} }}`) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...CALLS), fc.constantFrom('.', '$', '$.Alerts', '$.Alerts.Firing', '$y', '$x', ''))
        .map(([name, argument]) => `{{ template "${name}" ${argument} }}`),
    },
  ];
  if (depth === 0) {
    return fc.oneof(...simple);
  }
  const inner = nodesIn(context, depth - 1);
  const condition = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...CONDITIONS) }, { weight: 1, arbitrary: expression });
  const branches = [
    { weight: 3, arbitrary: fc.tuple(condition, inner, inner).map(([clause, body, rest]) => `{{ if ${clause} }}${body}{{ else }}${rest}{{ end }}`) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom('$y', '$.Alerts.Firing', '$y.Labels.a', '$x'), nodesIn(TEXT, depth - 1), inner)
        .map(([clause, body, rest]) => `{{ with ${clause} }}${body}{{ else }}${rest}{{ end }}`),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom(...LISTS).chain(([list, element]) => fc.tuple(fc.constantFrom('', '', '$x := ', '$x, $y := ', '$y = '), nodesIn(element, depth - 1))
        .map(([targets, body]) => `{{ range ${targets}${list} }}${body}{{ end }}`)),
    },
  ];
  return fc.array(fc.oneof(...simple, ...branches), { minLength: 1, maxLength: 2 }).map((all) => all.join(''));
}

/** What the templates begin with: variables, and templates that they can call. */
const PROLOG = '{{ define "one" }}{{ .Labels.severity }}{{ end }}{{ define "list" }}{{ range . }}{{ .Fingerprint }}{{ end }}{{ end }}'
  + '{{ $x := .CommonLabels }}{{ $y := index .Alerts 0 }}';

/** Templates that are right, nearly right, and wrong in many ways, all of them with valid syntax for the most part. */
export function generatedNotificationTemplates(): string[] {
  return [...new Set(fc.sample(nodesIn(NOTIFICATION, 2), { seed: SEED, numRuns: COUNT }).map((text) => `${PROLOG}${text}`))];
}

const RULE_PATHS = [
  '$labels', '$labels.instance', '$labels.nope', '$value', '.Labels', '.Labels.job', '.Value', '$externalLabels.region', '$externalURL', '.ExternalURL', '(query "up")', '(first (query "up"))',
  '(first (query "up")).Labels.job', '(query "up" | first | value)', '(toTime 5)', '.Nope', '$labels.a.b', '$value.x', '(query "up").Value', '.CommonLabels.x',
];
const RULE_FUNCTIONS_OF_ONE = [
  'humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp', 'title', 'toUpper', 'len', 'print', 'first', 'value', 'strvalue', 'query', 'toTime', 'stripPort',
  'stripDomain', 'parseDuration', 'graphLink', 'not', 'safeHtml', 'args', 'externalURL',
];
const RULE_FUNCTIONS_OF_TWO = ['printf', 'eq', 'gt', 'lt', 'ne', 'match', 'label', 'sortByLabel', 'index', 'and', 'or', 'print', 'args'];

/** The same for templates of alerting rules. */
export function generatedRuleTemplates(): string[] {
  const path = fc.constantFrom(...RULE_PATHS);
  const operand = fc.oneof({ weight: 4, arbitrary: path }, { weight: 2, arbitrary: fc.constantFrom('"up"', '"%.2f"', '"job"', '"5m"', '5', '5.0', '"5"', '"("', 'true') });
  const expression = fc.oneof(
    { weight: 3, arbitrary: path },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...RULE_FUNCTIONS_OF_ONE), operand).map(([name, a]) => `${name} ${a}`) },
    { weight: 2, arbitrary: fc.tuple(operand, fc.constantFrom(...RULE_FUNCTIONS_OF_ONE)).map(([a, name]) => `${a} | ${name}`) },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...RULE_FUNCTIONS_OF_TWO), operand, operand).map(([name, a, b]) => `${name} ${a} ${b}`) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('reReplaceAll'), operand, operand, operand).map((parts) => parts.join(' ')) },
  );
  const node = fc.oneof(
    { weight: 5, arbitrary: expression.map((each) => `{{ ${each} }}`) },
    { weight: 1, arbitrary: fc.tuple(expression, expression).map(([clause, body]) => `{{ if ${clause} }}{{ ${body} }}{{ end }}`) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('query "up"', '$labels', 'query "none"'), fc.constantFrom('.Labels.job', '.Value', '. | toUpper', '.x', '.Value | humanize', 'label "job" .'))
        .map(([list, body]) => `{{ range ${list} }}{{ ${body} }}{{ end }}`),
    },
    { weight: 1, arbitrary: expression.map((body) => `{{ with query "up" }}{{ . | first | value | humanize }}{{ ${body} }}{{ end }}`) },
  );
  return [...new Set(fc.sample(node, { seed: SEED, numRuns: 1500 }))];
}

/** How far a function of templates can be relied on in AMP. */
export type Availability =
  /** In every Alertmanager since 0.20: AMP has it. */
  | { readonly kind: 'everywhere' }
  /** In an Alertmanager not newer than what AMP's API shows AMP to be; AMP itself does not say. */
  | { readonly kind: 'likely'; readonly since: string }
  /** Only in an Alertmanager that is newer than what is known of AMP. */
  | { readonly kind: 'too new'; readonly since: string; readonly instead: string }
  /** In no Alertmanager. */
  | { readonly kind: 'unknown'; readonly hint: string };

/** Go's own functions, and those of Alertmanager up to 0.25. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'and', 'call', 'eq', 'ge', 'gt', 'html', 'index', 'js', 'le', 'len', 'lt', 'ne', 'not', 'or', 'print', 'printf', 'println', 'slice', 'urlquery',
  'join', 'match', 'reReplaceAll', 'safeHtml', 'stringSlice', 'title', 'toLower', 'toUpper',
]);

/** AMP answers requests as Alertmanager 0.28 introduced them, so it is at least of that age. */
const LIKELY: ReadonlyMap<string, string> = new Map([
  ['trimSpace', '0.26'],
  ['date', '0.28'],
  ['humanizeDuration', '0.28'],
  ['since', '0.28'],
  ['tz', '0.28'],
]);

/** With the version of Alertmanager that introduced each, and what to write instead. */
const TOO_NEW: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['safeUrl', ['0.30', 'leave it out: it changes nothing in text templates']],
  ['toJson', ['0.30', 'print the values one by one, such as {{ range .CommonLabels.SortedPairs }}{{ .Name }}={{ printf "%q" .Value }} {{ end }}; '
    + 'for details with all alerts as JSON, leave firing and resolved out and set detailsFormat: DetailsFormat.STRUCTURED']],
  ['urlUnescape', ['0.30', 'use the value as it is; urlquery, which escapes, is available']],
  ['append', ['0.32', 'print the values directly; stringSlice makes a list of strings']],
  ['dict', ['0.32', 'keep the values in variables, as in {{ $x := .CommonLabels.x }}']],
  ['list', ['0.32', 'use stringSlice, which makes a list of strings']],
  ['now', ['0.33', 'use the times of the alerts, such as {{ (index .Alerts 0).StartsAt }}']],
  ['base64decode', ['0.34', 'put the decoded text into an annotation of the rule']],
  ['base64encode', ['0.34', 'use urlquery to carry a text inside a URL']],
  ['mustToDate', ['0.34', 'use the times of the alerts, which have methods, such as .StartsAt.Format']],
  ['routeLabels', ['0.34', 'use labels of the alerts instead']],
  ['toDate', ['0.34', 'use the times of the alerts, which have methods, such as .StartsAt.Format']],
  ['addDuration', ['0.35', 'use the methods of the times: (.StartsAt.Add 300000000000).UnixMilli is five minutes later']],
]);

/** What people write who know templates from Helm, Sprig or Prometheus rules. */
const MISTAKEN: ReadonlyMap<string, string> = new Map([
  ['b64enc', 'urlquery carries a text inside a URL'],
  ['coalesce', 'or gives the first value that is not empty'],
  ['contains', 'use match with a regular expression'],
  ['default', 'write {{ or .CommonLabels.x "the default" }}'],
  ['elseif', 'write {{ else if … }}'],
  ['env', 'templates have no environment; write the value into the file'],
  ['hasPrefix', 'use match with a regular expression such as "^prefix"'],
  ['hasSuffix', 'use match with a regular expression such as "suffix$"'],
  ['indent', 'use reReplaceAll "(?m)^" "  "'],
  ['lower', 'use toLower'],
  ['nindent', 'use reReplaceAll "(?m)^" "  "'],
  ['quote', 'use printf "%q"'],
  ['replace', 'use reReplaceAll with a regular expression'],
  ['split', 'use reReplaceAll to cut out the part'],
  ['splitList', 'use reReplaceAll to cut out the part'],
  ['squote', 'write the quotes around the action'],
  ['ternary', 'use {{ if }}…{{ else }}…{{ end }}'],
  ['toJSON', 'print the values one by one, strings with printf "%q"'],
  ['toString', 'use print'],
  ['trim', 'use reReplaceAll "^\\\\s+|\\\\s+$" ""'],
  ['trunc', 'use printf "%.100s"'],
  ['upper', 'use toUpper'],
  ...['args', 'externalURL', 'first', 'graphLink', 'humanize', 'humanize1024', 'humanizePercentage', 'humanizeTimestamp', 'parseDuration', 'pathPrefix',
    'query', 'sortByLabel', 'strvalue', 'tableLink', 'tmpl', 'toTime', 'value'].map((name) => [name, 'only the templates of Prometheus rules have it; use it in an annotation of the rule and print the annotation here'] as const),
]);

/** What is known of a function by its name. */
export function functionAvailability(name: string): Availability {
  if (EVERYWHERE.has(name)) {
    return { kind: 'everywhere' };
  }
  const since = LIKELY.get(name);
  if (since !== undefined) {
    return { kind: 'likely', since };
  }
  const tooNew = TOO_NEW.get(name);
  if (tooNew) {
    return { kind: 'too new', since: tooNew[0], instead: tooNew[1] };
  }
  return { kind: 'unknown', hint: MISTAKEN.get(name) ?? '' };
}

/** The functions that can be suggested. */
export const USABLE_FUNCTIONS: readonly string[] = [...EVERYWHERE, ...LIKELY.keys()];

import { generatedNotificationTemplates } from './generated-templates';
import { findingsOf } from './templates';
import { VALID_TEMPLATES } from './valid-templates';
import { verdictsOf } from './verdicts';
import { FindingSeverity } from '../../src/findings/finding';

const templates = generatedNotificationTemplates();

/** Whether AMP's engine fails with one of the sample notifications at least. */
function fails(texts: readonly string[]): boolean[] {
  return verdictsOf(texts.map((text) => ({ kind: 'template', text }))).map(([cortex]) => cortex.includes('1'));
}

function severities(text: string): { readonly error: boolean; readonly warning: boolean } {
  const findings = findingsOf(text);
  return { error: findings.some(({ severity }) => severity === FindingSeverity.ERROR), warning: findings.length > 0 };
}

/** Why a template fails in the engine and gets no finding. */
const UNSEEN: ReadonlyArray<{ readonly name: string; readonly explains: (text: string) => boolean }> = [
  { name: 'a variable that a loop or a branch gives another type', explains: (text) => /\$[xy](?:, \$y)? = /.test(text) },
  { name: 'and, or: one of several types', explains: (text) => /\b(?:and|or) /.test(text) },
];

/** Why a template gets an error and does not fail with any sample: what fails is not executed. */
function hasBranch(text: string): boolean {
  return /\{\{ (?:if|with|range|template) |\b(?:and|or) /.test(text.slice(text.lastIndexOf('{{ $y := index .Alerts 0 }}')));
}

describe('generated templates, executed by the engine', () => {
  const failing = fails(templates);
  const found = templates.map(severities);
  const where = (condition: (index: number) => boolean): string[] => templates.filter((_, index) => condition(index));

  test('are of both kinds', () => {
    expect(failing.filter((each) => each).length).toBeGreaterThan(1000);
    expect(failing.filter((each) => !each).length).toBeGreaterThan(500);
  });

  test('that fail have a finding, but for named reasons', () => {
    const unseen = where((index) => failing[index] && !found[index].warning);
    expect(unseen.filter((text) => !UNSEEN.some(({ explains }) => explains(text)))).toEqual([]);
    expect(unseen.length).toBeLessThan(templates.length / 200);
  });

  test('that never fail have no error, but for what the samples do not execute', () => {
    const early = where((index) => !failing[index] && found[index].error);
    expect(early.filter((text) => !hasBranch(text))).toEqual([]);
    expect(early.length).toBeLessThan(templates.length / 50);
  });

  test('that fail for some samples only, because of a missing entry, are a warning', () => {
    expect(where((index) => failing[index] && !found[index].error && found[index].warning).length).toBeGreaterThan(30);
  });
});

describe('valid templates in the style of public configurations', () => {
  test('are 200 different ones, and none fails with any sample', () => {
    expect(new Set(VALID_TEMPLATES).size).toBeGreaterThanOrEqual(200);
    const failing = fails(VALID_TEMPLATES);
    expect(VALID_TEMPLATES.filter((_, index) => failing[index])).toEqual([]);
  });

  test.each(VALID_TEMPLATES)('no finding: %s', (text) => {
    expect(findingsOf(text)).toEqual([]);
  });
});

/** Mistakes of each kind, with what the finding says to write. */
const MISTAKES: ReadonlyArray<readonly [template: string, finding: string, fix: RegExp]> = [
  ['{{ range .Alerts }}{{ .CommonLabels.team }}{{ end }}', 'error template-field-unknown', /^write \$\.CommonLabels\.team, or \.Labels\.team/],
  ['{{ range .Alerts.Firing }}{{ .GroupLabels.team }}{{ end }}', 'error template-field-unknown', /^write \$\.GroupLabels\.team$/],
  ['{{ with index .Alerts 0 }}{{ .ExternalURL }}{{ end }}', 'error template-field-unknown', /^write \$\.ExternalURL$/],
  ['{{ range .Alerts }}{{ .Value }}{{ end }}', 'error template-field-unknown', /\{\{ \$value \}\} in an annotation of the rule/],
  ['{{ range .Alerts }}{{ .Annotation.summary }}{{ end }}', 'error template-field-unknown', /did you mean "Annotations"/],
  ['{{ range $a := .Alerts }}{{ $a.Lables.team }}{{ end }}', 'error template-field-unknown', /did you mean "Labels"/],
  ['{{ .Alerts.Labels.team }}', 'error template-field-unknown', /^write \{\{ range \.Alerts \}\}\{\{ \.Labels\.team \}\}\{\{ end \}\}/],
  ['{{ .Alerts.Firing.Len }}', 'error template-field-unknown', /^write \{\{ len \.Alerts\.Firing \}\}$/],
  ['{{ .Alerts.Frying | len }}', 'error template-field-unknown', /did you mean "Firing"/],
  ['{{ .CommonLabels.team.name }}', 'error template-field-unknown', /write \{\{ \.CommonLabels\.team \}\}/],
  ['{{ range .CommonLabels.SortedPairs }}{{ .Key }}{{ end }}', 'error template-field-unknown', /^write \.Name$/],
  ['{{ range $name, $text := .CommonLabels }}{{ $text.x }}{{ end }}', 'error template-field-unknown', /write \{\{ \$text \}\}/],
  ['{{ .Labels.team }}', 'error template-field-unknown', /^write \.CommonLabels\.team, or \{\{ range \.Alerts \}\}/],
  ['{{ .StartsAt }}', 'error template-field-unknown', /^write \{\{ range \.Alerts \}\}\{\{ \.StartsAt \}\}/],
  ['{{ .Alerts.Firing | toUpper }}', 'error template-wrong-type', /give a string/],
  ['{{ join .CommonLabels.Names "," }}', 'error template-wrong-type', /give a string/],
  ['{{ if eq .CommonLabels.severity 5 }}x{{ end }}', 'error template-wrong-type', /write "5", in double quotes/],
  ['{{ if gt .Alerts.Firing 1 }}x{{ end }}', 'error template-wrong-type', /len of the list/],
  ['{{ range .Status }}x{{ end }}', 'error template-wrong-type', /such as \.Alerts/],
  ['{{ range . }}x{{ end }}', 'error template-wrong-type', /^write \{\{ range \.Alerts \}\}$/],
  ['{{ template "pagerduty.default.instances" . }}', 'error template-wrong-type', /^give it a list of alerts, such as \.Alerts\.Firing$/],
  ['{{ range .Alerts }}{{ template "__subject" . }}{{ end }}', 'error template-wrong-type', /\$ elsewhere/],
  ['{{ (.Alerts.Firing | len) gt 1 }}', 'error template-wrong-arguments', /^write the function first: gt/],
  ['{{ .Status | reReplaceAll "a" }}', 'error template-wrong-arguments', /give a string, a string, a string/],
  ['{{ (index .Alerts 0).StartsAt.Format }}', 'error template-wrong-arguments', /give a string/],
  ['{{ reReplaceAll "(" "" .Status }}', 'error template-invalid-constant', /RE2/],
  ['{{ match "(?=x)" .Status }}', 'error template-invalid-constant', /RE2/],
  ['{{ tz "Mars/X" (index .Alerts 0).StartsAt }}', 'error template-invalid-constant', /Europe\/Berlin/],
  ['{{ slice "abc" 9 }}', 'error template-invalid-constant', /not greater than the length/],
  ['{{ (index .Alerts.Firing 0).Labels.team }}', 'warning template-depends-on-data', /the resolve is lost: write \{\{ if \.Alerts\.Firing \}\}/],
  ['{{ index .Alerts 1 }}', 'warning template-depends-on-data', /if gt \(len \.Alerts\) 1/],
  ['{{ slice .CommonLabels.team 0 3 }}', 'warning template-depends-on-data', /printf "%\.3s"/],
];

describe('mistakes', () => {
  test('all fail in the engine', () => {
    const failing = fails(MISTAKES.map(([template]) => template));
    expect(MISTAKES.filter((_, index) => !failing[index]).map(([template]) => template)).toEqual([]);
  });

  test.each(MISTAKES)('%s: %s', (template, finding, fix) => {
    const findings = findingsOf(template);
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toContain(finding);
    expect(findings[0].fix).toMatch(fix);
  });

  test('have the place of the expression, also in a template file that a field leads to', () => {
    const text = '{{ define "title" }}\n  {{ range .Alerts }}{{ .CommonLabels.team }}{{ end }}\n{{ end }}';
    expect(findingsOf('{{ template "title" . }}', [{ name: 'a.tmpl', path: 'templates/a.tmpl', text }]).map(({ code, position }) => [code, position])).toEqual([
      ['template-field-unknown', { file: 'templates/a.tmpl', line: 2, column: 25 }],
    ]);
  });

  test('in a definition that no field leads to are none', () => {
    const text = '{{ define "chat" }}{{ .Labels.x }}{{ end }}{{ define "page" }}{{ .Status }}{{ end }}';
    expect(findingsOf('{{ template "page" . }}', [{ name: 'a.tmpl', path: 'a.tmpl', text }])).toEqual([]);
  });

  test('depend on what a definition is executed with', () => {
    const files = [{ name: 'a.tmpl', path: 'a.tmpl', text: '{{ define "line" }}{{ .Labels.team }}{{ end }}' }];
    expect(findingsOf('{{ range .Alerts }}{{ template "line" . }}{{ end }}', files)).toEqual([]);
    expect(findingsOf('{{ template "line" . }}', files).map(({ code }) => code)).toEqual(['template-field-unknown']);
  });
});

/** Ways to see that an alert fires before the first one is taken. */
const GUARDS: readonly string[] = [
  '{{ if .Alerts.Firing }}X{{ end }}', '{{ if gt (len .Alerts.Firing) 0 }}X{{ end }}', '{{ if ne 0 (len .Alerts.Firing) }}X{{ end }}', '{{ if ge (.Alerts.Firing | len) 1 }}X{{ end }}',
  '{{ if eq .Status "firing" }}X{{ end }}', '{{ if eq (toUpper .Status) "FIRING" }}X{{ end }}', '{{ if ne .Status "resolved" }}X{{ end }}', '{{ if eq .Status "resolved" }}{{ else }}X{{ end }}',
  '{{ if not .Alerts.Firing }}{{ else }}X{{ end }}', '{{ with .Alerts.Firing }}{{ with $ }}X{{ end }}{{ end }}', '{{ if and .Alerts.Firing .CommonLabels.alertname }}X{{ end }}',
  '{{ $firing := .Alerts.Firing }}{{ if $firing }}X{{ end }}', '{{ $n := len .Alerts.Firing }}{{ if gt $n 0 }}X{{ end }}', '{{ range .Alerts.Firing }}{{ with $ }}X{{ end }}{{ end }}',
  '{{ if not .Alerts.Resolved }}X{{ end }}', '{{ if eq (len .Alerts.Resolved) 0 }}X{{ end }}', '{{ if .Alerts.Firing }}{{ if .CommonLabels.x }}X{{ else }}X{{ end }}{{ end }}',
];

test.each(GUARDS)('the first firing alert can be taken in %s', (guard) => {
  const guarded = guard.replaceAll('X', '{{ (index .Alerts.Firing 0).Annotations.summary }}');
  expect(findingsOf(guarded)).toEqual([]);
  expect(fails([guarded])).toEqual([false]);
});

test.each([
  '{{ if .CommonLabels.x }}{{ else }}X{{ end }}', '{{ if .Alerts }}X{{ end }}', '{{ if .Alerts.Resolved }}X{{ end }}', '{{ if ge (len .Alerts.Firing) 0 }}X{{ end }}',
  '{{ if or .Alerts.Firing .Status }}X{{ end }}', '{{ if not .Alerts.Firing }}X{{ end }}',
])('it cannot in %s', (guard) => {
  const unguarded = guard.replace('X', '{{ (index .Alerts.Firing 0).Annotations.summary }}');
  expect(findingsOf(unguarded).map(({ code }) => code)).toEqual(['template-depends-on-data']);
  expect(fails([unguarded])).toEqual([true]);
});

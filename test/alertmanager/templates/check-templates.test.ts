import { amtoolRender } from './amtool';
import type { TemplateFile } from '../../../src/alertmanager/model';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { checkTemplates } from '../../../src/alertmanager/templates/check-templates';
import type { Finding } from '../../../src/findings/finding';

const HEAD = 'route: {receiver: r}\nreceivers:\n- name: r\n  pagerduty_configs:\n  - routing_key: k\n';

/** The findings for one entry of `pagerduty_configs` with these further lines. */
function checkEntry(lines: string, files: Readonly<Record<string, string>> = {}): Finding[] {
  const reading = readConfig(HEAD + lines.replace(/^/gm, '    '), 'am.yml');
  expect(reading.findings).toEqual([]);
  const templateFiles: TemplateFile[] = Object.entries(files).map(([name, text]) => ({ name, path: `dir/${name}`, text }));
  return checkTemplates(reading, templateFiles);
}

function checkDescription(template: string, files: Readonly<Record<string, string>> = {}): Finding[] {
  return checkEntry(`description: ${JSON.stringify(template)}`, files);
}

function summary(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, code, position, message }) => `${severity} ${code} ${position?.file}:${position?.line}:${position?.column} ${message}`);
}

function codes(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

test('every templated field is checked, at its place', () => {
  const fields = ['client', 'client_url', 'severity', 'source', 'class', 'component', 'group', 'description'];
  const findings = checkEntry([
    ...fields.map((field) => `${field}: '{{ end }}'`),
    "links: [{href: '{{ end }}', text: '{{ end }}'}]",
    "images: [{src: '{{ end }}', alt: '{{ end }}', href: '{{ end }}'}]",
    "details: {a: '{{ end }}', b: {'c d': ['x', '{{ end }}']}, d: 1, e: null}",
  ].join('\n'));
  const entry = 'receivers[0].pagerduty_configs[0]';
  expect(findings.map((finding) => finding.path).sort()).toEqual([
    ...fields.map((field) => `${entry}.${field}`),
    ...['links[0].href', 'links[0].text', 'images[0].src', 'images[0].alt', 'images[0].href', 'details.a', 'details.b["c d"][1]'].map((field) => `${entry}.${field}`),
  ].sort());
  expect(new Set(codes(findings))).toEqual(new Set(['error template-syntax']));
  expect(findings.find(({ path }) => path?.endsWith('.severity'))?.position).toEqual({ file: 'am.yml', line: 8, column: 15 });
});

test('routing keys, other integrations and receivers without PagerDuty are not checked', () => {
  const reading = readConfig(`${HEAD}  opsgenie_configs:\n  - {message: '{{ $labels.x }}'}\n`, 'am.yml');
  expect(reading.config).toBeDefined();
  expect(checkTemplates(reading, [])).toEqual([]);
  expect(checkTemplates({ findings: [], positionOf: () => undefined }, [])).toEqual([]);
});

test('a finding in a text of several lines says which one', () => {
  const [finding] = checkEntry('description: |\n  first\n  {{ .Status }} {{ $labels.x }}\n');
  expect(finding).toMatchObject({ code: 'template-syntax', message: 'undefined variable $labels, in line 2 of the text' });
});

test('a template file is checked as a whole, with line and column', () => {
  expect(summary(checkDescription('{{ template "used" . }}{{ template "page" . }}', {
    'a.tmpl': '{{ define "used" }}\nx{{ end }}\n{{ define "page" }}\n  {{ .Alerts | toJson }}{{ quote . }}{{ end }}\n',
    'b.tmpl': 'text\n  {{ if }}{{ end }}',
  }))).toEqual([
    'error template-function-unavailable dir/a.tmpl:4:16 function toJson exists since Alertmanager 0.30 only, and AMP is not known to have it',
    'error template-function-unknown dir/a.tmpl:4:28 function "quote" does not exist in Alertmanager\'s templates',
    'error template-syntax dir/b.tmpl:2:9 missing value for if',
  ]);
});

test.each([
  ['{{ .Status | toUpper | urlquery }}', []],
  ['{{ trimSpace .Status }}', ['warning template-feature-unverified']],
  ['{{ tz "UTC" (index .Alerts 0).StartsAt | date "2006" }}', ['warning template-feature-unverified', 'warning template-feature-unverified']],
  ['{{ with .Status }}{{ else with .Receiver }}{{ end }}', ['warning template-feature-unverified']],
  ['{{ toJson . }}{{ toJson . }}', ['error template-function-unavailable']],
  ['{{ base64encode .Status }}', ['error template-function-unavailable']],
  ['{{ default "x" .Status }}', ['error template-function-unknown']],
  ['{{ .NotificationReason }}', ['error template-field-unavailable']],
  ['{{ range .Alerts }}{{ $.RouteLabels.x }}{{ end }}', ['error template-field-unavailable']],
])('functions and fields of %s', (template, expected) => {
  expect(codes(checkDescription(template))).toEqual(expected);
});

test.each([['{{ $labels.x }}', /only the templates of Prometheus rules/], ['{{ $x }}', /^correct the template/], ['{{ default "x" .Status }}', /or \.CommonLabels/], ['{{ toupper .Status }}', /did you mean "toUpper"/], ['{{ humanize 1 }}', /Prometheus rules/], ['{{ toJson . }}', /DetailsFormat\.STRUCTURED/]])(
  'the way out for %s', (template, fix) => {
    expect(checkDescription(template)[0].fix).toMatch(fix);
  },
);

/** What is wrong in Go only when it is executed: amtool agrees that it fails, or that it does not. */
describe.each([
  ['{{ .CommonLabels.x }}{{ (index .Alerts 0).Labels.x }}{{ range .Alerts }}{{ .Labels.x }}{{ $.Status }}{{ end }}', []],
  ['{{ with .CommonLabels }}{{ .x }}{{ else }}{{ .Status }}{{ end }}', []],
  ['{{ $ := .CommonLabels }}{{ $.x }}', []],
  ['{{ .Labels.severity }}', ['error template-field-unknown']],
  ['{{ $.GroupKey }}', ['error template-field-unknown']],
  ['{{ with .CommonLabels.missing }}{{ else }}{{ .Labels }}{{ end }}', ['error template-field-unknown']],
  ['{{ $x = 1 }}', ['error template-variable-unbound']],
  ['{{ if false }}{{ $x := 1 }}{{ else }}{{ $x }}{{ end }}', ['error template-variable-unbound']],
  ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}', []],
  ['{{ template "no.such" . }}', ['error template-undefined']],
  ['{{ template "slack.default.color" . }}', ['error template-undefined']],
  ['{{ template "__subject" . }}', []],
  ['{{ define "own" }}{{ .x }}{{ end }}{{ template "own" .CommonLabels }}', []],
  ['{{ block "own" .CommonLabels }}{{ .x }}{{ end }}', []],
])('executing %s', (template, expected) => {
  test(`is told: ${JSON.stringify(expected)}`, () => {
    expect(codes(checkDescription(template))).toEqual(expected);
  });

  test('fails in Alertmanager exactly then', () => {
    const render = expect(() => amtoolRender(template));
    if (expected.length > 0) {
      render.toThrow(/executing/);
    } else {
      render.not.toThrow();
    }
  });
});

describe('undefined templates', () => {
  const broken = '{{ define "broken" }}{{ template "no.such" . }}{{ end }}';

  test('are an error if a field leads to the call, and nothing if none does', () => {
    const files = { 'a.tmpl': `${broken}{{ define "good" }}{{ end }}{{ define "between" }}{{ template "broken" . }}{{ end }}` };
    expect(codes(checkDescription('{{ template "good" . }}', files))).toEqual([]);
    expect(codes(checkDescription('{{ template "between" . }}', files))).toEqual(['error template-undefined']);
  });

  test('are an error in a definition that takes the place of one that PagerDuty\'s defaults use', () => {
    expect(codes(checkDescription('static', { 'a.tmpl': '{{ define "__subject" }}{{ template "no.such" . }}{{ end }}' }))).toEqual(['error template-undefined']);
    expect(codes(checkDescription('static', { 'a.tmpl': '{{ define "slack.default.title" }}{{ template "no.such" . }}{{ end }}' }))).toEqual([]);
  });

  test('do not count in a definition that a later file replaces', () => {
    const later = '{{ define "broken" }}fine{{ end }}';
    expect(codes(checkDescription('{{ template "broken" . }}', { 'a.tmpl': broken, 'b.tmpl': later }))).toEqual(['warning template-defined-twice']);
    expect(codes(checkDescription('{{ template "broken" . }}', { 'a.tmpl': later, 'b.tmpl': broken }))).toEqual(['warning template-defined-twice', 'error template-undefined']);
    expect(codes(checkDescription('{{ template "broken" . }}', { 'a.tmpl': broken, 'b.tmpl': '{{ define "broken" }} {{/* empty */}}{{ end }}' }))).toEqual(['error template-undefined']);
  });

  test('come with the name that was probably meant', () => {
    const [finding] = checkDescription('{{ template "pagerduty.default.descripton" . }}');
    expect(finding.fix).toContain('did you mean "pagerduty.default.description"?');
  });

  test('are not told while a template file cannot be parsed', () => {
    expect(codes(checkDescription('{{ template "no.such" . }}', { 'a.tmpl': '{{ end }}' }))).toEqual(['error template-syntax']);
  });

  test('are not those that another file defines, or is', () => {
    expect(checkDescription('{{ template "a" . }}{{ template "b.tmpl" . }}', { 'a.tmpl': '{{ define "a" }}{{ end }}', 'b.tmpl': 'x' })).toEqual([]);
  });

  test('are those that only another field defines', () => {
    const findings = checkEntry('client: \'{{ define "own" }}x{{ end }}\'\ndescription: \'{{ template "own" }}\'');
    expect(codes(findings)).toEqual(['error template-undefined']);
  });
});

test('a name with content in two files is told at the later one', () => {
  expect(summary(checkDescription('{{ template "x" . }}', { 'a.tmpl': '{{ define "x" }}1{{ end }}', 'b.tmpl': '\n{{ define "x" }}2{{ end }}' }))).toEqual([
    'warning template-defined-twice dir/b.tmpl:2:1 template "x" is defined in a.tmpl and in b.tmpl',
  ]);
});

test('a user\'s definition of a built-in template is fine', () => {
  expect(checkDescription('{{ template "pagerduty.default.description" . }}', { 'a.tmpl': '{{ define "pagerduty.default.description" }}{{ template "__subject" . }}!{{ end }}' })).toEqual([]);
});

test('a large file with very many definitions and calls is checked', () => {
  const definitions = Array.from({ length: 10_000 }, (_, index) => `{{ define "t${index}" }}{{ template "t${index + 1}" . }}{{ end }}\n`).join('');
  expect(codes(checkDescription('{{ template "t0" . }}', { 'a.tmpl': definitions }))).toEqual(['error template-undefined']);
});

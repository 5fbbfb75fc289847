import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lazy, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { promtoolVerdicts } from './agreement/promtool';
import { RULE_FILES } from './agreement/rule-files';
import { Finding, isError } from '../../src/findings/finding';
import { formatFindings } from '../../src/findings/format';
import { checkRuleQuotas } from '../../src/rules/check-namespaces';
import type { ParsedRuleGroups } from '../../src/rules/parsed-rule-groups';
import { RuleGroups } from '../../src/rules/rule-groups';

function read(text: string, namespace?: string): ParsedRuleGroups {
  return RuleGroups.fromString(text, { namespace })._read()[0];
}

function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ code, severity, position }) => `${position?.line}:${position?.column} ${severity} ${code}`);
}

/** A group with one rule, whose lines are given; the first line of the rule is line 4 of the file. */
function rule(...lines: string[]): string {
  return ['groups:', '  - name: g', '    rules:', `      - ${lines[0]}`, ...lines.slice(1).map((line) => `        ${line}`), ''].join('\n');
}

function group(...lines: string[]): string {
  return ['groups:', '  - name: g', ...lines.map((line) => `    ${line}`), '    rules: [{record: r, expr: up}]', ''].join('\n');
}

/** The fixtures of the comparison with promtool have a group that AMP does not get. */
function withoutEmptyGroup(text: string): string {
  return text.replace('- name: empty\n  rules: []\n', '');
}

describe('what is passed on', () => {
  test.each(RULE_FILES.map(withoutEmptyGroup))('a plain rule file is unchanged', (text) => {
    const reading = read(text);
    expect(reading.data).toBe(text);
    expect(brief(reading.findings).filter((line) => line.includes('error'))).toEqual([]);
  });

  test('a byte order mark is not', () => {
    expect(read(`\uFEFF${RULE_FILES[0]}`).data).toBe(RULE_FILES[0]);
  });

  test('rules are counted', () => {
    expect(RULE_FILES.map((text) => read(text).rules)).toEqual([2, 2, 2, 2]);
  });
});

describe('structure', () => {
  test.each([
    ['an unknown field of the file', 'groups: []\nnamespace: x\n', '2:1 error rule-unknown-field'],
    ['an unknown field of a group', group('source_tenants: [a]'), '3:5 error rule-unknown-field'],
    ['an unknown field of a rule', rule('record: r', 'expr: up', 'severity: page'), '6:9 error rule-unknown-field'],
    ['a group without a name', 'groups:\n  - rules: [{record: r, expr: up}]\n', '2:5 error rule-missing-field'],
    ['a rule without alert and record', rule('expr: up'), '4:9 error rule-missing-field'],
    ['a rule without expr', rule('alert: A'), '4:9 error rule-missing-field'],
    ['alert and record', rule('alert: A', 'record: r', 'expr: up'), '5:9 error rule-record-and-alert'],
    ['for in a recording rule', rule('record: r', 'expr: up', 'for: 5m'), '6:9 error rule-not-in-recording'],
    ['annotations in a recording rule', rule('record: r', 'expr: up', 'annotations: {a: b}'), '6:9 error rule-not-in-recording'],
    ['a bad duration', rule('alert: A', 'expr: up', 'for: 5x'), '6:14 error rule-invalid-duration'],
    ['a duration without a unit', group('interval: 60'), '3:15 error rule-invalid-duration'],
    ['a bad label name', rule('alert: A', 'expr: up', 'labels: {a-b: c}'), '6:18 error rule-invalid-name'],
    ['the name of the series as a label', rule('alert: A', 'expr: up', 'labels: {__name__: c}'), '6:18 error rule-invalid-name'],
    ['a bad annotation name', rule('alert: A', 'expr: up', 'annotations: {a-b: c}'), '6:23 error rule-invalid-name'],
    ['a bad name of a recorded series', rule('record: a-b', 'expr: up'), '4:17 error rule-invalid-name'],
    ['labels that are a list', rule('alert: A', 'expr: up', 'labels: [a]'), '6:17 error rule-wrong-type'],
    ['a limit that is not a number', group('limit: "5"'), '3:12 error rule-wrong-type'],
    ['a key that is there twice', rule('alert: A', 'expr: up', 'expr: up'), '6:9 error rule-file-duplicate-key'],
    ['groups of the same name', 'groups:\n  - name: a\n    rules: [{record: r, expr: up}]\n  - name: a\n', '4:11 error rule-duplicate-group'],
    ['text that is not a mapping', 'hello\n', '1:1 error rule-file-not-rules'],
    ['a mapping without groups', 'route: {}\n', '1:1 error rule-file-not-rules'],
    ['bad YAML', 'groups: [\n', '2:1 error rule-file-invalid-yaml'],
    ['an alias without an anchor', 'groups: *a\n', '1:9 error rule-file-invalid-yaml'],
    ['an empty file', '# nothing\n', '1:1 error rule-file-empty'],
    ['a second document', `${RULE_FILES[1]}---\ngroups: []\n`, '23:1 error rule-file-extra-documents'],
    ['a control character', 'groups: "\u0007"\n', '1:10 error rule-file-not-text'],
    ['base64', Buffer.from(RULE_FILES[0]).toString('base64'), '1:1 error rule-file-base64'],
    ['no rules', 'groups: []\n', '1:1 warning rule-file-empty'],
    ['limit', group('limit: 5'), '3:5 warning rule-unverified-field'],
    ['labels of a group', group('labels: {a: b}'), '3:5 warning rule-unverified-field'],
    ['rules of the same name and labels', 'groups:\n  - name: a\n    rules:\n      - {alert: A, expr: up}\n      - {alert: A, expr: down}\n', '5:9 warning rule-duplicate'],
  ])('%s', (_, text, finding) => {
    expect(brief(read(text).findings)).toContain(finding);
  });

  test.each([
    ['for: 0s in a recording rule', rule('record: r', 'expr: up', 'for: 0s')],
    ['scalars of other types as labels', rule('alert: A', 'expr: up', 'labels: {a: 1, b: true, c: null}')],
    ['a query offset', group('query_offset: 1m')],
    ['rules of the same name with other labels', 'groups: [{name: a, rules: [{alert: A, expr: up}, {alert: A, expr: up, labels: {a: b}}]}]\n'],
    ['a document end', `${withoutEmptyGroup(RULE_FILES[1])}---\n`],
  ])('%s is fine', (_, text) => {
    expect(brief(read(text).findings)).toEqual([]);
  });

  test.each([['29s999ms', 1], ['30s', 0], ['0s', 0], ['1m', 0]])('an interval of %s: %d warnings', (interval, warnings) => {
    expect(read(group(`interval: ${interval}`)).findings.map(({ code }) => code)).toEqual(Array<string>(warnings).fill('rule-interval-too-short'));
  });

  test.each([['9s999ms', 1], ['10s', 0], ['10s1ms', 0], ['30s', 0]])('an interval of %s where AWS grants 10s: %d warnings', (interval, warnings) => {
    const rules = RuleGroups.fromString(group(`interval: ${interval}`));
    const findings = (minimumRuleIntervalMilliseconds?: number): readonly Finding[] =>
      rules._read(minimumRuleIntervalMilliseconds === undefined ? undefined : { minimumRuleIntervalMilliseconds })[0].findings;
    expect(findings(10_000).map(({ fix }) => fix)).toEqual(Array<unknown>(warnings).fill(expect.stringMatching(/^write 10s or more, .*quotas: \{ minimumRuleInterval/)));
    // The same rules in another workspace are read with its quota.
    expect(findings()).toHaveLength(interval === '30s' ? 0 : 1);
    expect(findings(1500)).toEqual([]);
  });

  test('everything is told at once', () => {
    const text = 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up ==\n        for: x\n      - record: r-\n        expr: rate(up)\n';
    expect(brief(read(text).findings)).toEqual([
      '5:20 error promql-syntax', '6:14 error rule-invalid-duration', '7:17 error rule-invalid-name', '8:20 error promql-type',
    ]);
  });
});

test('an error behind more warnings than are listed is listed', () => {
  const rules = [...Array<string>(300).fill('{alert: A, expr: foo > 5m}'), '{alert: A, expr: rate(up)}'];
  const { findings } = read(`groups: [{name: g, rules: [${rules.join(', ')}]}]\n`);
  const lines = formatFindings(findings).split('\n').filter((line) => !line.startsWith(' '));
  expect(lines.length).toBe(201);
  expect(lines.filter((line) => / error: /.test(line))).toEqual([expect.stringMatching(/\[promql-type\]$/)]);
  expect(lines[200]).toBe(`${findings[0].position?.file}: ${findings.length - 200} more findings are not listed; fix those listed first`);
});

describe('positions in expressions', () => {
  test.each([
    ['plain', rule('record: r', 'expr: rate(up)'), '5:20'],
    ['single quotes', rule('record: r', "expr: 'label_replace(up, ''a'', rate(up))'"), '5:46'],
    ['double quotes with escapes', rule('record: r', 'expr: "absent(up{a=\\"b\\\\n\\"}) + \\n rate(up)"'), '5:49'],
    ['literal block', rule('record: r', 'expr: |-', '  # rate', '  up', '    + rate(up)'), '8:20'],
    ['folded block', rule('record: r', 'expr: >', '  up', '  + rate(up)'), '7:18'],
    ['plain over two lines', rule('record: r', 'expr: up', '  + rate(up)'), '6:18'],
    ['behind an alias', 'groups: [{name: g, rules: [{record: r, expr: &x rate(up)}, {record: s, expr: *x}]}]\n', '1:54'],
  ])('%s', (_, text, position) => {
    expect(brief(read(text).findings)).toContain(`${position} error promql-type`);
  });
});

describe('templates', () => {
  test.each([
    ['{{ $labels.job }} {{ $value | humanizePercentage }} {{ $externalURL }} {{ $externalLabels.a }}', []],
    ['{{ range query "up" | sortByLabel "job" }}{{ .Labels.job }} {{ .Value }}{{ end }}', []],
    ['{{ define "x" }}{{ .Anything }}{{ end }}{{ template "x" . }}', []],
    ['{{ $labels.job ', ['rule-template-invalid']],
    ['{{ $nope }}', ['rule-template-invalid']],
    ['{{ humanise 5 }}', ['rule-template-invalid']],
    ['{{ join "a" }}', ['rule-template-invalid']],
    ['{{ now }}', ['rule-template-version']],
    ['{{ .CommonLabels.job }}', ['rule-template-field']],
  ])('%s', (template, codes) => {
    const text = rule('alert: A', 'expr: up', `annotations: {a: ${JSON.stringify(template)}}`);
    expect(read(text).findings.map(({ code }) => code)).toEqual(codes);
    if (!codes.includes('rule-template-version')) {
      expect(promtoolVerdicts([text])[0] === undefined).toBe(!codes.includes('rule-template-invalid'));
    }
  });

  test('are not looked for in recording rules', () => {
    expect(read(rule('record: r', 'expr: up', 'labels: {a: "{{ nope }}"}')).findings).toEqual([]);
  });
});

describe('what Helm left behind', () => {
  test.each([
    ['an escaped annotation', rule('alert: A', 'expr: up', 'annotations:', '  a: x {{`{{ $labels.instance }}`}} y'), '7:14 warning rule-helm-leftover'],
    ['an escape in double quotes', rule('alert: A', 'expr: up', 'annotations:', '  a: x {{ "{{ $labels.instance }}" }}'), '7:16 warning rule-helm-leftover'],
    ['a value of the chart in an expression', rule('alert: A', 'expr: up{namespace="{{ .Release.Namespace }}"}'), '5:30 warning rule-helm-leftover'],
  ])('%s is a warning', (_, text, finding) => {
    expect(brief(read(text).findings).map((line) => line.replace(/:\d+ /, ': '))).toEqual([finding.replace(/:\d+ /, ': ')]);
    expect(promtoolVerdicts([text])).toEqual([undefined]);
  });

  test.each([
    ['literal braces', rule('alert: A', 'expr: up', 'annotations: {a: \'{{ "{{" }} x {{ "}}" }}\'}')],
    ['text with one brace', rule('alert: A', 'expr: up{a=~"x{2}"}', 'annotations: {a: "{{ printf `{%v}` $value }}"}')],
  ])('%s is none', (_, text) => {
    expect(read(text).findings).toEqual([]);
  });

  test('the source of a chart is named', () => {
    const { findings } = read('{{- if .Values.enabled }}\ngroups:\n  - name: g\n    rules:\n{{ toYaml .Values.rules | indent 6 }}\n{{- end }}\n');
    expect(findings).toEqual([expect.objectContaining({ code: 'rule-file-not-rules', message: expect.stringContaining('source of a Helm chart') as unknown })]);
  });

  test('is none of it: a line of an annotation that begins with an action, in a file with another mistake', () => {
    const text = 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    annotations:\n      d: |\n        {{ range query "up" }}{{ .Value }}\n        {{ end }}\n   for: 5m\n';
    expect(RuleGroups.fromString(text)._read()[0].findings).toEqual([expect.objectContaining({ code: 'rule-file-invalid-yaml' })]);
  });
});

test('lines of quoted text that are not indented are read as Prometheus reads them', () => {
  const text = withoutEmptyGroup(rule('alert: A', 'expr: up', 'annotations:', '  a: "one')).trimEnd() + '\n          two"\n          b: {{ nope }}\n'.replace('{{ nope }}', '"{{ nope }}"');
  const reading = read(text);
  expect(brief(reading.findings)).toEqual(['9:18 error rule-template-invalid']);
  const sound = read(text.replace('nope', '$value'));
  expect([sound.findings, sound.data]).toEqual([[], text.replace('nope', '$value')]);
  expect(promtoolVerdicts([sound.data])).toEqual([undefined]);
});

describe('limits of AMP', () => {
  const start = `${rule('record: r', 'expr: up')}# `;

  test.each([[1_000_000, []], [1_000_001, ['rule-file-too-large']]])('%d bytes', (bytes, codes) => {
    expect(read(start.padEnd(bytes, 'x')).findings.map(({ code }) => code)).toEqual(codes);
  });

  test('bytes are counted, not characters', () => {
    expect(read(`${start}${'é'.repeat(500_000)}`).findings.map(({ code }) => code)).toEqual(['rule-file-too-large']);
  });

  test.each([[2000, 0], [2001, 1]])('%d rules in a workspace: %d findings', (rules, findings) => {
    const reading = { namespace: 'a', data: '', groups: 1, findings: [] };
    expect(checkRuleQuotas([{ ...reading, rules: 1 }, { ...reading, rules: rules - 1 }])).toHaveLength(findings);
  });

  test.each([[2999, 0], [3000, 0], [3001, 1]])('%d rules where AWS grants 3000: %d findings', (rules, findings) => {
    const told = checkRuleQuotas([{ namespace: 'a', data: '', rules, groups: 1, findings: [] }], { rules: 3000 });
    expect(told).toHaveLength(findings);
    expect(told.every(({ fix }) => fix?.includes('quotas: { rules: … }'))).toBe(true);
  });

  test.each([
    ['', 1], ['a', 0], ['-', 1], ['a b', 0], ['x'.repeat(64), 0], ['x'.repeat(65), 1], ['a\n', 1],
  ])('namespace %j: %d findings', (namespace, findings) => {
    expect(read(RULE_FILES[1], namespace).findings.filter(({ code }) => code === 'rule-namespace-invalid')).toHaveLength(findings);
  });

  test('a namespace that is known only at deployment is left to CloudFormation', () => {
    const namespace = Lazy.string({ produce: () => 'x'.repeat(100) });
    expect(Token.isUnresolved(namespace)).toBe(true);
    expect(read(withoutEmptyGroup(RULE_FILES[1]), namespace)).toMatchObject({ namespace, findings: [] });
  });
});

describe('files and directories', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rules-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test.each([
    ['node.rules.yml', 'node.rules'], ['.hidden.yml', 'hidden'], ['my rules!.yaml', 'my-rules'], ['é.yml', 'rules'],
  ])('the namespace of %s is %s', (file, namespace) => {
    writeFileSync(join(directory, file), RULE_FILES[1]);
    expect(RuleGroups.fromFile(join(directory, file))._read().map((reading) => reading.namespace)).toEqual([namespace]);
  });

  test('long names are shortened and stay different', () => {
    const namespaces = ['a', 'b'].map((end) => RuleGroups.fromFile(`${'x'.repeat(80)}${end}.yml`)._read()[0].namespace);
    expect(namespaces.map((namespace) => namespace.length)).toEqual([64, 64]);
    expect(namespaces[0]).not.toBe(namespaces[1]);
  });

  test('a directory is a namespace per rule file, sorted', () => {
    ['b.yml', 'a.yaml', 'c.rules', 'README.md'].forEach((file) => writeFileSync(join(directory, file), RULE_FILES[1]));
    mkdirSync(join(directory, 'd.yml'));
    expect(RuleGroups.fromDirectory(directory)._read().map((reading) => reading.namespace)).toEqual(['a', 'b', 'c']);
    expect(RuleGroups.fromDirectory(directory, { namespace: 'team' })._read().map((reading) => reading.namespace)).toEqual(['team-a', 'team-b', 'team-c']);
  });

  test('directories in a directory and other files with groups are read', () => {
    mkdirSync(join(directory, 'db'));
    mkdirSync(join(directory, '.git'));
    const json = JSON.stringify({ groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'up' }] }] });
    Object.entries({ 'a.yml': RULE_FILES[1], 'db/disk.yml': RULE_FILES[1], 'more.alerts': RULE_FILES[1], 'b.json': `\uFEFF${json}`, 'package.json': '{}', '.git/c.yml': 'x' })
      .forEach(([name, text]) => writeFileSync(join(directory, name), text));
    const readings = RuleGroups.fromDirectory(directory)._read();
    expect(readings.map(({ namespace }) => namespace)).toEqual(['a', 'b', 'db-disk', 'more']);
    expect(readings.flatMap(({ findings }) => findings.filter(isError))).toEqual([]);
    expect(readings.flatMap(({ findings }) => findings.filter(({ code }) => code === 'rule-file-skipped'))).toEqual([]);
  });

  test.each([
    ['alerts_test.yml', 'rule_files: [a.yml]\ntests: []\n', 'is a unit-test file of promtool'],
    ['kustomization.yaml', 'resources: [a.yml]\n', 'is a kustomization'],
    ['am.yml', 'route: {receiver: a}\nreceivers: [{name: a}]\n', 'is an alertmanager.yml'],
    ['values.yml', 'alertmanager:\n  config:\n    route: {}\n', 'is a Helm values file'],
    ['secret.yml', 'apiVersion: v1\nkind: Secret\n', 'is a Kubernetes Secret'],
    ['a.yml.bak', RULE_FILES[1], 'contains rule groups, but its name'],
  ])('%s in a directory is skipped with a warning', (name, text, reason) => {
    writeFileSync(join(directory, 'a.yml'), withoutEmptyGroup(RULE_FILES[1]));
    writeFileSync(join(directory, name), text);
    const [reading, ...others] = RuleGroups.fromDirectory(directory)._read();
    expect(others).toEqual([]);
    expect(reading.findings).toEqual([expect.objectContaining({ code: 'rule-file-skipped', severity: 'warning', subject: name, message: expect.stringContaining(reason) as unknown })]);
    if (!name.endsWith('.bak')) {
      expect(RuleGroups.fromFile(join(directory, name))._read()[0].findings).toEqual([
        expect.objectContaining({ code: 'rule-file-not-rules', severity: 'error', message: expect.stringContaining(reason.replace('is ', '')) as unknown }),
      ]);
    }
  });

  test('a file without groups in a directory is an error: it can be a typo', () => {
    writeFileSync(join(directory, 'a.yml'), RULE_FILES[1].replace('groups:', 'group:'));
    expect(RuleGroups.fromDirectory(directory)._read()[0].findings.filter(isError).map(({ code }) => code)).toContain('rule-file-not-rules');
  });

  test('what cannot be read is a finding', () => {
    writeFileSync(join(directory, 'latin1.yml'), Buffer.from('groups: [] # é', 'latin1'));
    const readings = [
      RuleGroups.fromFile(join(directory, 'missing.yml')), RuleGroups.fromFile(directory), RuleGroups.fromFile(join(directory, 'latin1.yml')),
      RuleGroups.fromDirectory(join(directory, 'missing')), RuleGroups.fromDirectory(mkdtempSync(join(directory, 'empty'))),
    ].flatMap((groups) => groups._read());
    expect(readings.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      ['rule-file-missing'], ['rule-file-missing'], ['rule-file-not-text'], ['rule-file-missing'], ['rule-file-missing'],
    ]);
  });
});

describe('Kubernetes', () => {
  function manifest(name: string, groups: unknown): string {
    return JSON.stringify({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name, namespace: `ns-${name}` }, spec: { groups } });
  }
  const groups = [{ name: 'g', rules: [{ alert: 'A', expr: 'up == 0', labels: { a: 'null', b: '5', c: 'yes' }, annotations: { d: 'two\nlines\n' } }] }];

  test('a PrometheusRule becomes a plain rule file', () => {
    const reading = read(manifest('one', groups), 'base');
    expect(reading).toMatchObject({ namespace: 'base', rules: 1, findings: [] });
    expect(parse(reading.data)).toEqual({ groups });
    expect(promtoolVerdicts([reading.data])).toEqual([undefined]);
  });

  test('a PrometheusRule of monitoring.rhobs is one, too', () => {
    const reading = read(manifest('one', groups).replace('monitoring.coreos.com', 'monitoring.rhobs'), 'base');
    expect(reading).toMatchObject({ namespace: 'base', rules: 1, groups: 1, findings: [] });
    expect(parse(reading.data)).toEqual({ groups });
  });

  test('whatever is in it, the plain rule file says the same', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('null', '~', '5', 'yes', ' a', 'a ', '- a', 'a: b', '# a', 'a\n\nb\n', '\ta', '|', '>-', '"', "'", '\r\n', ''))
      .filter((value) => !value.includes('{{') && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/.test(value));
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (annotations) => {
      const given = [{ name: 'g', rules: [{ alert: 'A', expr: 'up', annotations: Object.fromEntries(annotations.map((value, index) => [`a${index}`, value])) }] }];
      const reading = read(manifest('one', given));
      expect(reading.findings).toEqual([]);
      expect(parse(reading.data)).toEqual({ groups: given });
    }), { numRuns: 300 });
  });

  test('several become a namespace each, in documents and in lists', () => {
    const list = `{"apiVersion": "v1", "kind": "List", "items": [${manifest('two', groups)}, {"apiVersion": "v1", "kind": "Service"}]}`;
    const readings = RuleGroups.fromString(`${manifest('one', groups)}\n---\n${list}\n`, { namespace: 'base' })._read();
    expect(readings.map(({ namespace, rules }) => [namespace, rules])).toEqual([['base-one', 1], ['base-two', 1]]);
    expect(readings.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual(['rule-other-resources']);
  });

  test('those of the same name are told apart by their namespace', () => {
    const readings = RuleGroups.fromString(`${manifest('one', groups)}\n---\n${manifest('one', groups).replace('ns-one', 'ns-two')}\n`)._read();
    expect(readings.map(({ namespace }) => namespace)).toEqual(['rules-ns-one-one', 'rules-ns-two-one']);
  });

  test('the field of Thanos is left out, but not a label of that name', () => {
    const withField = [{ ...groups[0], partial_response_strategy: 'abort', rules: [{ alert: 'A', expr: 'up', labels: { partial_response_strategy: 'x' } }] }];
    const reading = read(manifest('one', withField));
    expect(reading.findings.map(({ code }) => code)).toEqual(['rule-dropped-field']);
    expect(parse(reading.data)).toEqual({ groups: [{ name: 'g', rules: withField[0].rules }] });
  });

  test.each([
    ['a PrometheusRule of another version', '{apiVersion: v1, kind: PrometheusRule, spec: {groups: []}}', 'rule-file-not-rules'],
    ['another resource', '{apiVersion: v1, kind: Service, spec: {groups: []}}', 'rule-file-not-rules'],
    ['a PrometheusRule of another API', '{apiVersion: example.com/v1, kind: PrometheusRule, spec: {groups: []}}', 'rule-file-not-rules'],
    ['an unknown field', '{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: {group: []}}', 'rule-unknown-field'],
    ['a plain rule file beside it', `${manifest('one', groups)}\n---\ngroups: []\n`, 'rule-file-extra-documents'],
  ])('%s', (_, text, code) => {
    expect(read(text).findings.map((finding) => finding.code)).toContain(code);
  });

  test('aliases that would multiply are refused, quickly', () => {
    const bomb = ['a: &a [{record: r, expr: up}]', ...[...'bcdefg'].map((name, index) => `${name}: &${name} [${Array(20).fill(`{x: *${'abcdef'[index]}}`).join(', ')}]`)];
    const text = 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups: [{name: g, rules: [{labels: *g}]}]\n'.replace('kind', `metadata: {${bomb.join(', ')}}\nkind`);
    expect(read(text).findings.map(({ code }) => code)).toContain('rule-file-too-large');
  });
});

describe('any input', () => {
  test('never throws', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom('groups:', '\n', '  ', '- ', 'name: ', 'rules:', 'alert: A', 'expr: ', '|', '&a', '*a', '<<: *a', '{', '}', '[', ']', '"', '---', 'up', 'rate(', '{{', '}}', 'kind: List', 'apiVersion: v1', 'items:'),
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      for (const reading of RuleGroups.fromString(pieces.join(''))._read()) {
        expect(Array.isArray(reading.findings)).toBe(true);
      }
    }), { numRuns: 2000 });
  });

  test.each([
    ['nested YAML', '['.repeat(100_000)], ['nested expressions', rule('record: r', `expr: ${'('.repeat(100_000)}`)],
    ['signs', rule('record: r', `expr: ${'-'.repeat(50_000)}up`)], ['operators', rule('record: r', `expr: ${'up + '.repeat(50_000)}up`)],
  ])('%s without end are a finding', (_, text) => {
    expect(read(text).findings.length).toBeGreaterThan(0);
  });
});

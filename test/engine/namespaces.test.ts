import { NamespaceCase, namespaceCases } from './namespaces';
import { verdictsOf } from './verdicts';
import { FindingSeverity } from '../../src/findings/finding';
import type { ParsedRuleGroups } from '../../src/rules/parsed-rule-groups';
import { PromqlVersion } from '../../src/rules/promql-version';
import { RuleGroups } from '../../src/rules/rule-groups';

const NAMES: ReadonlyArray<{ readonly name: string; readonly explains: (one: NamespaceCase) => boolean }> = [
  // A YAML reader that follows 1.2 takes what yaml.v3 refuses: see docs/agreement-rules.md, which names both for promtool, too.
  { name: 'colon in a flow mapping', explains: ({ text }) => /[{,]\s*:|\w:[[{"]/.test(text) },
  { name: 'lone exclamation mark', explains: ({ text }) => text.includes('!') },
];

function read(text: string, promql?: PromqlVersion): ParsedRuleGroups {
  return RuleGroups.fromString(text, promql ? { promql } : {})._read()[0];
}

function codes({ findings }: ParsedRuleGroups): string[] {
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

function ruleFile(expr: string, more: object = {}): string {
  return JSON.stringify({ groups: [{ name: 'g', rules: [{ alert: 'A', expr, ...more }] }] });
}

/** Whether Cortex's ruler takes the namespace in each of its modes. */
function stored(data: string): string[] {
  return verdictsOf([{ kind: 'namespace', text: data }])[0];
}

describe('every rule file that is accepted without a finding', () => {
  const cases = namespaceCases();

  test.each([['classic', 0], ['UTF-8', 1]])('becomes a namespace that Cortex accepts in %s mode', (_, judge) => {
    const verdicts = verdictsOf(cases.map(({ data: text }) => ({ kind: 'namespace', text })));
    const refused = cases.filter((one, index) => verdicts[index][judge] !== '+' && !NAMES.some(({ explains }) => explains(one)));
    expect(cases.length).toBeGreaterThan(300);
    expect(refused.map(({ text }) => text)).toEqual([]);
  });
});

const BLOCK = 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |\n\n      up == 0\n';
const FOLDED = 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: >-\n\n      up == 0\n';

describe('an expression that begins with white space', () => {
  test.each([
    ['a block with an empty first line', BLOCK],
    ['a folded text with an empty first line', FOLDED],
    ['tabs', ruleFile('\tup\n\t== 0')],
    ['line feeds and spaces', ruleFile('\n\n up\n')],
    ['a comment after an empty line', ruleFile('\n# comment\nup')],
  ])('%s: the namespace is written without it', (_, text) => {
    const reading = read(text);
    expect(codes(reading)).toEqual([]);
    expect(stored(text)[0]).toBe('-');
    expect(stored(reading.data)).toEqual(['+', '+']);
  });

  test.each([['a plain one', ruleFile('up\n  == 0\n')], ['an annotation with an empty first line', ruleFile('up', { annotations: { a: '\nx\ny' } })]])('%s: the file is passed on byte for byte', (_, text) => {
    expect(read(text).data).toBe(text);
    expect(stored(text)).toEqual(['+', '+']);
  });
});

describe('an annotation of several lines', () => {
  test('must not begin with a tab, which Cortex cannot store', () => {
    const text = ruleFile('up', { annotations: { description: '\tfirst line\nsecond line' } });
    expect(codes(read(text))).toEqual(['error rule-begins-with-tab']);
    expect(stored(text)[0]).toBe('-');
  });

  test.each(['\tone line', ' first\nsecond', 'first\n\tsecond'])('can be %j', (annotation) => {
    const text = ruleFile('up', { annotations: { description: annotation } });
    expect(codes(read(text))).toEqual([]);
    expect(stored(read(text).data)).toEqual(['+', '+']);
  });
});

describe('a group without rules', () => {
  const text = 'groups:\n- name: used\n  rules:\n  - alert: A\n    expr: up == 0\n- name: empty\n  rules: []\n- name: none\n';

  test('is left out with a warning that has its place', () => {
    const reading = read(text);
    expect(reading.findings.map(({ code, message, position }) => [code, message, position?.line])).toEqual([
      ['rule-group-empty', 'group "empty" has no rules and is left out', 6], ['rule-group-empty', 'group "none" has no rules and is left out', 8],
    ]);
    expect(stored(text)).toEqual(['-', '-']);
    expect(stored(reading.data)).toEqual(['+', '+']);
    expect(reading.data).not.toContain('empty');
  });

  test('is left out of a PrometheusRule as well', () => {
    const resource = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: r}\nspec:\n${text.replace(/^/gm, '  ').trimEnd()}\n`;
    const reading = read(resource);
    expect(codes(reading)).toEqual(['warning rule-group-empty', 'warning rule-group-empty']);
    expect(stored(reading.data)).toEqual(['+', '+']);
  });

  test('is one warning for the file when there are no others', () => {
    expect(codes(read('groups:\n- name: empty\n  rules: []\n'))).toEqual(['warning rule-file-empty']);
  });
});

describe('PromQL that no released Cortex runs', () => {
  test.each(['first_over_time(a[5m])', 'a </ 5', 'a >/ 5', 'rate(a[5m] anchored)', 'rate(a[5m] smoothed)'])('%s is an error unless it is allowed', (expression) => {
    const text = ruleFile(expression);
    expect(codes(read(text))).toEqual(['error promql-too-new']);
    expect(codes(read(text, PromqlVersion.PROMETHEUS_3_16))).toEqual(['warning promql-too-new']);
    expect(stored(text)).toEqual(['-', '-']);
    expect(verdictsOf([{ kind: 'rules', text }])[0]).toEqual(['-', '+']);
  });

  test.each(['last_over_time(a[5m])', 'a < 5', 'histogram_avg(a)', 'a > 5m'])('%s is none', (expression) => {
    const text = ruleFile(expression);
    expect(read(text).findings.filter(({ severity }) => severity === FindingSeverity.ERROR)).toEqual([]);
    expect(stored(text)).toEqual(['+', '+']);
  });

  test('the finding names the option', () => {
    expect(read(ruleFile('first_over_time(a[5m])')).findings[0].fix).toContain('promql: PromqlVersion.PROMETHEUS_3_16');
  });
});

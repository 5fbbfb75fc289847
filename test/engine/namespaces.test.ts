import {
  ANNOTATION_WITH_TAB, ANNOTATIONS, EMPTY_GROUPS, EMPTY_GROUPS_IN_RESOURCE, LEADING_SPACE, NOT_TOO_NEW, NOT_YAML_1_2_ONLY, ruleFile, STORED_AS_IS,
  TOO_NEW, YAML_1_2_ONLY,
} from './namespace-probes';
import { namespaceCases } from './namespaces';
import { verdictsOf } from './verdicts';
import { FindingSeverity } from '../../src/findings/finding';
import type { ParsedRuleGroups } from '../../src/rules/parsed-rule-groups';
import { PromqlVersion } from '../../src/rules/promql-version';
import { RuleGroups } from '../../src/rules/rule-groups';

function read(text: string, promql?: PromqlVersion): ParsedRuleGroups {
  return RuleGroups.fromString(text, promql ? { promql } : {})._read()[0];
}

function codes({ findings }: ParsedRuleGroups): string[] {
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

/** Whether Cortex's ruler takes the namespace in each of its modes. */
function stored(data: string): string[] {
  return verdictsOf([{ kind: 'namespace', text: data }])[0];
}

describe('every rule file that is accepted without a finding', () => {
  const cases = namespaceCases();

  test.each([['classic', 0], ['UTF-8', 1]])('becomes a namespace that Cortex accepts in %s mode, without exception', (_mode, judge) => {
    const verdicts = verdictsOf(cases.map(({ data: text }) => ({ kind: 'namespace', text })));
    const refused = cases.filter((_, index) => verdicts[index][judge] !== '+');
    expect(cases.length).toBeGreaterThan(300);
    expect(refused.map(({ text }) => text)).toEqual([]);
  });
});

describe('an expression that begins with white space', () => {
  test.each(LEADING_SPACE)('%s: the namespace is written without it', (_, text) => {
    const reading = read(text);
    expect(codes(reading)).toEqual([]);
    expect(stored(text)[0]).toBe('-');
    expect(stored(reading.data)).toEqual(['+', '+']);
  });

  test.each(STORED_AS_IS)('%s: the file is passed on byte for byte', (_, text) => {
    expect(read(text).data).toBe(text);
    expect(stored(text)).toEqual(['+', '+']);
  });
});

describe('YAML 1.2 that Cortex does not read', () => {
  test.each(YAML_1_2_ONLY)('%s: the namespace is written without it', (_, text) => {
    const reading = read(text);
    expect(codes(reading)).toEqual([]);
    expect(stored(text)).toEqual(['-', '-']);
    expect(stored(reading.data)).toEqual(['+', '+']);
    expect(codes(read(reading.data))).toEqual([]);
  });

  test.each(NOT_YAML_1_2_ONLY)('%s: the file is passed on byte for byte', (_, text) => {
    expect(read(text).data).toBe(text);
    expect(stored(text)).toEqual(['+', '+']);
  });
});

describe('an annotation of several lines', () => {
  test('must not begin with a tab, which Cortex cannot store', () => {
    expect(codes(read(ANNOTATION_WITH_TAB))).toEqual(['error rule-begins-with-tab']);
    expect(stored(ANNOTATION_WITH_TAB)[0]).toBe('-');
  });

  test.each(ANNOTATIONS)('can be %j', (_, text) => {
    expect(codes(read(text))).toEqual([]);
    expect(stored(read(text).data)).toEqual(['+', '+']);
  });
});

describe('a group without rules', () => {
  test('is left out with a warning that has its place', () => {
    const reading = read(EMPTY_GROUPS);
    expect(reading.findings.map(({ code, message, position }) => [code, message, position?.line])).toEqual([
      ['rule-group-empty', 'group "empty" has no rules and is left out', 6], ['rule-group-empty', 'group "none" has no rules and is left out', 8],
    ]);
    expect(stored(EMPTY_GROUPS)).toEqual(['-', '-']);
    expect(stored(reading.data)).toEqual(['+', '+']);
    expect(reading.data).not.toContain('empty');
  });

  test('is left out of a PrometheusRule as well', () => {
    const reading = read(EMPTY_GROUPS_IN_RESOURCE);
    expect(codes(reading)).toEqual(['warning rule-group-empty', 'warning rule-group-empty']);
    expect(stored(reading.data)).toEqual(['+', '+']);
  });

  test('is one warning for the file when there are no others', () => {
    expect(codes(read('groups:\n- name: empty\n  rules: []\n'))).toEqual(['warning rule-file-empty']);
  });
});

describe('PromQL that no released Cortex runs', () => {
  test.each(TOO_NEW)('%s is an error unless it is allowed', (expression) => {
    const text = ruleFile(expression);
    expect(codes(read(text))).toEqual(['error promql-too-new']);
    expect(codes(read(text, PromqlVersion.PROMETHEUS_3_16))).toEqual(['warning promql-too-new']);
    expect(stored(text)).toEqual(['-', '-']);
    expect(verdictsOf([{ kind: 'rules', text }])[0]).toEqual(['-', '+']);
  });

  test.each(NOT_TOO_NEW)('%s is none', (expression) => {
    const text = ruleFile(expression);
    expect(read(text).findings.filter(({ severity }) => severity === FindingSeverity.ERROR)).toEqual([]);
    expect(stored(text)).toEqual(['+', '+']);
  });

  test('the finding names the option', () => {
    expect(read(ruleFile('first_over_time(a[5m])')).findings[0].fix).toContain('promql: PromqlVersion.PROMETHEUS_3_16');
  });
});

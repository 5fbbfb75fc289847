import type { Request } from './program';
import { RuleGroups } from '../../src/rules/rule-groups';

export function ruleFile(expr: string, more: object = {}): string {
  return JSON.stringify({ groups: [{ name: 'g', rules: [{ alert: 'A', expr, ...more }] }] });
}

/** Rule files whose expression begins with white space that Cortex cannot store. */
export const LEADING_SPACE: ReadonlyArray<readonly [name: string, text: string]> = [
  ['a block with an empty first line', 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |\n\n      up == 0\n'],
  ['a folded text with an empty first line', 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: >-\n\n      up == 0\n'],
  ['tabs', ruleFile('\tup\n\t== 0')],
  ['line feeds and spaces', ruleFile('\n\n up\n')],
  ['a comment after an empty line', ruleFile('\n# comment\nup')],
];

/** Rule files with line feeds that Cortex stores. */
export const STORED_AS_IS: ReadonlyArray<readonly [name: string, text: string]> = [
  ['a plain one', ruleFile('up\n  == 0\n')],
  ['an annotation with an empty first line', ruleFile('up', { annotations: { a: '\nx\ny' } })],
];

const ruleOf = (rule: string): string => `groups:\n- name: g\n  rules:\n  - ${rule}\n`;

/** Rule files in YAML 1.2 that the reader of Prometheus and Cortex refuses. */
export const YAML_1_2_ONLY: ReadonlyArray<readonly [name: string, text: string]> = [
  ['a value that begins with a colon', ruleOf('{alert: A, expr: up == 0, labels: {a: :b}}')],
  ['an expression that begins with a colon', ruleOf('{alert: A, expr: :up > 0}')],
  ['two colons after a quoted key', ruleOf('{alert: A, expr: up == 0, labels: {"a"::b}}')],
  ['a lone tag after a brace', ruleOf('{!\n    alert: A, expr: up == 0}')],
  ['a lone tag after a comma', ruleOf('{alert: A,!\n    expr: up == 0}')],
  ['a tab on an empty line', ruleOf('alert: A\n\t\n    expr: up == 0')],
  ['spaces and a tab on an empty line', ruleOf('alert: A\n   \t\n    expr: up == 0')],
  ['a tab in front of a comment', ruleOf('alert: A # x\n  \t# y\n    expr: up == 0')],
];

/** Rule files that look like them, and that Cortex reads. */
export const NOT_YAML_1_2_ONLY: ReadonlyArray<readonly [name: string, text: string]> = [
  ['a lone tag in front of a text', ruleOf('alert: ! A\n    expr: up == 0')],
  ['a range that ends with a colon', ruleOf('{alert: A, expr: "max_over_time(up[5m:]) == 0"}')],
  ['no space after a quoted key', ruleOf('{alert: A, expr: up == 0, labels: {"a":"b"}}')],
  ['tabs between words', ruleOf('alert: A\n    expr: up\t==\t0')],
  ['an exclamation mark in a sentence', ruleOf('alert: A\n    expr: up == 0\n    annotations: {summary: "Down!"}')],
];

const annotated = (description: string): string => ruleFile('up', { annotations: { description } });

export const ANNOTATION_WITH_TAB = annotated('\tfirst line\nsecond line');

export const ANNOTATIONS: ReadonlyArray<readonly [annotation: string, text: string]> =
  ['\tone line', ' first\nsecond', 'first\n\tsecond'].map((annotation) => [annotation, annotated(annotation)]);

export const EMPTY_GROUPS = 'groups:\n- name: used\n  rules:\n  - alert: A\n    expr: up == 0\n- name: empty\n  rules: []\n- name: none\n';

export const EMPTY_GROUPS_IN_RESOURCE = 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: r}\n'
  + `spec:\n${EMPTY_GROUPS.replace(/^/gm, '  ').trimEnd()}\n`;

/** PromQL that no released Cortex runs. */
export const TOO_NEW: readonly string[] = ['first_over_time(a[5m])', 'a </ 5', 'a >/ 5', 'rate(a[5m] anchored)', 'rate(a[5m] smoothed)'];

/** PromQL that looks like it, and that Cortex runs. */
export const NOT_TOO_NEW: readonly string[] = ['last_over_time(a[5m])', 'a < 5', 'histogram_avg(a)', 'a > 5m'];

/** Each rule file as it is, and as it is written into a namespace. */
export function namespaceProbes(): Request[] {
  const named = [...LEADING_SPACE, ...STORED_AS_IS, ...YAML_1_2_ONLY, ...NOT_YAML_1_2_ONLY, ...ANNOTATIONS];
  const texts = [
    ...named.map(([, text]) => text), ANNOTATION_WITH_TAB, EMPTY_GROUPS, EMPTY_GROUPS_IN_RESOURCE,
    ...[...TOO_NEW, ...NOT_TOO_NEW].map((expression) => ruleFile(expression)),
  ];
  return [
    ...texts.flatMap((text) => [text, ...RuleGroups.fromString(text)._read().map(({ data }) => data)]).map((text): Request => ({ kind: 'namespace', text })),
    ...TOO_NEW.map((expression): Request => ({ kind: 'rules', text: ruleFile(expression) })),
  ];
}

import { isMap, isScalar, Node } from 'yaml';
import { checkRuleTemplate } from './check-rule-templates';
import { PromqlVersion } from './promql-version';
import type { RuleFileContext } from './rule-file-context';
import { FindingSeverity } from '../findings/finding';
import { didYouMean } from '../findings/near-miss';
import { DURATION_SYNTAX, parseDuration } from '../prometheus/duration';
import { isLabelName, isMetricName, METRIC_NAME_LABEL } from '../prometheus/names';
import { checkPromql } from '../prometheus/promql/check-promql';
import { excerpt, Field, FieldReader } from '../yaml/field-reader';
import { offsetInSource } from '../yaml/offset-in-scalar';

export const RULE_FIELDS = ['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
/** Of one expression; who made more mistakes corrects these first. */
const MAX_DIAGNOSTICS = 20;

const ALERTING_ONLY = ['for', 'keep_firing_for', 'annotations'];

/** What a group needs to know about a rule: its name and labels distinguish it from the others. */
export interface RuleIdentity {
  readonly name: string;
  readonly labels: ReadonlyArray<readonly [string, string]>;
  readonly offset: number | undefined;
  /** Whether the expression begins with white space, which AMP's engine cannot store before an empty line or a tab. */
  readonly beginsWithSpace: boolean;
}

interface RuleKind {
  readonly name: string;
  readonly isAlert: boolean;
}

/** Checks one rule; undefined if it is not a mapping. */
export function checkRule(context: RuleFileContext, node: Node, path: string): RuleIdentity | undefined {
  const { values } = context;
  const fields = values.fields(node, path);
  if (!fields) {
    return undefined;
  }
  const byName = new Map(fields.map((field) => [field.name, field]));
  refuseUnknownFields(values, fields, RULE_FIELDS, path);
  const offset = values.resolve(node)?.range?.[0] ?? node.range?.[0];
  const { name, isAlert } = checkKind(values, byName, offset, path);
  checkExpression(context, name, byName.get('expr'), offset, path);
  for (const field of ['for', 'keep_firing_for']) {
    checkDuration(values, byName.get(field)?.value, `${path}.${field}`);
  }
  const labels = checkLabels(values, byName.get('labels')?.value, `${path}.labels`);
  checkAnnotations(values, byName.get('annotations')?.value, `${path}.annotations`);
  if (isAlert) {
    checkTemplates(context, name, byName, path);
  }
  const expression = values.resolve(byName.get('expr')?.value);
  return { name, labels, offset, beginsWithSpace: isScalar(expression) && /^\s/.test(String(expression.value)) };
}

/** Reports fields that Prometheus does not know where they stand. */
export function refuseUnknownFields(values: FieldReader, fields: readonly Field[], known: readonly string[], path: string): void {
  for (const { name, key } of fields.filter((field) => !known.includes(field.name))) {
    values.reporter.error({ offset: key.range?.[0], path: path || undefined }, {
      code: 'rule-unknown-field', message: `unknown field ${excerpt(name)}`, fix: `${didYouMean(name, known)}the fields here are: ${known.join(', ')}`,
    });
  }
}

/** A duration in Prometheus' syntax, in milliseconds; 0 if there is none. */
export function checkDuration(values: FieldReader, node: Node | undefined, path: string): number | undefined {
  if (values.isNull(node)) {
    return 0;
  }
  const text = values.text(node, path);
  const duration = text === undefined ? undefined : parseDuration(text);
  if (text !== undefined && duration === undefined) {
    values.reporter.error({ offset: node?.range?.[0], path }, { code: 'rule-invalid-duration', message: `bad duration ${excerpt(text)}`, fix: `write ${DURATION_SYNTAX}` });
  }
  return duration;
}

/** Labels that a rule or a group sets. */
export function checkLabels(values: FieldReader, node: Node | undefined, path: string): Array<readonly [string, string]> {
  const labels: Array<readonly [string, string]> = [];
  for (const { name, key, value } of values.fields(node, path) ?? []) {
    const text = values.text(value, `${path}.${name}`);
    if (!isNameOfOwnLabel(name)) {
      values.reporter.error({ offset: key.range?.[0], path }, {
        code: 'rule-invalid-name', message: `bad label name ${excerpt(name)}`, fix: 'use letters, digits and underscores, no digit first; __name__ is taken',
      });
    }
    if (text !== undefined && !isWellFormed(text)) {
      values.reporter.error({ offset: value?.range?.[0], path: `${path}.${name}` }, { code: 'rule-invalid-value', message: 'label value is not valid Unicode' });
    }
    labels.push([name, text ?? '']);
  }
  return labels;
}

function checkAnnotations(values: FieldReader, node: Node | undefined, path: string): void {
  for (const { name, key, value } of values.fields(node, path) ?? []) {
    const text = values.text(value, `${path}.${name}`);
    if (text !== undefined && beginsWithTab(text)) {
      values.reporter.error({ offset: value?.range?.[0], path: `${path}.${name}` }, {
        code: 'rule-begins-with-tab',
        message: `annotation ${excerpt(name)} has several lines and begins with a tab, which AMP's engine cannot store`,
        fix: 'remove the tab, or begin the text with a word',
      });
    }
    if (!isLabelName(name)) {
      values.reporter.error({ offset: key.range?.[0], path }, {
        code: 'rule-invalid-name', message: `bad annotation name ${excerpt(name)}`, fix: 'use letters, digits and underscores, no digit first',
      });
    }
  }
}

/** Cortex stores rules as YAML whose writer loses track of the indentation then, and refuses what it cannot read back. */
function beginsWithTab(text: string): boolean {
  return /^\n*\t/.test(text) && text.includes('\n');
}

/** Prometheus expands templates in the labels and annotations of alerts, not in those of recorded series. */
function checkTemplates(context: RuleFileContext, rule: string, fields: ReadonlyMap<string, Field>, path: string): void {
  for (const place of ['labels', 'annotations']) {
    const node = context.values.resolve(fields.get(place)?.value);
    for (const { name, value } of isMap(node) ? context.values.fields(node, path) ?? [] : []) {
      checkRuleTemplate({ ...context, rule }, value, `${path}.${place}.${name}`);
    }
  }
}

/** Exactly one of alert and record, and no fields of an alert in a recording rule. Gives the name. */
function checkKind(values: FieldReader, fields: ReadonlyMap<string, Field>, offset: number | undefined, path: string): RuleKind {
  const [alert, record] = ['alert', 'record'].map((name) => values.text(fields.get(name)?.value, `${path}.${name}`));
  const recordKey = fields.get('record')?.key.range?.[0];
  if (alert && record) {
    values.reporter.error({ offset: recordKey, path }, {
      code: 'rule-record-and-alert', message: `rule has both alert ${excerpt(alert)} and record ${excerpt(record)}`, fix: 'make two rules of it',
    });
  } else if (alert === '' && record === '') {
    values.reporter.error({ offset, path }, { code: 'rule-missing-field', message: 'rule has neither alert nor record', fix: 'name the alert: alert: InstanceDown' });
  }
  if (record) {
    checkRecording(values, fields, record, path);
  }
  return { name: alert || record || '', isAlert: !!alert };
}

function checkRecording(values: FieldReader, fields: ReadonlyMap<string, Field>, record: string, path: string): void {
  for (const name of ALERTING_ONLY) {
    const field = fields.get(name);
    if (field && !isWithoutEffect(values, field)) {
      values.reporter.error({ offset: field.key.range?.[0], path }, {
        code: 'rule-not-in-recording', message: `${name} is not allowed in recording rule ${excerpt(record)}`, fix: `remove ${name}`,
      });
    }
  }
  if (!isMetricName(record)) {
    values.reporter.error({ offset: fields.get('record')?.value?.range?.[0], path: `${path}.record` }, {
      code: 'rule-invalid-name', message: `bad name of a recorded series ${excerpt(record)}`, fix: 'use letters, digits, underscores and colons, no digit first',
    });
  }
}

/** Prometheus minds the fields of alerts in recording rules only if they say something. */
function isWithoutEffect(values: FieldReader, { name, value }: Field): boolean {
  if (values.isNull(value)) {
    return true;
  }
  const resolved = values.resolve(value);
  if (name === 'annotations') {
    return !!resolved && 'items' in resolved && Array.isArray(resolved.items) && resolved.items.length === 0;
  }
  return isScalar<string>(resolved) && parseDuration(String(resolved.value)) === 0;
}

function checkExpression(context: RuleFileContext, rule: string, field: Field | undefined, offset: number | undefined, path: string): void {
  const { values, source } = context;
  const text = values.text(field?.value, `${path}.expr`);
  if (text === '') {
    values.reporter.error({ offset: field?.key.range?.[0] ?? offset, path }, { code: 'rule-missing-field', message: 'rule has no expr', fix: 'write the condition: expr: up == 0' });
    return;
  }
  const scalar = values.resolve(field?.value);
  if (text === undefined || !isScalar(scalar)) {
    return;
  }
  const braces = /\{\{[^{}]*\}\}/.exec(text);
  if (braces) {
    values.reporter.warning({ offset: offsetInSource(source, scalar, braces.index), path: `${path}.expr` }, {
      code: 'rule-helm-leftover',
      message: `the expression contains ${excerpt(braces[0])}, which PromQL does not replace`,
      fix: 'give the file that the Helm chart renders, or write the value',
      subject: rule,
    });
  }
  for (const { offset: place, ...diagnostic } of checkPromql(text).slice(0, MAX_DIAGNOSTICS)) {
    const isAllowed = diagnostic.code !== 'promql-too-new' || context.promql === PromqlVersion.PROMETHEUS_3_16;
    const severity = isAllowed ? diagnostic.severity : FindingSeverity.ERROR;
    values.reporter.report({ offset: offsetInSource(source, scalar, place), path: `${path}.expr` }, { subject: rule, ...diagnostic, severity });
  }
}

/** Labels can be called what annotations can be called, but for the one that Prometheus sets itself. */
function isNameOfOwnLabel(name: string): boolean {
  return isLabelName(name) && name !== METRIC_NAME_LABEL;
}

/** Whether a text has no halves of characters: they cannot be written as UTF-8. */
function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

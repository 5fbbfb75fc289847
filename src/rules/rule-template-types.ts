import { didYouMean } from '../findings/near-miss';
import { withDuration, withNumber, withRegexp } from '../go/template/typed/function-checks';
import { DURATION, TIME } from '../go/template/typed/time-types';
import { ANY, BOOL, FLOAT, GoType, HTML, listOf, mapOf, signature, STRING, structOf } from '../go/template/typed/types';
import type { TemplateFunction, Universe } from '../go/template/typed/universe';
import { parseDuration } from '../prometheus/duration';

/*
 * The types that templates of alerting rules are executed with.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */

const LABELS = mapOf(() => STRING, 'a set of labels');

export const RULE_DATA = structOf('the data of a rule', {
  Labels: () => LABELS,
  ExternalLabels: () => LABELS,
  ExternalURL: () => STRING,
  Value: () => FLOAT,
});

/** A pointer in Prometheus, so two of them can be compared. */
const SAMPLE: GoType = { ...structOf('a sample', { Labels: () => LABELS, Value: () => FLOAT }), isComparable: true };
const SAMPLES = listOf(() => SAMPLE, 'a list of samples');
const ARGUMENTS = mapOf(() => ANY, 'a map of arguments');

const taking = (parameters: readonly GoType[], result: GoType): TemplateFunction => signature(parameters, result);

const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['query', taking([STRING], SAMPLES)],
  ['first', taking([SAMPLES], SAMPLE)],
  ['label', taking([STRING, SAMPLE], STRING)],
  ['value', taking([SAMPLE], FLOAT)],
  ['strvalue', taking([SAMPLE], STRING)],
  ['sortByLabel', taking([STRING, SAMPLES], SAMPLES)],
  ['args', signature([ANY], ARGUMENTS, true)],
  ['reReplaceAll', withRegexp(taking([STRING, STRING, STRING], STRING))],
  ['match', withRegexp(taking([STRING, STRING], BOOL))],
  ['safeHtml', taking([STRING], HTML)],
  ...['title', 'toUpper', 'toLower', 'graphLink', 'tableLink', 'stripPort', 'stripDomain', 'urlQueryEscape'].map((name) => [name, taking([STRING], STRING)] as const),
  ...['humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp'].map((name) => [name, withNumber(taking([ANY], STRING))] as const),
  ['toTime', withNumber(taking([ANY], TIME))],
  ['toDuration', withNumber(taking([ANY], DURATION))],
  ['now', taking([], FLOAT)],
  ['pathPrefix', taking([], STRING)],
  ['externalURL', taking([], STRING)],
  ['parseDuration', withDuration(taking([STRING], FLOAT), (text) => parseDuration(text) !== undefined)],
]);

/** What templates of alerting rules are executed with. */
export const RULE_UNIVERSE: Universe = {
  functions: FUNCTIONS,
  facts: [],
  implications: () => [],
  fixField,
  template: () => undefined,
};

function fixField(type: GoType, chain: readonly string[], _dollar: GoType, expression: string): string {
  const [name] = chain;
  const known = [...type.fields?.keys() ?? []];
  if (type === RULE_DATA) {
    return `${didYouMean(name, known)}there are ${known.map((each) => `.${each}`).join(', ')}, and $labels and $value for short`;
  }
  if (type.kind === 'list') {
    return `take the samples one by one: {{ range ${expression || '.'} }}{{ .${chain.join('.')} }}{{ end }}, or the first: {{ with ${expression || '.'} }}{{ . | first | value }}{{ end }}`;
  }
  if (type.kind === 'string') {
    return `a string has no fields: write {{ ${expression || '.'} }}; a name after a set of labels is the name of a label`;
  }
  return known.length > 0 ? `${didYouMean(name, known)}there are ${known.map((each) => `.${each}`).join(', ')}` : `remove .${chain.join('.')}`;
}

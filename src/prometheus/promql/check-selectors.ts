import type { SyntaxNode } from '@lezer/common';
import type { CheckContext } from './check-context';
import { unquote } from './strings';
import type { Value } from './values';
import { FindingSeverity } from '../../findings/finding';
import { readAnchoredRegexp, readRegexp, RegexpResult } from '../../go/regexp/regexp';
import { METRIC_NAME_LABEL } from '../names';

/** `name{label="value"}`. Prometheus refuses a selector that could be everything there is. */
export function checkSelector(context: CheckContext, node: SyntaxNode): Value {
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers');
  if (name && /^atan2$/i.test(context.text.slice(name.from, name.to))) {
    context.report({ code: 'promql-syntax', offset: name.from, message: `unexpected "${context.text.slice(name.from, name.to)}"` });
  }
  let selective = name !== null;
  for (let matcher = matchers?.firstChild ?? null; matcher; matcher = matcher.nextSibling) {
    const read = readMatcher(context, matcher);
    if (read.isMetricName && name) {
      context.report({ code: 'promql-selector', offset: matcher.from, message: 'the name of the metric is given twice', fix: 'remove one of the two' });
    }
    selective ||= !read.matchesEmpty;
  }
  if (!selective) {
    context.report({
      code: 'promql-selector',
      offset: node.from,
      message: 'a selector needs a name, or at least one matcher that does not match the empty text',
      fix: 'name the metric, or add a matcher such as job="node"',
    });
  }
  return { type: 'instant vector', from: node.from, to: node.to, selection: { isVector: true, hasOffset: false, hasTimestamp: false } };
}

interface MatcherResult {
  readonly isMetricName: boolean;
  readonly matchesEmpty: boolean;
}

function readMatcher(context: CheckContext, matcher: SyntaxNode): MatcherResult {
  if (matcher.name === 'QuotedLabelName') {
    const name = readString(context, matcher);
    newer(context, matcher.from);
    return { isMetricName: true, matchesEmpty: name === '' };
  }
  const quotedName = matcher.getChild('QuotedLabelName');
  const label = quotedName ?? matcher.getChild('LabelName');
  const operator = matcher.getChild('MatchOp')?.firstChild;
  const literal = matcher.getChild('StringLiteral');
  if (!label || !operator || !literal) {
    return { isMetricName: false, matchesEmpty: false };
  }
  if (quotedName) {
    newer(context, quotedName.from);
  }
  const name = quotedName ? readString(context, quotedName) : context.text.slice(label.from, label.to);
  const value = readString(context, literal);
  return {
    isMetricName: name === METRIC_NAME_LABEL,
    matchesEmpty: value === undefined ? false : matchesEmpty(context, operator.name, value, literal),
  };
}

function matchesEmpty(context: CheckContext, operator: string, value: string, literal: SyntaxNode): boolean {
  if (operator === 'EqlSingle' || operator === 'Neq') {
    return (operator === 'EqlSingle') === (value === '');
  }
  const regexp = readMatcherRegexp(value);
  if ('problem' in regexp) {
    // Behind an escape the places in the literal and in its value differ; then the start of the string must do.
    const unescaped = context.text.slice(literal.from + 1, literal.to - 1) === value;
    context.report({
      code: 'promql-regexp',
      offset: literal.from + (unescaped ? 1 + regexp.offset : 0),
      message: `bad regular expression ${JSON.stringify(value)}: ${regexp.problem}`,
      fix: 'the syntax is https://github.com/google/re2/wiki/Syntax; in a quoted string every backslash is written twice',
    });
    return false;
  }
  return regexp.matchesEmpty === (operator === 'EqlRegex');
}

/** Prometheus reads it twice: to match with, anchored, and as it is, to find shortcuts. */
function readMatcherRegexp(text: string): RegexpResult {
  const reading = readRegexp(text);
  return 'problem' in reading ? reading : readAnchoredRegexp(text);
}

/** The decoded text of a string literal; a bad escape is reported. */
export function readString(context: CheckContext, literal: SyntaxNode): string | undefined {
  const reading = unquote(context.text.slice(literal.from, literal.to));
  if ('problem' in reading) {
    context.report({
      code: 'promql-string',
      offset: literal.from + reading.offset,
      message: reading.problem,
      fix: 'write a backslash twice, or put the text between backticks',
    });
    return undefined;
  }
  return reading.value;
}

/** The names in `by (…)`, `on (…)` and so on. */
export function labelNames(context: CheckContext, list: SyntaxNode): string[] {
  const names: string[] = [];
  for (let label = list.firstChild; label; label = label.nextSibling) {
    if (label.name === 'QuotedLabelName') {
      newer(context, label.from);
      const name = readString(context, label);
      if (name === '') {
        context.report({ code: 'promql-selector', offset: label.from, message: 'a label needs a name' });
      }
      names.push(name ?? '');
    } else if (label.name === 'LabelName') {
      const name = context.text.slice(label.from, label.to);
      if (name.toLowerCase() === 'without') {
        context.report({ code: 'promql-syntax', offset: label.from, message: `unexpected ${JSON.stringify(name)}` });
      }
      names.push(name);
    }
  }
  return names;
}

function newer(context: CheckContext, offset: number): void {
  context.report({
    code: 'promql-version',
    offset,
    severity: FindingSeverity.WARNING,
    message: 'a name in quotes needs prometheus 3',
    fix: 'acknowledge the warning once AMP has accepted the rule, or write it without quotes',
  });
}

import type { SyntaxNode } from '@lezer/common';
import type { CheckContext } from './check-context';
import { withArticle } from './functions';
import { TOO_NEW_FIX } from './too-new';
import { modified, Value } from './values';
import { FindingSeverity } from '../../findings/finding';
import { parseDuration } from '../duration';

const EXPERIMENTAL_FIX = 'prometheus refuses it unless it is started with a feature flag, which AMP does not offer: write the rule without it';

/** What fits into Go's `time.Duration`. */
const MAX_OFFSET_SECONDS = 2 ** 63 / 1e9;

/** `selector[5m]` */
export function applyMatrix(context: CheckContext, node: SyntaxNode, operand: Value): Value {
  const { from, to } = node;
  checkRange(context, node);
  refuseRangeOfOperator(context, operand);
  const { selection } = modified(operand);
  if (!selection?.isVector) {
    refuse(context, from, 'a range can only be selected of a metric or a selector', 'for anything else write a subquery, such as (…)[5m:]');
  } else if (selection.hasOffset || selection.hasTimestamp) {
    refuse(context, from, 'a range stands before offset and @', 'write selector[5m] offset 1h');
  }
  return { type: 'range vector', from, to, selection: { isVector: false, hasOffset: false, hasTimestamp: false } };
}

/** `vector[1h:5m]` */
export function applySubquery(context: CheckContext, node: SyntaxNode, operand: Value): Value {
  const { from, to } = node;
  checkRange(context, node);
  refuseRangeOfOperator(context, operand);
  const { type } = modified(operand);
  if (type !== 'instant vector') {
    refuse(context, from, `a subquery needs an instant vector, not ${withArticle(type)}`);
  }
  return { type: 'range vector', from, to, selection: { isVector: false, hasOffset: false, hasTimestamp: false } };
}

/** `selector offset 1h`, `selector @ 1700000000`, and the newer `anchored` and `smoothed`. */
export function applyModifier(context: CheckContext, node: SyntaxNode, operand: Value): Value {
  if (node.name === 'AnchoredExpr' || node.name === 'SmoothedExpr') {
    const word = node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed';
    context.report({ code: 'promql-too-new', offset: node.from, severity: FindingSeverity.WARNING, message: `modifier ${word} needs Prometheus 3.16`, fix: TOO_NEW_FIX });
    return operand;
  }
  const target = modified(operand);
  const isOffset = node.name === 'OffsetExpr';
  const word = isOffset ? 'offset' : '@';
  if (isOffset) {
    checkOffset(context, node);
  } else {
    checkTimestamp(context, node);
  }
  const { selection } = target;
  if (!selection) {
    refuse(context, target.from, `${word} can only follow a selector, a range or a subquery`);
  } else if (isOffset ? selection.hasOffset : selection.hasTimestamp) {
    refuse(context, target.from, `${word} can be given only once`);
  } else {
    selection[isOffset ? 'hasOffset' : 'hasTimestamp'] = true;
  }
  return operand.lastOperand ? operand : { ...operand, to: node.to };
}

/** What `a + b[5m]` means to Prometheus: a sum with a range vector. */
function refuseRangeOfOperator(context: CheckContext, operand: Value): void {
  if (operand.lastOperand) {
    refuse(
      context, operand.lastOperand.from, 'a range vector cannot be an operand of an operator',
      'use it in a function such as rate(); to select a range of the whole, put it in parentheses',
    );
  }
}

/** A literal in a duration, and the signs before it. */
interface SignedDuration {
  readonly literal: SyntaxNode;
  readonly signs: string;
  readonly seconds: number;
}

/** Durations are literals; Prometheus can also calculate with them, but only behind a feature flag. */
function readDuration(context: CheckContext, duration: SyntaxNode): SignedDuration | undefined {
  let signs = '';
  let node: SyntaxNode | null = duration;
  for (let sign = node.getChild('UnaryOp'); sign; sign = node?.getChild('UnaryOp') ?? null) {
    signs += context.text[sign.from];
    node = sign.nextSibling;
  }
  const literal = node?.firstChild ?? node;
  if (literal?.name !== 'NumberDurationLiteralInDurationContext' || literal.nextSibling || signs.length > 1) {
    context.report({ code: 'promql-experimental', offset: duration.from, message: 'calculating with durations is experimental', fix: EXPERIMENTAL_FIX });
    return undefined;
  }
  const negative = signs.replaceAll('+', '').length % 2 === 1;
  return { literal, signs, seconds: (negative ? -1 : 1) * durationSeconds(context.text.slice(literal.from, literal.to)) };
}

function checkRange(context: CheckContext, node: SyntaxNode): void {
  for (const duration of node.getChildren('DurationExpr')) {
    const read = readDuration(context, duration);
    if (read && !(read.seconds > 0 && read.seconds < MAX_OFFSET_SECONDS)) {
      refuse(context, duration.from, 'a range must be longer than 0 and shorter than 292 years');
    } else if (read && read.signs !== '') {
      newer(context, duration.from, 'a range with a sign');
    }
  }
}

function checkOffset(context: CheckContext, node: SyntaxNode): void {
  const duration = node.getChild('OffsetDurationExpr');
  const read = duration ? readDuration(context, duration) : undefined;
  if (!read) {
    return;
  }
  if (!(Math.abs(read.seconds) < MAX_OFFSET_SECONDS)) {
    refuse(context, read.literal.from, 'offset is out of range');
  } else if (read.seconds === 0) {
    newer(context, read.literal.from, 'an offset of 0');
  } else if (read.signs !== '' && read.signs !== '-') {
    newer(context, read.literal.from, `an offset with the sign ${read.signs}`);
  }
}

/** Seconds since 1970, which must fit into Go's whole numbers. */
function checkTimestamp(context: CheckContext, node: SyntaxNode): void {
  const literal = node.getChild('NumberDurationLiteral');
  if (literal) {
    const text = context.text.slice(literal.from, literal.to);
    const number = Number(text.replace(/^[-+]\s*/, '').replaceAll('_', ''));
    if (/inf|nan/i.test(text) || number >= 2 ** 63) {
      refuse(context, literal.from, `timestamp ${text} is out of bounds`);
    }
  }
}

/** Plain numbers and durations are the same thing to Prometheus 3 only. */
export function checkDuration(context: CheckContext, node: SyntaxNode): void {
  const text = context.text.slice(node.from, node.to);
  if (parseDuration(text) === undefined || text === '0') {
    newer(context, node.from, `a number of seconds (${text}) as a duration`);
  }
}

/** The other way round: `foo > 5m`. */
export function checkNumber(context: CheckContext, node: SyntaxNode): void {
  const text = context.text.slice(node.from, node.to).replace(/^[-+]\s*/, '');
  if (/^[0-9]+(?:ms|[smhdwy])/.test(text)) {
    newer(context, node.from, `a duration (${text}) as a number`);
  }
}

function durationSeconds(text: string): number {
  const milliseconds = text === '0' ? 0 : parseDuration(text);
  return milliseconds === undefined ? Number(text.replaceAll('_', '')) : milliseconds / 1000;
}

function newer(context: CheckContext, offset: number, what: string): void {
  context.report({
    code: 'promql-version',
    offset,
    severity: FindingSeverity.WARNING,
    message: `${what} needs prometheus 3`,
    fix: 'acknowledge the warning once AMP has accepted the rule, or write it without',
  });
}

function refuse(context: CheckContext, offset: number, message: string, fix?: string): void {
  context.report({ code: 'promql-modifier', offset, message, fix });
}

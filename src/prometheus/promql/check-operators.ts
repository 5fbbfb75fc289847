import type { SyntaxNode } from '@lezer/common';
import type { CheckContext } from './check-context';
import { labelNames } from './check-selectors';
import { withArticle } from './functions';
import { TOO_NEW_FIX } from './too-new';
import type { Value } from './values';
import { FindingSeverity } from '../../findings/finding';

const COMPARISONS = new Set(['Eql', 'Neq', 'Gte', 'Gtr', 'Lte', 'Lss']);
const SET_OPERATORS = new Set(['And', 'Or', 'Unless']);
/** They cut histograms. */
const HISTOGRAM_OPERATORS = new Set(['TrimUpper', 'TrimLower']);

/** A sign before an expression. */
export function checkUnary(context: CheckContext, node: SyntaxNode, operand: Value): Value {
  checkOperand(context, operand);
  return { type: operand.type, from: node.from, to: node.to, lastOperand: operand };
}

/** Two operands with an operator, and what stands between them: bool, on, ignoring, group_left, group_right. */
export function checkBinary(context: CheckContext, node: SyntaxNode, left: Value, right: Value): Value {
  checkOperand(context, left);
  checkOperand(context, right);
  const operator = node.firstChild?.nextSibling as SyntaxNode;
  const scalars = [left, right].filter((operand) => operand.type === 'scalar').length;
  const bool = node.getChild('BoolModifier');
  const comparison = COMPARISONS.has(operator.name);
  if (bool && !comparison) {
    refuse(context, bool.from, 'bool can only follow a comparison', 'remove bool');
  }
  if (comparison && !bool && scalars === 2) {
    refuse(context, operator.from, 'a comparison of two scalars needs bool', `write ${textOf(context, operator)} bool`);
  }
  if (SET_OPERATORS.has(operator.name) && scalars > 0) {
    refuse(context, operator.from, `${textOf(context, operator)} needs an instant vector on both sides, not a scalar`, 'turn a number into a vector with vector()');
  }
  if (HISTOGRAM_OPERATORS.has(operator.name)) {
    context.report({
      code: 'promql-too-new',
      offset: operator.from,
      severity: FindingSeverity.WARNING,
      message: `operator ${textOf(context, operator)} needs Prometheus 3.16`,
      fix: TOO_NEW_FIX,
    });
  }
  if (node.getChild('FillModifier')) {
    experimental(context, operator.from);
  }
  checkMatching(context, node, operator, left.type === 'instant vector' && right.type === 'instant vector');
  const type = scalars === 2 ? 'scalar' : 'instant vector';
  return { type, from: node.from, to: node.to, lastOperand: right };
}

function checkOperand(context: CheckContext, operand: Value): void {
  if (operand.type !== 'scalar' && operand.type !== 'instant vector') {
    refuse(context, operand.from, `an operand must be a scalar or an instant vector, not ${withArticle(operand.type)}`);
  }
}

function checkMatching(context: CheckContext, node: SyntaxNode, operator: SyntaxNode, betweenVectors: boolean): void {
  const clause = node.getChild('MatchingModifierClause');
  if (!clause) {
    return;
  }
  const [matching, included] = clause.getChildren('GroupingLabels').map((labels) => labelNames(context, labels));
  const group = clause.getChild('GroupLeft') ?? clause.getChild('GroupRight');
  if (!betweenVectors) {
    if (matching.length > 0) {
      refuse(context, clause.from, 'on and ignoring are only allowed between two instant vectors');
    }
  } else if (group && SET_OPERATORS.has(operator.name)) {
    refuse(context, group.from, `${textOf(context, group)} is not allowed with ${textOf(context, operator)}`);
  }
  const both = clause.getChild('On') && new Set(matching);
  for (const label of included ?? []) {
    if (both && both.has(label)) {
      refuse(context, clause.from, `label ${JSON.stringify(label)} cannot be in on() and in the group clause at once`);
    }
  }
}

function experimental(context: CheckContext, offset: number): void {
  context.report({
    code: 'promql-experimental',
    offset,
    message: 'filling in for missing operands is experimental',
    fix: 'prometheus refuses it unless it is started with a feature flag, which AMP does not offer: write the rule without it',
  });
}

function textOf(context: CheckContext, node: SyntaxNode): string {
  return context.text.slice(node.from, node.to);
}

function refuse(context: CheckContext, offset: number, message: string, fix?: string): void {
  context.report({ code: 'promql-operator', offset, message, fix });
}

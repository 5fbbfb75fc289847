import type { SyntaxNode } from '@lezer/common';
import type { CheckContext } from './check-context';
import { labelNames } from './check-selectors';
import { AGGREGATIONS, PROMQL_FUNCTIONS, ValueType, withArticle } from './functions';
import type { Value } from './values';

/** `rate(requests[5m])` */
export function checkCall(context: CheckContext, node: SyntaxNode, given: readonly Value[]): Value {
  const { from, to } = node;
  const identifier = node.getChild('FunctionIdentifier') as SyntaxNode;
  const name = context.text.slice(identifier.from, identifier.to);
  const called = PROMQL_FUNCTIONS.get(name);
  if (!called) {
    context.report({ code: 'promql-unknown-function', offset: from, message: `unknown function ${JSON.stringify(name)}` });
    return { type: 'instant vector', from, to };
  }
  if (given.length < called.required || given.length > called.allowed) {
    context.report({
      code: 'promql-arguments',
      offset: from,
      message: `${name}() takes ${countArguments(called.required, called.allowed)}, not ${given.length}`,
      fix: `its parameters are: ${called.parameters.join(', ') || 'none'}`,
    });
  }
  given.slice(0, called.allowed).forEach((argument, index) => {
    expectType(context, argument, called.parameters[Math.min(index, called.parameters.length - 1)], `argument ${index + 1} of ${name}()`);
  });
  return { type: called.returns, from, to };
}

/** `sum by (job) (requests)`, `topk(5, requests)` */
export function checkAggregation(context: CheckContext, node: SyntaxNode, given: readonly Value[]): Value {
  const { from, to } = node;
  const operator = node.getChild('AggregateOp') as SyntaxNode;
  const name = context.text.slice(operator.from, operator.to);
  const { parameter, experimental } = AGGREGATIONS.get(name.toLowerCase()) ?? {};
  const labels = node.getChild('AggregateModifier')?.getChild('GroupingLabels');
  if (labels) {
    labelNames(context, labels);
  }
  if (experimental) {
    context.report({
      code: 'promql-experimental',
      offset: from,
      message: `aggregation ${name} is experimental`,
      fix: 'prometheus refuses it unless it is started with a feature flag, which AMP does not offer: write the rule without it',
    });
  }
  const types: ValueType[] = parameter ? [parameter, 'instant vector'] : ['instant vector'];
  if (given.length !== types.length) {
    context.report({
      code: 'promql-arguments',
      offset: from,
      message: `${name}() takes ${countArguments(types.length, types.length)}, not ${given.length}`,
      fix: `its parameters are: ${types.join(', ')}`,
    });
  } else {
    given.forEach((argument, index) => expectType(context, argument, types[index], `argument ${index + 1} of ${name}()`));
  }
  return { type: 'instant vector', from, to };
}

function expectType(context: CheckContext, argument: Value, expected: ValueType, what: string): void {
  if (argument.type !== expected) {
    context.report({
      code: 'promql-type',
      offset: argument.from,
      message: `${what} must be ${withArticle(expected)}, not ${withArticle(argument.type)}`,
      fix: remedy(expected, argument.type),
    });
  }
}

function remedy(expected: ValueType, given: ValueType): string | undefined {
  if (expected === 'range vector' && given === 'instant vector') {
    return 'select a range, such as metric[5m]';
  }
  if (expected === 'instant vector' && given === 'range vector') {
    return 'remove the range, or use a function such as rate() or max_over_time()';
  }
  return expected === 'instant vector' && given === 'scalar' ? 'turn a number into a vector with vector()' : undefined;
}

function countArguments(least: number, most: number): string {
  const noun = (count: number): string => (count === 1 ? '1 argument' : `${count} arguments`);
  if (least === most) {
    return noun(least);
  }
  return most === Infinity ? `at least ${noun(least)}` : `${least} to ${noun(most)}`;
}

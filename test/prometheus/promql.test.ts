import * as fc from 'fast-check';
import { FindingSeverity, isError } from '../../src/findings/finding';
import { checkPromql } from '../../src/prometheus/promql/check-promql';

describe('what only some versions of Prometheus accept', () => {
  test.each(['first_over_time(foo[5m])', 'foo </ 5', 'rate(foo[5m] anchored)', 'foo smoothed'])('%s needs Prometheus 3.16, which no released Cortex has', (expression) => {
    expect(checkPromql(expression).map(({ code, severity }) => [code, severity])).toEqual([['promql-too-new', FindingSeverity.WARNING]]);
  });

  test.each([
    'holt_winters(foo[5m], 0.5, 0.5)', 'histogram_avg(foo)', '{"foo.bar"}', 'sum by ("a.b") (foo)', 'foo > 5m', 'foo[300]',
    'foo offset 0s', 'foo offset +5m', 'foo offset 300', 'foo / 1_000',
  ])('%s is a warning', (expression) => {
    expect(checkPromql(expression).map(({ code, severity }) => [code, severity])).toEqual([['promql-version', FindingSeverity.WARNING]]);
  });

  test.each([
    'mad_over_time(foo[5m])', 'sort_by_label(foo, "a")', 'info(foo)', 'double_exponential_smoothing(foo[5m], 0.5, 0.5)', 'limitk(5, foo)', 'foo[2 * 5m]',
    'foo offset (5m)', 'foo[step()]', 'a + fill(0) b', 'start()', 'min_of(1, 2)',
  ])('%s needs a feature flag, which AMP does not have', (expression) => {
    const problems = checkPromql(expression).filter(isError);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['promql-experimental']));
  });
});

test.each(['first_over_time(foo[5m])', 'foo </ 5', 'foo[5m] anchored', 'foo smoothed'])('%s runs on no released Cortex', (expression) => {
  expect(checkPromql(expression).map(({ code, severity }) => [code, severity])).toEqual([['promql-too-new', FindingSeverity.WARNING]]);
});

describe('what is wrong is said', () => {
  test.each([
    ['up ==', 5, 'promql-syntax', 'unexpected end of the expression'],
    ['up up', 3, 'promql-syntax', 'unexpected "up"'],
    ['', 0, 'promql-syntax', 'no expression'],
    ['(up', 0, 'promql-syntax', '"(" is never closed'],
    ['up)', 2, 'promql-syntax', 'unexpected ")"'],
    ['up == "a', 6, 'promql-syntax', 'a string is never closed'],
    ['up{a="\\d"}', 6, 'promql-string', 'bad escape "\\\\d" in a string'],
    ['up{a=~"x("}', 8, 'promql-regexp', 'bad regular expression "x(": a closing ) is missing'],
    ['Rate(up[5m])', 0, 'promql-unknown-function', 'unknown function "Rate"'],
    ['rate(up)', 5, 'promql-type', 'argument 1 of rate() must be a range vector, not an instant vector'],
    ['clamp(up, 1)', 0, 'promql-arguments', 'clamp() takes 3 arguments, not 2'],
    ['round(up, 1, 2)', 0, 'promql-arguments', 'round() takes 1 to 2 arguments, not 3'],
    ['label_join(up)', 0, 'promql-arguments', 'label_join() takes at least 3 arguments, not 1'],
    ['topk(up)', 0, 'promql-arguments', 'topk() takes 2 arguments, not 1'],
    ['1 == 2', 2, 'promql-operator', 'a comparison of two scalars needs bool'],
    ['up and 1', 3, 'promql-operator', 'and needs an instant vector on both sides, not a scalar'],
    ['up + on (a) group_left (a) up', 5, 'promql-operator', 'label "a" cannot be in on() and in the group clause at once'],
    ['a + b[5m]', 4, 'promql-modifier', 'a range vector cannot be an operand of an operator'],
    ['sum(a)[5m]', 0, 'promql-modifier', 'a range can only be selected of a metric or a selector'],
    ['a offset 1m offset 2m', 0, 'promql-modifier', 'offset can be given only once'],
    ['{a=~".*"}', 0, 'promql-selector', 'a selector needs a name, or at least one matcher that does not match the empty text'],
    ['up{__name__="a"}', 3, 'promql-selector', 'the name of the metric is given twice'],
  ])('%s', (expression, offset, code, message) => {
    expect(checkPromql(expression)).toMatchObject([{ offset, code, message }]);
  });

  test('modifiers bind tighter than operators', () => {
    expect(checkPromql('a + b offset 5m')).toEqual([]);
    expect(checkPromql('(a + b) offset 5m')).toMatchObject([{ code: 'promql-modifier' }]);
  });
});

test('any text is answered, never thrown at', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme-ascii', maxLength: 60 })), (text) => {
    for (const { offset } of checkPromql(text)) {
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset).toBeLessThanOrEqual(text.length);
    }
  }), { numRuns: 3000 });
});

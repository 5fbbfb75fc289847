import * as fc from 'fast-check';
import { readAnchoredRegexp, readRegexp } from '../../../src/go/regexp/regexp';
import { promtoolVerdicts, ruleFileOf } from '../../rules/agreement/promtool';

const PARTS = [
  'a', 'é', '.', '^', '$', '|', '(', ')', '(?:', '(?i)', '(?P<n>', '(?=', '(?', '*', '+', '?', '*?', '{2}', '{2,}', '{2,3}', '{3,2}', '{1001}', '{,2}', '{02}', '{',
  '[a]', '[^a]', '[]a]', '[a-z]', '[z-a]', '[a-', '[\\d-z]', '[a-\\d]', '[[:alpha:]]', '[[:nope:]]', '[', ']', '\\d', '\\b', '\\B', '\\A', '\\z', '\\Z', '\\1', '\\12',
  '\\08', '\\x4', '\\x41', '\\x{110000}', '\\x{41}', '\\pL', '\\p{Greek}', '\\p{Nope}', '\\Q*\\E', '\\Q(', '\\', '\\-', '\\C', '\\e',
];

/** Where readers of Go's syntax go wrong. */
const EDGES = [
  '(?P<n>a)(?P<n>b)', 'a*(?i)*', 'a*\\Q\\E*', '\\Q\\E*', '\\Qab\\E*', '((a{1000}){0}){2}', '(a{1000}){0,}', '(a{10}){100}', '(a{10}){101}', '(a{1000}|b){2}',
  '\\p{Wara}', '\\p{Ahom}', '\\p{Yezi}', '\\p{Unknown}', '\\p{Lao}', '\\p{^Lu}', '(?)a', '(?-)a', '(?i-s:)', '(?<=a)', `[[:${'a'.repeat(40)}:]]`, '[[:a]', '\\x{00000041}', '\\b|\\B',
  ...[998, 999].map((depth) => nested('(', depth)), nested('(?:', 1500),
];

test('expressions are read as Prometheus reads them, and match the empty text when it says so', () => {
  const random = fc.sample(fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 }), { numRuns: 1500, seed: 7 }).map((parts) => parts.join(''));
  const expressions = [...random, ...EDGES];
  // promtool 2.42 says whether it is one with a name beside it; whether it matches the empty text, without.
  const literals = expressions.map((expression) => JSON.stringify(expression));
  const valid = promtoolVerdicts(literals.map((literal) => ruleFileOf(`up{a=~${literal}}`))).map((refusal) => refusal === undefined);
  const selective = promtoolVerdicts(literals.map((literal) => ruleFileOf(`{a=~${literal}}`))).map((refusal) => refusal === undefined);
  // Prometheus reads an expression as it is, too.
  const ours = expressions.map((expression) => [readRegexp(expression), readAnchoredRegexp(expression)]);
  expect(expressions.filter((_, index) => ours[index].every((reading) => 'matchesEmpty' in reading) !== valid[index])).toEqual([]);
  expect(expressions.filter((_, index) => valid[index] && ours[index].some((reading) => 'matchesEmpty' in reading && reading.matchesEmpty === selective[index]))).toEqual([]);
  expect(valid.filter((isValid) => isValid).length).toBeGreaterThan(100);
});

test.each([
  ['a)(b', false, true],
  ['a\\Qb', true, false],
  [')\\Q', false, true],
  ['a|b', true, true],
  ['(', false, false],
])('%s is an expression as it is: %s, and between ^(?: and )$: %s', (expression, alone, anchored) => {
  expect('matchesEmpty' in readRegexp(expression)).toBe(alone);
  expect('matchesEmpty' in readAnchoredRegexp(expression)).toBe(anchored);
});

test.each([
  ['ab(c', 2, 'a closing ) is missing'],
  ['ab)', 2, 'unexpected )'],
  ['ab[c', 2, 'a closing ] is missing'],
  ['a**', 2, 'the repetition * follows another one'],
  ['a|{2}', 2, 'there is nothing that {2} could repeat'],
  ['a{1001}', 1, 'the count {1001} is not allowed (at most 1000, the smaller number first)'],
  ['a(?=b)', 1, 'the group (?=b is not known (no look-around, flags are i, m, s, U)'],
  ['(?P<a b>)', 0, '"a b" is not a name for a group'],
  ['ab\\1', 2, 'the escape \\1 is not known (no back-references)'],
  ['[az-b]', 2, 'the range z-b is backwards'],
])('what is wrong with %s is said with its place', (expression, offset, problem) => {
  expect(readRegexp(expression)).toEqual({ offset, problem });
});

test('what is only wrong once it is anchored is said with its place, too', () => {
  expect(readAnchoredRegexp('a\\Qb')).toEqual({ offset: 1, problem: '\\Q without \\E' });
});

test('any text is answered, with a place in it', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.constantFrom(...PARTS), { maxLength: 20 }).map((parts) => parts.join(''))), (text) => {
    for (const reading of [readRegexp(text), readAnchoredRegexp(text)]) {
      const offset = 'offset' in reading ? reading.offset : 0;
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset).toBeLessThanOrEqual(text.length);
    }
  }), { numRuns: 3000 });
});

function nested(opening: string, depth: number): string {
  return `${opening.repeat(depth)}a${')'.repeat(depth)}`;
}

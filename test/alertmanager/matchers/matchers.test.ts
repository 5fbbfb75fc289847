import { readMatchers } from '../../../src/alertmanager/matchers/parse';
import { compareMatchers } from '../../../src/alertmanager/matchers/print';
import { MatcherConfig } from '../../../src/alertmanager/model';
import { compareGoStrings } from '../../../src/go/text';

function shown(entry: string): string[] | string {
  const result = readMatchers(entry);
  return 'matchers' in result ? result.matchers.map(({ name, type, value }) => `${name} ${type} ${value}`) : 'refused';
}

describe('an entry of matchers', () => {
  test.each([
    ['a="b"', ['a = b']],
    ['a=b', ['a = b']],
    [' a != " b " ', ['a !=  b ']],
    ['{a=~"b|c", d!~"e,f",}', ['a =~ b|c', 'd !~ e,f']],
    ['a="line\\nbreak \\"quoted\\" \\\\"', ['a = line\nbreak "quoted" \\']],
    ['', []],
    ['{}', []],
    ['a:b=c', ['a:b = c']],
    ['a=', ['a = ']],
    ['{a="b"', ['a = b']],
  ])('in the classic syntax: %s', (entry, matchers) => {
    expect(shown(entry)).toEqual(matchers);
  });

  test.each([
    ['"a b"="c"', ['a b = c']],
    ['ü=x', ['ü = x']],
    ['"a.b"=~"\\u00e9\\t\\x41"', ['a.b =~ é\tA']],
    ['{"a"="b", c="d"}', ['a = b', 'c = d']],
  ])('in the UTF-8 syntax: %s', (entry, matchers) => {
    expect(shown(entry)).toEqual(matchers);
  });

  test.each([
    ['a="\\u00e9"', ['a = \\u00e9'], 'both read it, differently'],
    ['a="\\d+"', ['a = \\d+'], 'Go knows no such escape'],
    ['a=b c', ['a = b c'], 'the value needs quotes in UTF-8'],
    ['a=~(x|y)', ['a =~ (x|y)'], 'both read it alike'],
  ])('counts as the classic syntax has it where that can read it: %s', (entry, matchers) => {
    expect(shown(entry)).toEqual(matchers);
  });

  test.each(['a', '=b', 'a="b', 'a=b"', 'a=~"("', 'a=b,,c=d', '"a="b', '"a"="b', '"a"="\\q"', '"\\xff"="b"', 'a!b'].map((entry) => [entry]))('is refused: %s', (entry) => {
    expect(shown(entry)).toBe('refused');
  });
});

test('matchers are ordered by name, value and type, in the order of bytes', () => {
  const matchers: MatcherConfig[] = [
    { name: '\u{1F600}', type: '=', value: 'a' },
    { name: '\uFFFD', type: '=', value: 'a' },
    { name: 'b', type: '!~', value: 'a' },
    { name: 'b', type: '=', value: 'a' },
    { name: 'a', type: '=', value: 'z' },
  ];
  expect([...matchers].sort(compareMatchers)).toEqual([matchers[4], matchers[3], matchers[2], matchers[1], matchers[0]]);
  expect(compareGoStrings('ab', 'a')).toBeGreaterThan(0);
});

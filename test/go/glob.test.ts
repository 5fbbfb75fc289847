import { relative } from 'node:path';
import * as fc from 'fast-check';
import { compileSegment, glob } from '../../src/go/glob';
import { amtoolErrorsOfPatterns } from '../alertmanager/templates/amtool';
import { withFiles } from '../alertmanager/templates/temporary-files';

const FILES = { 'a.tmpl': '', 'b.tmpl': '', '.hidden.tmpl': '', 'other.txt': '', 'sub/c.tmpl': '', 'sub/deep/d.tmpl': '', 'tub/c.tmpl': '', '[x].tmpl': '' };

test.each([
  ['*.tmpl', ['.hidden.tmpl', '[x].tmpl', 'a.tmpl', 'b.tmpl']],
  ['?.tmpl', ['a.tmpl', 'b.tmpl']],
  ['[ac].tmpl', ['a.tmpl']],
  ['[^a].tmpl', ['b.tmpl']],
  ['[b-z].tmpl', ['b.tmpl']],
  ['\\[x\\].tmpl', ['[x].tmpl']],
  ['a.tmpl', ['a.tmpl']],
  ['./a.tmpl', ['a.tmpl']],
  ['missing.tmpl', []],
  ['*/c.tmpl', ['sub/c.tmpl', 'tub/c.tmpl']],
  ['sub/*', ['sub/c.tmpl', 'sub/deep']],
  ['*/*/*', ['sub/deep/d.tmpl']],
  ['sub/../?.tmpl', ['a.tmpl', 'b.tmpl']],
  ['nowhere/*.tmpl', []],
  ['a.tmpl/*', []],
  ['**/c.tmpl', ['sub/c.tmpl', 'tub/c.tmpl']],
  ['**/d.tmpl', []],
])('%s finds %j', (pattern, expected) => {
  withFiles(FILES, (directory) => {
    const found = glob(pattern, directory);
    expect(found?.map((file) => relative(directory, file))).toEqual(expected);
    expect(glob(`${directory}/${pattern}`, '/nowhere')).toEqual(found);
  });
});

test.each(['[', '[]', '[^]', '[a', '[a-', '[a-]', '[-a]', 'a\\', '*[', 'sub[/]*', '[a/b]'])('%s is malformed', (pattern) => {
  expect(glob(pattern, '.')).toBeUndefined();
});

test('a directory with the characters of a pattern in its name is taken as it is', () => {
  withFiles({ '[dir]*/a.tmpl': '' }, (directory) => {
    expect(glob('*.tmpl', `${directory}/[dir]*`)).toEqual([`${directory}/[dir]*/a.tmpl`]);
  });
});

test('names match as in Alertmanager; a pattern that we call malformed matches nothing there', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', 'é', '*', '?', '[', '[^', ']', '-', '\\', '.', '[a-c]', '[^b]', '[\\]]'), { minLength: 1, maxLength: 7 });
  const name = fc.array(fc.constantFrom('a', 'b', 'é', '.', ']', '-', '^', '\\', '*'), { minLength: 1, maxLength: 5 });
  const pairs = fc.sample(fc.tuple(pattern, name), 1200)
    .map(([pieces, characters]) => ({ pattern: pieces.join(''), name: characters.join('') }))
    .filter((pair) => pair.name !== '.' && pair.name !== '..' && pair.pattern !== '.' && pair.pattern !== '..' && !/^\.+$/.test(pair.pattern));
  const errors = amtoolErrorsOfPatterns(pairs);
  const verdicts = { match: 0, none: 0, malformed: 0 };
  pairs.forEach((pair, index) => {
    const matcher = compileSegment(pair.pattern);
    const matches = typeof matcher === 'string' ? matcher === pair.name : matcher?.(pair.name);
    const verdict = matches === undefined ? 'malformed' : matches ? 'match' : 'none';
    verdicts[verdict] += 1;
    const amtool = errors[index] === undefined ? 'none' : /syntax error in pattern/.test(errors[index]) ? 'malformed' : 'match';
    expect({ ...pair, verdict: amtool }).toEqual({ ...pair, verdict: verdict === 'malformed' && amtool === 'none' ? 'none' : verdict });
  });
  expect(Math.min(...Object.values(verdicts))).toBeGreaterThan(20);
});

test.each([
  ['*[^é]', 'é', true],
  ['*?', 'é', true],
  ['*??', 'é', false],
  ['*??', 'aé', true],
  ['*[é]', 'é', true],
  ['*[^é\ufffd]', 'é', false],
  ['*\ufffd', 'é', false],
  ['*é', 'é', true],
  ['*[^.é[[^[a-c]', '^é-é', true],
  ['*[^b]??', '😀', true],
])('a star may end within a character, as in Go: %s and %s', (pattern, name, expected) => {
  expect(amtoolErrorsOfPatterns([{ pattern, name }]).map((error) => error !== undefined)).toEqual([expected]);
  const matcher = compileSegment(pattern);
  expect(typeof matcher === 'function' && matcher(name)).toBe(expected);
});

test('a pattern with many stars takes no exponential time', () => {
  const matcher = compileSegment(`${'*a'.repeat(100)}b`);
  expect(typeof matcher === 'function' && matcher('a'.repeat(255))).toBe(false);
});

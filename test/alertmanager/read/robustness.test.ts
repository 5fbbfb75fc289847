import * as fc from 'fast-check';
import { COMPLETE_CONFIGURATION, NEWER_CONFIGURATION } from './complete-configuration';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { FindingSeverity } from '../../../src/findings/finding';

/** Whatever the text is: findings with a place in the text, never an exception. */
function readSafely(text: string): void {
  const reading = readConfig(text, 'alertmanager.yml');
  const lines = text.split(/\r\n?|\n/).length;
  for (const { position, message } of reading.findings) {
    expect(message).not.toBe('');
    expect(position?.line).toBeGreaterThanOrEqual(1);
    expect(position?.line).toBeLessThanOrEqual(lines + 1);
    expect(position?.column).toBeGreaterThanOrEqual(1);
  }
  expect(reading.config !== undefined || reading.findings.some(({ severity }) => severity === FindingSeverity.ERROR)).toBe(true);
}

describe('reading never fails', () => {
  test('on any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 })), readSafely), { numRuns: 1000 });
  });

  test('on YAML indicators in any order', () => {
    const indicator = fc.constantFrom('a', ': ', '- ', '\n', '  ', '\t', '{', '}', '[', ']', ',', '"', '\'', '&a ', '*a', '<<: ', '|', '>', '? ', '!', '!!map ', '#', '%', '---', '...', '\\', 'route', 'receivers', '\r');
    fc.assert(fc.property(fc.array(indicator, { maxLength: 30 }).map((parts) => parts.join('')), readSafely), { numRuns: 2000 });
  });

  test('on a configuration with pieces of it cut out, doubled or overwritten', () => {
    const text = COMPLETE_CONFIGURATION + NEWER_CONFIGURATION;
    const part = fc.tuple(fc.nat(text.length), fc.nat(400)).map(([start, length]) => text.slice(start, start + length));
    const bases = fc.constantFrom(COMPLETE_CONFIGURATION, NEWER_CONFIGURATION);
    const cut = fc.tuple(bases, fc.nat(text.length), fc.nat(200), fc.oneof(part, fc.string({ maxLength: 5 })))
      .map(([base, start, length, insertion]) => base.slice(0, start) + insertion + base.slice(start + length));
    fc.assert(fc.property(cut, readSafely), { numRuns: 200 });
  });

  test('on any data in the place of a configuration', () => {
    const keys = fc.constantFrom('route', 'receivers', 'global', 'routes', 'matchers', 'name', 'match', 'time_intervals', 'pagerduty_configs', 'details', 'x', '<<', '__proto__', 'toString');
    const { data } = fc.letrec<{ data: unknown }>((tie) => ({
      data: fc.oneof({ maxDepth: 6 }, fc.constantFrom<unknown>(null, true, 0, -1.5, '', 'a', 'a="b"', '5m'), fc.array(tie('data'), { maxLength: 4 }), fc.dictionary(keys, tie('data'), { maxKeys: 5 })),
    }));
    fc.assert(fc.property(fc.dictionary(keys, data, { maxKeys: 6 }), (value) => readSafely(JSON.stringify(value))), { numRuns: 1000 });
  });
});

describe('texts made to hurt', () => {
  test('aliases of aliases are stopped before they fill the memory', () => {
    const lines = Array.from({ length: 40 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`);
    const bomb = `route: {receiver: r}\nreceivers:\n- name: r\n  pagerduty_configs:\n  - routing_key: x\n    details:\n      l0: &l0 [x]\n${lines.map((line) => `      ${line}`).join('\n')}\n`;
    expect(readConfig(bomb, 'f').findings.map(({ code }) => code)).toEqual(['config-invalid-alias']);
  });

  test('a place is found through merge keys of merge keys', () => {
    const levels = Array.from({ length: 40 }, (_, level) => `- &m${level + 1} {<<: [${Array(3).fill(`*m${level}`).join(', ')}]}`);
    const text = `templates:\n- &m0 {a: b}\n${levels.join('\n')}\nroute: {<<: *m40}\n`;
    expect(readConfig(text, 'f').positionOf(['route', 'nothing'])?.line).toBe(43);
  });

  test('a value that contains itself is refused', () => {
    expect(readConfig('route: &r {receiver: a, routes: [*r]}\nreceivers: [{name: a}]', 'f').findings.map(({ code }) => code)).toEqual(['config-invalid-alias']);
  });

  test.each([
    ['lists', '['.repeat(100_000)],
    ['closed lists', '['.repeat(5000) + ']'.repeat(5000)],
    ['mappings', '{a: '.repeat(20_000)],
    ['block lists', `${'- '.repeat(20_000)}a`],
    ['routes', `route: {receiver: r${', routes: [{continue: true'.repeat(1000)}${'}]'.repeat(1000)}}\nreceivers: [{name: r}]`],
    ['groups of a regular expression', `route: {receiver: r, routes: [{match_re: {a: "${'('.repeat(50_000)}"}}]}\nreceivers: [{name: r}]`],
  ])('%s nested very deeply are refused', (_, text) => {
    const { findings } = readConfig(text, 'f');
    expect(findings.some(({ severity }) => severity === FindingSeverity.ERROR)).toBe(true);
  });

  test.each([
    ['spaces in a matcher', `a=${' '.repeat(100_000)}x`],
    ['quotes in a matcher', `a="${'\\\\"'.repeat(50_000)}`],
    ['commas in a matcher', `a=b${',a=b'.repeat(50_000)}`],
    ['digits in a duration', '9'.repeat(200_000)],
    ['characters in a class', `a=~"[${'a-z'.repeat(50_000)}"`],
  ])('many %s take no more than linear time', (_, value) => {
    const text = JSON.stringify({ route: { receiver: 'r', routes: [{ matchers: [value], group_wait: value, match_re: { a: value } }] }, receivers: [{ name: 'r' }] });
    expect(readConfig(text, 'f').config).toBeDefined();
  });

  test.each([
    ['labels in group_by', { route: { receiver: 'r', group_by: Array.from({ length: 50_000 }, (_, index) => `l${index}`) }, receivers: [{ name: 'r' }] }],
    ['undefined receivers', { route: { receiver: 'r', routes: Array.from({ length: 5000 }, (_, index) => ({ receiver: `x${index}` })) }, receivers: [{ name: 'r' }] }],
    ['receivers', { route: { receiver: 'r0' }, receivers: Array.from({ length: 20_000 }, (_, index) => ({ name: `r${index}` })) }],
    ['time intervals', { route: { receiver: 'r' }, receivers: [{ name: 'r' }], time_intervals: Array.from({ length: 20_000 }, (_, index) => ({ name: `t${index}` })) }],
    ['unknown fields', { route: { receiver: 'r' }, receivers: [{ name: 'r' }], global: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, 1])) }],
  ])('many %s neither', (_, document) => {
    expect(readConfig(JSON.stringify(document), 'f').config).toBeDefined();
  });
});

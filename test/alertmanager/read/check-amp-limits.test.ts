import { AmpLimits, checkAmpLimits } from '../../../src/alertmanager/check-amp-limits';
import { ParsedConfig } from '../../../src/alertmanager/model';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { DEFAULT_QUOTAS } from '../../../src/amp/read-quotas';

function readingWith({ routes = 0, rules = 0, templates = 0, repeat = '4h' }): ParsedConfig {
  return readConfig(JSON.stringify({
    route: { receiver: 'r', routes: Array.from({ length: routes }, () => ({ repeat_interval: repeat })) },
    receivers: [{ name: 'r' }],
    inhibit_rules: Array.from({ length: rules }, () => ({ equal: ['a'] })),
    templates: Array.from({ length: templates }, (_, index) => `${index}.tmpl`),
  }), 'alertmanager.yml');
}

function codesOf(reading: ParsedConfig, limits?: AmpLimits, templateFiles?: number): string[] {
  return checkAmpLimits(reading, limits, { templateFiles }).map(({ code, severity }) => `${severity} ${code}`);
}

describe('the quotas of AMP', () => {
  test.each([
    [{ routes: 0 }, []],
    [{ routes: 98 }, []],
    [{ routes: 99 }, []],
    [{ routes: 100 }, ['error amp-too-many-routes']],
    [{ rules: 99 }, []],
    [{ rules: 100 }, []],
    [{ rules: 101 }, ['error amp-too-many-inhibit-rules']],
    [{ templates: 99 }, []],
    [{ templates: 100 }, []],
    [{ templates: 101 }, ['error amp-too-many-templates']],
    [{ routes: 100, rules: 101, templates: 101 }, ['error amp-too-many-routes', 'error amp-too-many-inhibit-rules', 'error amp-too-many-templates']],
  ])('of %j give %j', (counts, codes) => {
    expect(codesOf(readingWith(counts))).toEqual(codes);
  });

  test('count routes of every level', () => {
    const nested = (depth: number): object => (depth === 0 ? {} : { routes: [{}, nested(depth - 1)] });
    const reading = readConfig(JSON.stringify({ route: { receiver: 'r', ...nested(50) }, receivers: [{ name: 'r' }] }), 'f');
    expect(checkAmpLimits(reading)[0].message).toBe('the configuration has 101 routes, and AMP takes 100');
  });

  test.each([[6, 0], [7, 0], [8, 3]])('are what the account has: %i with a quota of 7', (count, errors) => {
    const findings = checkAmpLimits(readingWith({ routes: count - 1, rules: count, templates: count }), { routes: 7, inhibitRules: 7, templates: 7 });
    expect(findings.map(({ fix }) => /quotas: \{ (\w+): … \}/.exec(fix ?? '')?.[1])).toEqual(['routes', 'inhibitRules', 'templates'].slice(0, errors));
  });

  test('count the template files where their number is known', () => {
    expect(codesOf(readingWith({ templates: 1 }), DEFAULT_QUOTAS, 101)).toEqual(['error amp-too-many-templates']);
    expect(codesOf(readingWith({ templates: 101 }), DEFAULT_QUOTAS, 100)).toEqual([]);
  });
});

describe('repeat_interval', () => {
  test.each([
    ['119h59m', []],
    ['5d', []],
    ['120h', []],
    ['5d1ms', ['warning amp-repeat-interval-too-long']],
    ['1w', ['warning amp-repeat-interval-too-long']],
    ['nonsense', []],
  ])('of %s gives %j', (repeat, codes) => {
    expect(codesOf(readingWith({ routes: 1, repeat }))).toEqual(codes);
  });

  test('is warned of at its place in each route', () => {
    const reading = readConfig('route:\n  receiver: r\n  repeat_interval: 6d\n  routes:\n  - repeat_interval: 1y\nreceivers:\n- name: r\n', 'f');
    expect(checkAmpLimits(reading).map(({ path, position }) => [path, position?.line])).toEqual([['route.repeat_interval', 3], ['route.routes[0].repeat_interval', 5]]);
  });
});

test('nothing is said of a file that could not be read', () => {
  expect(checkAmpLimits(readConfig('route: [', 'f'))).toEqual([]);
});

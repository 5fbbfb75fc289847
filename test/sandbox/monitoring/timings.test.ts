import { parse } from 'yaml';
import { milliseconds } from '../../../sandbox/monitoring/duration';
import { SHORT_TIMINGS, shortenRoute, shortenRules } from '../../../sandbox/monitoring/timings';
import { printGoYaml, readGoYaml } from '../../../sandbox/yaml/go-yaml';

test.each([['1s', 1000], ['1h30m', 5_400_000], ['250ms', 250], ['0', 0], ['1d', 86_400_000]])('%s is %i ms', (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

test.each(['', '5', 's', '1x', '1s 2m'])('"%s" is not a duration', (text) => {
  expect(() => milliseconds(text)).toThrow(`"${text}" is not a duration`);
});

test('routes are shortened, never lengthened, and Alertmanager\'s defaults are as well', () => {
  const route = readGoYaml('group_wait: 500ms\nrepeat_interval: 4h\nroutes:\n- group_wait: 10m\n  routes:\n  - group_interval: 1h\n- {}\n');
  const changes = shortenRoute(route, SHORT_TIMINGS);
  expect(parse(printGoYaml(route))).toEqual({
    group_wait: '500ms', group_interval: '1s', repeat_interval: '4h', routes: [{ group_wait: '1s', routes: [{ group_interval: '1s' }] }, {}],
  });
  expect(changes).toEqual(['group_interval 5m -> 1s', 'group_wait 10m -> 1s', 'group_interval 1h -> 1s']);
});

test('rules are shortened', () => {
  const file = readGoYaml('groups:\n- name: a\n  rules:\n  - alert: X\n    expr: up\n    for: 5m\n    keep_firing_for: 1m\n  - record: y\n    expr: up\n');
  expect(shortenRules(file, SHORT_TIMINGS)).toEqual(['interval 1m -> 1s', 'for 5m -> 2s', 'keep_firing_for 1m -> 2s']);
  expect(parse(printGoYaml(file))).toMatchObject({ groups: [{ interval: '1s', rules: [{ for: '2s', keep_firing_for: '2s' }, { record: 'y' }] }] });
});

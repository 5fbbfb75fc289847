import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { findReachableReceivers } from '../../../src/alertmanager/routes/reachable-receivers';

interface Route {
  readonly receiver?: string;
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly routes?: readonly Route[];
}

const RECEIVERS = ['r0', 'r1', 'r2', 'r3'];

function configOf(route: Route): string {
  return JSON.stringify({ route, receivers: RECEIVERS.map((name) => ({ name })) });
}

function reach(route: Route, labels: Record<string, string>): string[] {
  const { config } = readConfig(configOf(route), 'alertmanager.yml');
  return config ? [...findReachableReceivers(config.route, labels)].sort() : ['unreadable'];
}

test.each<[string, Route, Record<string, string>, string[]]>([
  ['the root alone', { receiver: 'r0' }, {}, ['r0']],
  ['a route that matches for certain takes the alert', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['a="1"'] }] }, { a: '1' }, ['r1']],
  ['a route that does not match', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['a="1"'] }] }, { a: '2' }, ['r0']],
  ['a label that the expression could add', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['a="1"'] }] }, {}, ['r0', 'r1']],
  ['one matcher that fails is enough', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['a="1"', 'b="1"'] }] }, { b: '2' }, ['r0']],
  ['continue', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['a="1"'], continue: true }, { receiver: 'r2' }] }, { a: '1' }, ['r1', 'r2']],
  ['an inherited receiver', { receiver: 'r0', routes: [{ matchers: ['a="1"'], routes: [{ receiver: 'r1', matchers: ['b="1"'] }] }] }, { a: '1', b: '2' }, ['r0']],
  ['a regular expression', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['a=~"Watchdog|Info.*"'] }] }, { a: 'InfoInhibitor' }, ['r1']],
  ['an expression that JavaScript might read otherwise', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['a=~"(?i)watchdog"'] }] }, { a: 'x' }, ['r0', 'r1']],
  ['the names of methods are no labels', { receiver: 'r0', routes: [{ receiver: 'r1', matchers: ['constructor="1"'] }] }, {}, ['r0', 'r1']],
])('%s', (_, route, labels, expected) => {
  expect(reach(route, labels)).toEqual(expected);
});

const name = fc.constantFrom('a', 'b');
const value = fc.constantFrom('1', '2', 'x.y');
const matcher = fc.tuple(name, fc.constantFrom('=', '!=', '=~', '!~'), fc.constantFrom('1', '2', '1|2', '[0-9]+', 'x.y', 'x\\\\.y', '.*')).map(([label, type, text]) => `${label}${type}"${text}"`);
const tree: fc.Memo<Route> = fc.memo((depth) => fc.record({
  receiver: fc.constantFrom(...RECEIVERS),
  matchers: fc.array(matcher, { maxLength: 2 }),
  continue: fc.boolean(),
  routes: depth > 1 ? fc.array(tree(), { maxLength: 3 }) : fc.constant([]),
}));

test('where all labels are known, the receivers are those of amtool', () => {
  const directory = mkdtempSync(join(tmpdir(), 'routes-'));
  const file = join(directory, 'alertmanager.yml');
  try {
    fc.assert(fc.property(tree(3), value, value, ({ routes = [] }, a, b) => {
      const route = { receiver: 'r0', routes };
      writeFileSync(file, configOf(route));
      const { stdout } = spawnSync('amtool', ['config', 'routes', 'test', `--config.file=${file}`, `a=${a}`, `b=${b}`], { encoding: 'utf8' });
      expect(reach(route, { a, b })).toEqual([...new Set(stdout.trim().split(','))].sort());
      // What is possible with fewer labels known contains what happens.
      expect(reach(route, { a })).toEqual(expect.arrayContaining(reach(route, { a, b })));
    }), { numRuns: 60 });
  } finally {
    rmSync(directory, { recursive: true });
  }
}, 120_000);

import * as fc from 'fast-check';
import type { AlertmanagerFile, MatcherConfig } from '../../../src/alertmanager/model';
import { Incidents } from '../../../src/alertmanager/options';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { routeKey } from '../../../src/alertmanager/routes/route-key';
import { planRoutes, everyRoute } from '../../../src/alertmanager/routes/route-plan';
import { copyReceivers } from '../../../src/alertmanager/translate/receiver-copies';
import { routeTree } from '../../../src/alertmanager/translate/route-tree';
import { writeYaml, type YamlMap } from '../../../src/alertmanager/translate/yaml-writer';
import { RealAlertmanager } from '../../message/support/alertmanager';
import { asciiJson } from '../../message/support/configuration';
import { Loopback, until } from '../../message/support/loopback';

/** The one alert of these tests. Every generated matcher takes it, so that every leaf of a tree notifies. */
const LABELS: { readonly [name: string]: string } = { a: 'x', b: 'say "hi",\n\\ {é}', c: '😀|.*' };

/** A route as it stands in an `alertmanager.yml`. */
interface YamlRoute {
  readonly receiver?: string;
  readonly continue: true;
  readonly match?: { readonly [name: string]: string };
  readonly match_re?: { readonly [name: string]: string };
  readonly matchers?: readonly string[];
  readonly routes?: readonly YamlRoute[];
}

jest.setTimeout(180_000);

test('route keys are the ones that Alertmanager itself uses, before and after the translation', async () => {
  await fc.assert(fc.asyncProperty(fc.array(routeArbitrary(3), { minLength: 15, maxLength: 25 }), async (routes) => {
    const loopback = await Loopback.start();
    const root = named(routes);
    const receivers = webhooks(root, loopback.url);
    const text = asciiJson({ route: root, receivers });
    const file = modelOf(text);
    const leaves = everyRoute(planRoutes(file.route)).filter((route) => route.children.length === 0);
    const expected = new Map(leaves.map((leaf) => [`/${leaf.receiver}`, [`${leaf.key}:{}`]]));
    try {
      expect(await groupKeys(text, loopback, leaves.length)).toEqual(expected);
      expect(await groupKeys(translatedRoutes(file, receivers), loopback, leaves.length)).toEqual(expected);
    } finally {
      await loopback.stop();
    }
  }), { numRuns: 3, endOnFailure: true });
});

describe('matchers in a route key', () => {
  const key = (...matchers: MatcherConfig[]): string => routeKey('{}', matchers);
  const matcher = (name: string, type: MatcherConfig['type'], value: string): MatcherConfig => ({ name, type, value });

  test('are sorted by name, value and type', () => {
    expect(key(matcher('b', '=', '1'), matcher('a', '!~', '2'), matcher('a', '=', '2'), matcher('a', '=~', '1')))
      .toBe('{}/{a=~"1",a="2",a!~"2",b="1"}');
  });

  test('are sorted by bytes, not by UTF-16 units', () => {
    expect(key(matcher('a', '=', '\u{10000}'), matcher('a', '=', '\uffee'))).toBe('{}/{a="\uffee",a="\u{10000}"}');
  });

  test('of names that only the UTF-8 syntax has, are quoted in Go\'s way', () => {
    expect(key(matcher('a b', '=', 'x\ty\u2028é'))).toBe('{}/{"a b"="x\\ty\\u2028é"}');
    expect(key(matcher('é.b', '=', 'x\ty'))).toBe('{}/{é.b="x\ty"}');
  });

  test('escape line feeds, quotes and backslashes, and nothing else', () => {
    expect(key(matcher('a', '=', 'x\ty\n"\\\u0000'))).toBe('{}/{a="x\ty\\n\\"\\\\\u0000"}');
  });
});

async function groupKeys(config: string, loopback: Loopback, count: number): Promise<ReadonlyMap<string, unknown>> {
  loopback.posts.clear();
  const alertmanager = await RealAlertmanager.start({ config, templates: {} });
  try {
    await alertmanager.post([{ labels: LABELS }]);
    await until(() => loopback.posts.size >= count, () => `${loopback.posts.size} of ${count} webhooks`);
    return new Map([...loopback.posts].map(([path, bodies]) => [path, (bodies as Array<{ groupKey: string }>).map((body) => body.groupKey)]));
  } finally {
    await alertmanager.stop();
  }
}

function modelOf(text: string): AlertmanagerFile {
  const { config, findings } = readConfig(text, 'alertmanager.yml');
  expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  return config as AlertmanagerFile;
}

function translatedRoutes(file: AlertmanagerFile, receivers: readonly WebhookReceiver[]): string {
  const plan = planRoutes(file.route);
  const context = { receivers: copyReceivers(file, plan), incidents: Incidents.PER_GROUP, pages: () => false };
  const hooks = new Map(receivers.map(({ name, webhook_configs }) => [name, webhook_configs]));
  const copies = context.receivers.copies.map(({ name, source }) => ({ name, webhook_configs: hooks.get(source.name) ?? [] }));
  return writeYaml({ route: routeTree(plan, context), receivers: copies });
}

/** The tree with a receiver of its own for every leaf. */
function named(routes: readonly YamlRoute[]): object {
  let number = 0;
  const name = (route: YamlRoute): YamlRoute => {
    number += 1;
    return { ...route, receiver: `r${number}`, ...(route.routes && { routes: route.routes.map(name) }) };
  };
  return { receiver: 'r0', group_wait: '0s', routes: routes.map(name) };
}

/** In the form that both Alertmanager and our writer take. */
type WebhookReceiver = YamlMap & { readonly name: string };

function webhooks(root: object, url: string): WebhookReceiver[] {
  const names = [...JSON.stringify(root).matchAll(/"receiver":"(r\d+)"/g)].map((match) => match[1]);
  return names.map((name) => ({ name, webhook_configs: [{ url: `${url}/${name}` }] }));
}

function routeArbitrary(depth: number): fc.Arbitrary<YamlRoute> {
  const labelName = fc.constantFrom('a', 'b', 'c', 'absent');
  const regex = fc.constantFrom('(?s).*', '[^z]*', '((?s:.*))|"\\\\\n', '(?s:.*)é?', '|(?s:.+)');
  const other = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !Object.values(LABELS).includes(text) && text !== '');
  const written = fc.oneof(
    labelName.map((name) => `${name}=${quoted(LABELS[name] ?? '')}`),
    fc.tuple(labelName, other).map(([name, value]) => `${name} != ${quoted(value)}`),
    fc.tuple(labelName, regex).map(([name, value]) => `${name}=~${quoted(value)}`),
    labelName.map((name) => `${name}!~${quoted('zz.*"\n')}`),
    fc.constant('a = x'),
    fc.constant('{a="x", absent!=z,}'),
  );
  return fc.record({
    continue: fc.constant(true as const),
    match: maybe(fc.uniqueArray(labelName, { maxLength: 2 }).map((names) => Object.fromEntries(names.map((name) => [name, LABELS[name] ?? ''])))),
    match_re: maybe(fc.dictionary(labelName, regex, { maxKeys: 2 }).map((map) => ({ ...map }))),
    matchers: maybe(fc.array(written, { maxLength: 4 })),
    routes: depth === 0 ? fc.constant(undefined) : maybe(fc.array(routeArbitrary(depth - 1), { minLength: 1, maxLength: 2 })),
  });
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

function quoted(value: string): string {
  return `"${value.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}"`;
}

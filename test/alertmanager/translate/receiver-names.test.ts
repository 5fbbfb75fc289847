import * as fc from 'fast-check';
import { configOf, configWith, DefinedRoute, told, translateText } from './support';
import { Incidents } from '../../../src/alertmanager/options';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

interface Route {
  readonly receiver?: string;
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly routes?: readonly Route[];
}

const RECEIVERS = [
  { name: 'pager', pagerduty_configs: [{ routing_key: '0'.repeat(32) }] },
  { name: 'other "one" (é)', pagerduty_configs: [{ routing_key: '1'.repeat(32) }, { routing_key: '2'.repeat(32) }] },
  { name: 'topic', sns_configs: [{ topic_arn: 'arn:aws:sns:eu-west-1:123456789012:own', sigv4: {} }] },
  { name: 'nobody' },
];

const NAMES = RECEIVERS.map(({ name }) => name);

function textOf(routes: readonly Route[], receivers: readonly object[] = RECEIVERS): string {
  return JSON.stringify({ route: { receiver: 'nobody', group_by: ['alertname'], routes }, receivers });
}

/** The receivers in the definition, by the matchers from the root down. Routes with the same matchers have the same key. */
function namesByRoute(text: string, incidents = Incidents.PER_GROUP): Map<string, string> {
  const names = new Map<string, string>();
  const follow = (route: DefinedRoute, path: readonly string[], inherited: string): void => {
    const receiver = route.receiver ?? inherited;
    const key = [...path, ...(route.matchers ?? [])];
    names.set(`${receiver.replace(/__route_[0-9a-f]+$/, '')} ${JSON.stringify(key)}`, receiver);
    route.routes?.forEach((child) => follow(child, [...key, '/'], receiver));
  };
  follow(configOf(translateText(text, { incidents })).route, [], '');
  return names;
}

const leaf = fc.record({
  receiver: fc.constantFrom(...NAMES),
  matchers: fc.uniqueArray(fc.constantFrom('team="a"', 'team="b"', 'severity="critical"', 'env!="dev"'), { minLength: 1, maxLength: 2 }),
  continue: fc.boolean(),
});
const tree: fc.Arbitrary<Route> = fc.tuple(leaf, fc.array(leaf, { maxLength: 3 })).map(([route, routes]) => ({ ...route, routes }));

describe('the name of a copy of a receiver', () => {
  test('is the same whatever routes are permuted, inserted, or deleted, and whatever is added to other receivers', () => {
    fc.assert(fc.property(
      fc.array(tree, { minLength: 1, maxLength: 5 }), fc.array(tree, { maxLength: 3 }), fc.infiniteStream(fc.nat()),
      fc.constantFrom(...Object.values(Incidents)),
      (routes, inserted, random, incidents) => {
        const kept = routes.filter(() => random.next().value % 3 > 0);
        const edited = [...kept, ...inserted].map((route) => ({ route, at: random.next().value }))
          .sort((a, b) => a.at - b.at).map(({ route }) => route);
        const receivers = [{ name: 'new', pagerduty_configs: [{ routing_key: '3'.repeat(32) }] }, ...[...RECEIVERS].reverse()];
        const before = namesByRoute(textOf(routes), incidents);
        const after = namesByRoute(textOf(edited, receivers), incidents);
        const renamed = [...before].filter(([route, name]) => after.has(route) && after.get(route) !== name);
        expect(renamed).toEqual([]);
      },
    ), { numRuns: 60 });
  });

  test('depends on the route key for the first and only copy as well', () => {
    const [only] = namesByRoute(textOf([{ receiver: 'pager', matchers: ['team="a"'] }])).values();
    expect(only).toBe('nobody');
    const names = (routes: readonly Route[]): string[] => [...namesByRoute(textOf(routes)).values()].slice(1);
    const [a] = names([{ receiver: 'pager', matchers: ['team="a"'] }]);
    const [b] = names([{ receiver: 'pager', matchers: ['team="b"'] }]);
    expect(a).toMatch(/^pager__route_[0-9a-f]{12}$/);
    expect(b).not.toBe(a);
    expect(names([{ receiver: 'pager', matchers: ['team="b"'] }, { receiver: 'pager', matchers: ['team="a"'] }])).toEqual([b, a]);
  });

  test('gives way to a receiver of the user with the same name', () => {
    const [name] = [...namesByRoute(textOf([{ receiver: 'pager', matchers: ['team="a"'] }])).values()].slice(1);
    const translation = translateText(textOf([{ receiver: 'pager', matchers: ['team="a"'] }, { receiver: name, matchers: ['team="b"'] }], [...RECEIVERS, { name }]));
    const names = configOf(translation).receivers.map((receiver) => receiver.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContainEqual(expect.stringMatching(new RegExp(`^${name}[0-9a-f]$`)));
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
  });

  test('is the plain name for what only publishes to topics of the user', () => {
    expect([...namesByRoute(textOf([{ receiver: 'topic', matchers: ['team="a"'] }, { receiver: 'topic', matchers: ['team="b"'] }])).values()])
      .toEqual(['nobody', 'topic', 'topic']);
  });
});

/** The lists of a receiver in the order in which their entries are written. Each list moves those behind it, and no other. */
const ENTRIES: Readonly<Record<string, (index: number) => object>> = {
  pagerduty_configs: (index) => ({ routing_key: String(index).padStart(32, '0') }),
  webhook_configs: (index) => ({ url: `https://hooks.example.com/${index}` }),
  email_configs: (index) => ({ to: `team${index}@example.com`, from: 'alerts@example.com', smarthost: 'smtp.example.com:587' }),
  slack_configs: (index) => ({ api_url: `https://hooks.slack.com/services/${index}`, channel: `#${index}` }),
  sns_configs: (index) => ({ topic_arn: `arn:aws:sns:eu-west-1:123456789012:own${index}`, sigv4: {} }),
};
const FIELDS = Object.keys(ENTRIES);

describe('the place of an entry in its receiver', () => {
  type Lists = Readonly<Record<string, number>>;
  const lists: fc.Arbitrary<Lists> = fc.record(Object.fromEntries(FIELDS.map((field) => [field, fc.nat(2)])));

  /** The place of every entry in every copy of the receiver; Alertmanager's log counts by it. */
  function places(counts: Lists, routes: readonly Route[], order: readonly string[]): Map<string, number> {
    const receiver = {
      name: 'pager', ...Object.fromEntries(order.map((field) => [field, Array.from({ length: counts[field] }, (_, index) => ENTRIES[field](index))])),
    };
    const translation = translateText(textOf(routes, [...RECEIVERS.slice(1), receiver]));
    expect(told(translation).filter((line) => line.startsWith('error'))).toEqual([]);
    return new Map(configOf(translation).receivers.filter(({ name }) => name.startsWith('pager')).flatMap(({ name, sns_configs: entries = [] }) => (
      entries.map((entry, place) => {
        const relayed = /"entry":"([^"]*)"/.exec(String(entry.message))?.[1];
        const [page] = (entry.attributes?.routing_key_name ?? '').match(/.+/) ?? [];
        return [`${name} ${relayed ?? (page === undefined ? `sns_configs ${entry.topic_arn}` : `pagerduty_configs ${page}`)}`, place] as const;
      }))));
  }

  test('is the same whatever routes and entries are permuted, inserted, or deleted elsewhere and behind it', () => {
    const orders = fc.shuffledSubarray(FIELDS, { minLength: FIELDS.length });
    const routes = fc.array(tree, { minLength: 1, maxLength: 3 });
    const inputs = [lists, lists, orders, orders, routes, routes, fc.constantFrom(...FIELDS)] as const;
    fc.assert(fc.property(...inputs, (before, after, order, otherOrder, old, edited, field) => {
      // What stands in front keeps its number of entries: for a page, that is nothing.
      const inFront = FIELDS.slice(0, FIELDS.indexOf(field));
      const now = places({ ...after, ...Object.fromEntries(inFront.map((name) => [name, before[name]])) }, edited, otherOrder);
      const moved = [...places(before, old, order)].filter(([entry, place]) => entry.includes(field) && now.has(entry) && now.get(entry) !== place);
      expect(moved).toEqual([]);
    }), { numRuns: 60 });
  });

  test('changes with what stands in front of it: a page moves a webhook', () => {
    const at = (changes: Lists): number[] => {
      const counts = { ...Object.fromEntries(FIELDS.map((field) => [field, 1])), ...changes };
      return [...places(counts, [{ receiver: 'pager', matchers: ['team="a"'] }], [...FIELDS].reverse())]
        .filter(([entry]) => entry.includes('webhook_configs[0]')).map(([, place]) => place);
    };
    expect(at({})).toEqual([1]);
    expect(at({ webhook_configs: 3, sns_configs: 0 })).toEqual([1]);
    expect(at({ pagerduty_configs: 2 })).toEqual([2]);
    expect(at({ pagerduty_configs: 0 })).toEqual([0]);
  });
});

test('pages come first in a receiver, and topics of the user behind them cannot move one', () => {
  const own = { topic_arn: 'arn:aws:sns:eu-west-1:123456789012:own', sigv4: {} };
  const pages = [{ routing_key: '0'.repeat(32) }, { routing_key: '1'.repeat(32) }];
  const topics = (receiver: object): Array<string | undefined> => {
    const translation = translateText(configWith({ name: 'a', ...receiver }));
    expect(told(translation).filter((line) => line.startsWith('error'))).toEqual([]);
    return (configOf(translation).receivers[0].sns_configs ?? []).map(({ attributes, topic_arn: topic }) => attributes?.routing_key_name ?? topic);
  };
  expect(topics({ sns_configs: [own], pagerduty_configs: pages })).toEqual(['a', 'a-2', own.topic_arn]);
  expect(topics({ pagerduty_configs: pages })).toEqual(['a', 'a-2']);
});

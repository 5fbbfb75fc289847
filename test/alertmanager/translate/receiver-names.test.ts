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

describe('the place of an entry in its receiver', () => {
  const key = (index: number): string => String(index).padStart(32, '0');
  const lists = fc.record({ pages: fc.nat(3), webhooks: fc.nat(3), topics: fc.nat(2) });
  type Lists = { readonly pages: number; readonly webhooks: number; readonly topics: number };

  /** The place of every entry in every copy of the receiver; Alertmanager's log counts by it. */
  function places({ pages, webhooks, topics }: Lists, routes: readonly Route[], order: readonly string[]): Map<string, number> {
    const fields: Readonly<Record<string, object[]>> = {
      pagerduty_configs: Array.from({ length: pages }, (_, index) => ({ routing_key: key(index) })),
      webhook_configs: Array.from({ length: webhooks }, (_, index) => ({ url: `https://hooks.example.com/${index}` })),
      sns_configs: Array.from({ length: topics }, (_, index) => ({ topic_arn: `arn:aws:sns:eu-west-1:123456789012:own${index}`, sigv4: {} })),
    };
    const receiver = { name: 'pager', ...Object.fromEntries(order.map((field) => [field, fields[field]])) };
    const translation = translateText(textOf(routes, [...RECEIVERS.slice(1), receiver]));
    return new Map(configOf(translation).receivers.filter(({ name }) => name.startsWith('pager')).flatMap(({ name, sns_configs: entries = [] }) => (
      entries.map((entry, place) => {
        const webhook = /"entry":"([^"]*)"/.exec(String(entry.message))?.[1];
        return [`${name} ${webhook ?? entry.attributes?.routing_key_name ?? String(entry.topic_arn)}`, place] as const;
      }))));
  }

  test('of a page is the same whatever routes and entries are permuted, inserted, or deleted behind it', () => {
    const orders = fc.shuffledSubarray(['pagerduty_configs', 'webhook_configs', 'sns_configs'], { minLength: 3 });
    const routes = fc.array(tree, { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(lists, lists, orders, orders, routes, routes, (before, after, order, otherOrder, old, edited) => {
      const moved = (from: Lists, to: Lists, kind: RegExp): string[] => {
        const now = places(to, edited, otherOrder);
        const isMoved = ([entry, place]: [string, number]): boolean => kind.test(entry) && now.has(entry) && now.get(entry) !== place;
        return [...places(from, old, order)].filter(isMoved).map(([entry]) => entry);
      };
      // The routing key of a page is called after its receiver.
      expect(moved(before, after, /^\S+ pager/)).toEqual([]);
      // A webhook stays as long as the receiver has as many pages.
      expect(moved(before, { ...after, pages: before.pages }, /webhook_configs/)).toEqual([]);
    }), { numRuns: 40 });
  });

  test('of a webhook changes with the number of pages in front of it, and with nothing else', () => {
    const at = (changes: Partial<Lists>): number[] => [
      ...places({ pages: 1, webhooks: 1, topics: 1, ...changes }, [{ receiver: 'pager', matchers: ['team="a"'] }], ['sns_configs', 'webhook_configs', 'pagerduty_configs']),
    ].filter(([entry]) => entry.includes('webhook_configs[0]')).map(([, place]) => place);
    expect([at({}), at({ webhooks: 3, topics: 0 }), at({ pages: 2 }), at({ pages: 0 })]).toEqual([[1], [1], [2], [0]]);
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

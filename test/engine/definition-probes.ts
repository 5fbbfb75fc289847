import { translateCase } from './definitions';
import type { Request } from './program';
import { DEFAULT_DETAILS, translateDetails, translateUnused } from '../alertmanager/templates/unused-definitions';
import { configWith } from '../alertmanager/translate/support';

const RECEIVER = { name: 'pager', pagerduty_configs: [{ routing_key: '0123456789abcdef0123456789abcdef' }] };

export function configOf(more: object): string {
  return JSON.stringify({ ...(JSON.parse(configWith(RECEIVER)) as object), ...more });
}

const withMatcher = (matcher: string): string => configOf({ route: { receiver: 'pager', routes: [{ matchers: [matcher] }] } });

/** Label names that only the UTF-8 mode reads, with the place of the warning. */
export const UTF8_NAMES: ReadonlyArray<readonly [name: string, text: string, place: string]> = [
  ['a quoted name', withMatcher('"foo.bar"="x"'), 'route.routes[0].matchers'],
  ['a hyphen', withMatcher('foo-bar=baz'), 'route.routes[0].matchers'],
  ['group_by', configOf({ route: { receiver: 'pager', group_by: ['foo.bar'] } }), 'route.group_by[0]'],
  ['equal', configOf({ inhibit_rules: [{ source_matchers: ['a="b"'], target_matchers: ['a="c"'], equal: ['foo.bar'] }] }), 'inhibit_rules[0].equal[0]'],
  ['a target', configOf({ inhibit_rules: [{ source_matchers: ['a="b"'], target_matchers: ['"ü"="c"'] }] }), 'inhibit_rules[0].target_matchers'],
];

/** Label names that both modes read. */
export const CLASSIC_NAMES: ReadonlyArray<readonly [matcher: string, text: string]> =
  ['foo_bar=baz', '_a1="x"', 'A=~"x"'].map((matcher) => [matcher, withMatcher(matcher)]);

export function definitionProbes(): Request[] {
  return [
    ...[...UTF8_NAMES, ...CLASSIC_NAMES].map(([, text]): Request => ({ kind: 'definition', text: translateCase(text).definition })),
    { kind: 'definition', text: translateUnused().definition },
    { kind: 'notify', text: translateDetails(DEFAULT_DETAILS).definition },
  ];
}

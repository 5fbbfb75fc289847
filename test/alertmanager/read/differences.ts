import { parse } from 'yaml';
import { readClassicMatchers } from '../../../src/alertmanager/matchers/classic';
import { ParsedConfig, RouteConfig } from '../../../src/alertmanager/model';
import { FindingSeverity } from '../../../src/findings/finding';

/** One text on which amtool and we do not say the same. */
export interface Disagreement {
  readonly table: string;
  readonly name: string;
  readonly text: string;
  /** For mutations: the field that was changed, without indexes. */
  readonly field?: string;
  readonly weAccept: boolean;
  readonly reading: ParsedConfig;
}

/** A class of disagreements that is meant. docs/agreement.md has each of them. */
export interface Difference {
  readonly name: string;
  readonly who: 'we accept' | 'we refuse';
  readonly reason: string;
  readonly explains: (disagreement: Disagreement) => boolean;
}

const messages = ({ reading }: Disagreement): string[] =>
  reading.findings.filter((finding) => finding.severity === FindingSeverity.ERROR).map((finding) => finding.message);

/** Every complaint of ours is of the class; otherwise there is another reason to refuse, which amtool does not share. */
const onlyComplains = (about: RegExp) => (disagreement: Disagreement): boolean => messages(disagreement).every((message) => about.test(message));

const CLASSIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function routesOf(route: RouteConfig): RouteConfig[] {
  return [route, ...route.routes.flatMap(routesOf)];
}

/** Whether a label name or a matcher can be read by Alertmanager 0.27 and later only. */
function needsUtf8({ text, reading }: Disagreement): boolean {
  const names = [
    ...(reading.config ? routesOf(reading.config.route).flatMap((route) => route.group_by ?? []) : []),
    ...(reading.config?.inhibit_rules ?? []).flatMap((rule) => rule.equal ?? []),
  ];
  return names.some((name) => name !== '...' && !CLASSIC_NAME.test(name)) || matcherEntries(parse(text, { merge: true, logLevel: 'silent' }))
    .some((entry) => 'error' in readClassicMatchers(entry));
}

/** The texts under every `matchers`, `source_matchers` and `target_matchers`. */
function matcherEntries(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    (key.endsWith('matchers') && Array.isArray(item) ? item.filter((entry) => typeof entry === 'string') : matcherEntries(item)));
}

export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'label names and matchers in UTF-8',
    who: 'we accept',
    reason: 'In 0.27 and later, label names can be any text, and matchers can have names in double quotes. AMP is built on Cortex, which reads them in UTF-8 mode only, so synthesis warns.',
    explains: needsUtf8,
  },
  {
    name: 'nested details of PagerDuty',
    who: 'we accept',
    reason: 'In 0.30 and later, the values of `details` can be lists and mappings. The relay sends them.',
    explains: ({ field }) => field?.includes('pagerduty_configs.details.') === true,
  },
  {
    name: 'OAuth 2.0 without a client secret',
    who: 'we accept',
    reason: 'Later versions can authenticate the client in other ways.',
    explains: ({ field }) => field?.endsWith('oauth2.client_secret') === true,
  },
  {
    name: 'groups written (?<name>…)',
    who: 'we accept',
    reason: 'Later versions are built with Go 1.22 or later, which accepts this notation.',
    explains: ({ text }) => text.includes('(?<'),
  },
  {
    name: 'a client certificate without its key',
    who: 'we refuse',
    reason: 'Later versions refuse it when they load the file; 0.25 fails when it connects.',
    explains: onlyComplains(/^the client (certificate has no key|key has no certificate)$/),
  },
  {
    name: 'hosts that are not valid since Go 1.26',
    who: 'we refuse',
    reason: 'Later versions are built with a Go that refuses brackets around anything but an IPv6 address, and IPv6 addresses without brackets.',
    explains: onlyComplains(/: the host (has a "\[" after its beginning|has more than one ":"; an IPv6 address must be in brackets|in brackets is not an IPv6 address)$/),
  },
  {
    name: 'an empty entry in the list equal',
    who: 'we refuse',
    reason: 'Later versions refuse the empty label name.',
    explains: onlyComplains(/^a label name is empty$/),
  },
  {
    name: 'a flow mapping with a colon before a key, or without a space after it',
    who: 'we accept',
    reason: '`{: a}`, `{:a: b}`, and `{a:[b]}` are valid YAML 1.2, but Alertmanager\'s reader refuses them. Nobody writes them on purpose.',
    explains: ({ text }) => /[{,]\s*:|:[[{]/.test(text),
  },
  {
    name: 'a block text whose first line begins with a tab',
    who: 'we accept',
    reason: 'Alertmanager\'s reader treats the tab as indentation, the YAML specification as text.',
    explains: ({ text }) => /[|>][-+]?\n\s*\t/.test(text),
  },
];

import * as fc from 'fast-check';
import { readAssembly, TypeReference } from './assembly';
import {
  AlertManagerConfig, AlertingWorkspace, AmpPagerDutyAlertingProps, Delivery, PagerDutySeverity, SysdigOptions, SysdigRegion, WebhookTarget,
} from '../../src';
import { refusal, synthesize } from '../construct/synthesized';

/**
 * Java's `Map.of` has another order in each run, and C# promises none. A template that follows the order of a map is deployed again and
 * again, although nothing changed.
 */
interface MapOfTheApi {
  /** Values that are accepted. */
  readonly values: readonly [string, string][];
  readonly propsWith: (map: Record<string, string>) => AmpPagerDutyAlertingProps;
}

const RECEIVERS = ['team-b', 'Team A', '10', '9', 'z'];

const MAPS: Readonly<Record<string, MapOfTheApi>> = {
  'AmpPagerDutyAlertingProps.webhooks': {
    values: RECEIVERS.map((receiver, index) => [receiver, `token-${index}`]),
    propsWith: (tokens) => withTargets(Object.entries(tokens).map(([receiver, tokenName]) => [receiver, { tokenName }])),
  },
  'NewWorkspaceOptions.tags': {
    values: [['team', 'platform'], ['Stage', 'prod'], ['cost-center', '42'], ['10', 'ten'], ['9', 'nine']],
    propsWith: (tags) => ({ workspace: AlertingWorkspace.create({ tags }) }),
  },
  'RelayOptions.severities': {
    values: [['page', 'critical'], ['Ticket', 'info'], [' P1 ', 'critical'], ['p2', 'error'], ['notice', 'warning']],
    propsWith: (severities) => ({ delivery: Delivery.relay({ severities: severities as Record<string, PagerDutySeverity> }) }),
  },
  'SysdigOptions.scope': {
    values: [['host_name', 'host.hostName'], ['container', 'container.name'], ['10', 'ten'], ['9', 'nine'], ['Zone', 'cloud.zone']],
    propsWith: (scope) => withTargets([['z', { scope }]]),
  },
  'SysdigOptions.severities': {
    values: [['page', '1'], ['Ticket', '4'], [' P1 ', '0'], ['p2', '3'], ['notice', '5']],
    propsWith: (severities) => withTargets([['z', {
      severities: Object.fromEntries(Object.entries(severities).map(([name, severity]) => [name, Number(severity)])),
    }]]),
  },
};

function withTargets(targets: [string, Omit<SysdigOptions, 'region'>][]): AmpPagerDutyAlertingProps {
  return {
    alertManagerConfig: AlertManagerConfig.fromString(JSON.stringify({
      route: { receiver: 'z', routes: RECEIVERS.map((receiver) => ({ receiver, matchers: [`team="${receiver}"`] })) },
      receivers: RECEIVERS.map((name) => ({ name, webhook_configs: [{ url: 'https://hooks.example.com/' }] })),
    })),
    webhooks: Object.fromEntries(targets.map(([receiver, options]) => [receiver, WebhookTarget.sysdig({ region: SysdigRegion.EU1, ...options })])),
  };
}

test('every map of the public API is here', () => {
  const types = Object.values(readAssembly().types);
  const maps = types.flatMap(({ name, properties = [], methods = [], initializer }) => [
    ...properties.filter(({ type }) => hasMap(type)).map((property) => `${name}.${property.name}`),
    ...[...methods, ...(initializer ? [initializer] : [])].flatMap((method) => (method.parameters ?? [])
      .filter(({ type }) => hasMap(type)).map((parameter) => `${name}.${method.name ?? 'constructor'}(${parameter.name})`)),
  ]);

  expect(maps.sort()).toEqual(Object.keys(MAPS).sort());
});

test.each(Object.entries(MAPS))('the template does not depend on the order of %s', (_name, { values, propsWith }) => {
  const expected = JSON.stringify(synthesize(propsWith(Object.fromEntries(values))).template.toJSON());

  fc.assert(fc.property(fc.shuffledSubarray([...values], { minLength: values.length }), (shuffled) => {
    expect(JSON.stringify(synthesize(propsWith(Object.fromEntries(shuffled))).template.toJSON())).toBe(expected);
  }), { numRuns: 4 });
});

test('findings do not depend on the order of a map', () => {
  const wrong: [string, string][] = [['page', 'fatal'], ['PAGE', 'critical'], ['ticket', 'nobody'], ['', 'info']];
  const messageFor = (entries: [string, string][]) => refusal(MAPS['RelayOptions.severities'].propsWith(Object.fromEntries(entries))).message;

  expect(messageFor([...wrong].reverse())).toBe(messageFor(wrong));
});

function hasMap({ collection, union }: TypeReference): boolean {
  return collection?.kind === 'map' || (collection !== undefined && hasMap(collection.elementtype)) || (union?.types.some(hasMap) ?? false);
}

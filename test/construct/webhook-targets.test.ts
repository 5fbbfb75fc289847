import { Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { refusal, synthesize } from './synthesized';
import { AlertManagerConfig, AmpPagerDutyAlertingProps, SysdigOptions, SysdigRegion, WebhookTarget } from '../../src';

const KEY = '0'.repeat(32);
const HOOK = 'https://hooks.example.com/t0ken';

/** A configuration with a page and these webhook receivers, each on a route of its own. */
function config(receivers: { readonly [name: string]: readonly object[] }, unrouted: readonly string[] = []): AlertManagerConfig {
  return AlertManagerConfig.fromString(JSON.stringify({
    route: { receiver: 'page', routes: Object.keys(receivers).filter((name) => !unrouted.includes(name)).map((receiver) => ({ receiver, matchers: [`to="${receiver}"`] })) },
    receivers: [
      { name: 'page', pagerduty_configs: [{ routing_key: KEY }] },
      ...Object.entries(receivers).map(([name, entries]) => ({ name, webhook_configs: entries })),
    ],
  }));
}

const ONE = config({ sysdig: [{ url: HOOK }] });

function bound(options: Partial<SysdigOptions> = {}, more: AmpPagerDutyAlertingProps = {}): AmpPagerDutyAlertingProps {
  return { alertManagerConfig: ONE, webhooks: { sysdig: WebhookTarget.sysdig({ region: SysdigRegion.US1, ...options }) }, ...more };
}

/** The settings of the messages for Sysdig, and the endpoints of the notify function. */
function deployed(props: AmpPagerDutyAlertingProps): { settings: unknown[]; endpoints: unknown; text: string } {
  const { template } = synthesize(props);
  const text = JSON.stringify(template.toJSON());
  const [{ Properties: { AlertManagerDefinition: definition } }] = Object.values(template.findResources('AWS::APS::Workspace'));
  const heads = [...JSON.stringify(definition).replace(/\\n/g, '\n').replace(/\\"/g, '"').matchAll(/\{"transport":"sysdig".*?(?=,"receiver")/g)];
  const functions = Object.values(template.findResources('AWS::Lambda::Function')) as Array<{ Properties: { Environment: { Variables: Record<string, string> } } }>;
  const endpoints = functions.map(({ Properties }) => Properties.Environment.Variables.SYSDIG_ENDPOINTS).find((each) => each !== undefined);
  return {
    settings: heads.map(([head]) => (JSON.parse(`${head}}`) as { settings: unknown }).settings),
    endpoints: endpoints === undefined ? undefined : JSON.parse(endpoints),
    text,
  };
}

/** The warnings about webhooks. */
function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('webhook-')).map(({ entry }) => String(entry.data));
}

/** The codes and places of the findings that the props are refused with. */
function told(props: AmpPagerDutyAlertingProps): string[] {
  return refusal(props).findings.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code} ${path}`);
}

test('a receiver that is bound to Sysdig Monitor needs no URL, and names its token', () => {
  const { settings, endpoints, text } = deployed(bound());
  expect(settings).toEqual([{ endpoint: 'us1', token: { secret: 'sysdig/sysdig' }, defaultSeverity: 3 }]);
  expect(endpoints).toEqual({ us1: { url: 'https://app.sysdigcloud.com/api/v2/events/' } });
  expect(text).not.toContain('t0ken');
  expect(text).not.toContain('webhook/0');
});

const BROKEN_URL = '{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "https://x.example.com/{{ .CommonLabels.x.y | nofunc }}"}]}]}';

test('a mistake in the template of a URL that is not used is no finding', () => {
  const alertManagerConfig = AlertManagerConfig.fromString(BROKEN_URL);
  synthesize({ alertManagerConfig, webhooks: { a: WebhookTarget.sysdig({ region: SysdigRegion.US1 }) } });
  // The same object without the target: nothing of the other app is remembered.
  expect(refusal({ alertManagerConfig }).findings.map(({ code }) => code)).toEqual(['template-function-unknown', 'template-field-unknown']);
});

test('a receiver that is not bound still posts to its own server', () => {
  const { text, endpoints } = deployed(bound({}, { alertManagerConfig: config({ sysdig: [{ url: HOOK }], other: [{ url: HOOK }] }) }));
  expect(text).toContain('other/webhook/0');
  expect(text).not.toContain('sysdig/webhook/0');
  expect(endpoints).toHaveProperty('us1');
  expect(deployed({ alertManagerConfig: ONE })).toMatchObject({ settings: [], endpoints: undefined });
});

test('options and fields of the entry reach the message', () => {
  const alertManagerConfig = config({ sysdig: [{ url: HOOK, max_alerts: 5, timeout: '7s', send_resolved: false }] });
  const { settings, text } = deployed(bound({
    tokenName: 'token', scope: { host: 'host.hostName' }, severities: { ' Page ': 1, 'ticket': 5 }, defaultSeverity: 0,
  }, { alertManagerConfig }));
  expect(settings).toEqual([{
    endpoint: 'us1', token: { secret: 'token' }, scope: { host: 'host.hostName' }, severities: { page: 1, ticket: 5 }, defaultSeverity: 0, maxAlerts: 5, timeoutMs: 7000,
  }]);
  expect(text).toContain('send_resolved: false');
});

test.each(Object.entries({
  US1: 'app.sysdigcloud.com',
  US2: 'us2.app.sysdig.com',
  US3: 'app.us3.sysdig.com',
  US4: 'app.us4.sysdig.com',
  EU1: 'eu1.app.sysdig.com',
  EU2: 'app.eu2.sysdig.com',
  AU1: 'app.au1.sysdig.com',
  IN1: 'app.in1.sysdig.com',
  ME2: 'app.me2.sysdig.com',
  JP1: 'app.jp1.sysdig.com',
} as const))('%s is at %s', (name, host) => {
  expect(SysdigRegion[name as 'US1'].url).toBe(`https://${host}`);
});

test('regions of one name are distinguished, and an endpoint is known once', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const ibm = (instanceId: string): SysdigRegion => SysdigRegion.ibm({ location: 'us-south', instanceId });
  const regions = [SysdigRegion.endpoint('https://one.example.com/'), SysdigRegion.endpoint('https://two.example.com'), ibm('1'), ibm('2'), ibm('1')];
  const { endpoints } = deployed({
    alertManagerConfig: config(Object.fromEntries(names.map((name) => [name, [{ url: HOOK }]]))),
    webhooks: Object.fromEntries(names.map((name, index) => [name, WebhookTarget.sysdig({ region: regions[index] })])),
  });
  const ibmEndpoint = (instanceId: string): object => ({
    url: 'https://us-south.monitoring.cloud.ibm.com/api/v2/events/', ibm: { tokenUrl: 'https://iam.cloud.ibm.com/identity/token', instanceId },
  });
  expect(endpoints).toEqual({
    'custom': { url: 'https://one.example.com/api/v2/events/' },
    'custom-2': { url: 'https://two.example.com/api/v2/events/' },
    'ibm-us-south': ibmEndpoint('1'),
    'ibm-us-south-2': ibmEndpoint('2'),
  });
});

describe('refused', () => {
  test.each<[string, AmpPagerDutyAlertingProps, string[]]>([
    ['a receiver that does not exist', { ...bound(), webhooks: { Sysdig: WebhookTarget.sysdig({ region: SysdigRegion.US1 }) } }, ['webhook-target-receiver webhooks.Sysdig']],
    ['a receiver without webhooks', { ...bound(), webhooks: { page: WebhookTarget.sysdig({ region: SysdigRegion.US1 }) } }, ['webhook-target-receiver webhooks.page']],
    ['a receiver with two', bound({}, { alertManagerConfig: config({ sysdig: [{ url: HOOK }, { url: HOOK }] }) }), ['webhook-target-receiver webhooks.sysdig']],
    ['a target without a configuration', { webhooks: bound().webhooks }, ['webhook-target-receiver webhooks.sysdig']],
    ['no target', { ...bound(), webhooks: { sysdig: 'sysdig' as unknown as WebhookTarget } }, ['webhook-target-invalid webhooks.sysdig']],
    ['no region', bound({ region: 'us1' as unknown as SysdigRegion }), ['webhook-target-invalid webhooks.sysdig']],
    ['an empty token name', bound({ tokenName: ' ' }), ['webhook-target-invalid webhooks.sysdig.tokenName']],
    ['a token name of the deployment', bound({ tokenName: Lazy.string({ produce: () => 'x' }) }), ['webhook-target-invalid webhooks.sysdig.tokenName']],
    ['a label that is none', bound({ scope: { host: 'host name' } }), ['webhook-target-invalid webhooks.sysdig.scope.host']],
    ['severities out of range', bound({ severities: { a: -1, b: 8, c: 1.5, d: NaN } }), ['a', 'b', 'c', 'd'].map((name) => `webhook-target-invalid webhooks.sysdig.severities.${name}`)],
    ['a severity that is mapped twice', bound({ severities: { A: 1, a: 2 } }), ['webhook-target-invalid webhooks.sysdig.severities.a']],
    ['a default out of range', bound({ defaultSeverity: 8 }), ['webhook-target-invalid webhooks.sysdig.defaultSeverity']],
    ['a default of the deployment', bound({ defaultSeverity: Lazy.number({ produce: () => 1 }) }), ['webhook-target-invalid webhooks.sysdig.defaultSeverity']],
    ...(['http://sysdig.example.com', 'sysdig.example.com', 'https://u:p@sysdig.example.com', 'https://sysdig.example.com/path', 'https://sysdig.example.com/?x'].map(
      (url): [string, AmpPagerDutyAlertingProps, string[]] => [`the endpoint ${url}`, bound({ region: SysdigRegion.endpoint(url) }), ['webhook-target-invalid webhooks.sysdig.region']])),
    ['a location that is none', bound({ region: SysdigRegion.ibm({ location: 'evil.example.com/', instanceId: '1' }) }), ['webhook-target-invalid webhooks.sysdig.region']],
    ['an instance that is none', bound({ region: SysdigRegion.ibm({ location: 'eu-de', instanceId: 'a\nb' }) }), ['webhook-target-invalid webhooks.sysdig.region']],
    ['the name of a routing key', bound({ tokenName: 'page' }), ['secret-name-taken receivers[1].webhook_configs[0]']],
  ])('%s', (_, props, findings) => {
    expect(told(props)).toEqual(findings);
  });

  test('no finding repeats credentials', () => {
    expect(JSON.stringify(refusal(bound({ region: SysdigRegion.endpoint('https://user:pass@sysdig.example.com') })).findings)).not.toMatch(/user|pass@/);
  });

  test('a name that is nearly right is suggested', () => {
    const { findings } = refusal({ ...bound(), webhooks: { Sysdig: WebhookTarget.sysdig({ region: SysdigRegion.US1 }) } });
    expect(findings.map(({ fix }) => fix)).toContain('did you mean "sysdig"? receivers with webhook_configs: sysdig');
  });

  test('more endpoints than fit into the environment of a function', () => {
    const names = Array.from({ length: 40 }, (_, index) => `r${index}`);
    const props = {
      alertManagerConfig: config(Object.fromEntries(names.map((name) => [name, [{ url: HOOK }]]))),
      webhooks: Object.fromEntries(names.map((name) => [name, WebhookTarget.sysdig({ region: SysdigRegion.endpoint(`https://${name}.example.com`) })])),
    };
    expect(told(props)).toEqual(['webhook-target-invalid webhooks']);
  });
});

describe('warned of', () => {
  test.each<[string, AmpPagerDutyAlertingProps, string]>([
    ['a receiver that no route leads to', bound({}, { alertManagerConfig: config({ sysdig: [{ url: HOOK }] }, ['sysdig']) }), 'webhook-target-unused'],
    ['an http_config', bound({}, { alertManagerConfig: config({ sysdig: [{ url: HOOK, http_config: { bearer_token: 'x' } }] }) }), 'webhook-target-field-dropped'],
    ['a payload', bound({}, { alertManagerConfig: config({ sysdig: [{ url: HOOK, payload: { a: 'b' } }] }) }), 'webhook-target-field-dropped'],
  ])('%s', (_, props, code) => {
    expect(warningsOf(synthesize(props).stack).join('\n')).toContain(`#${code} [ack: cdk-amp-pagerduty:${code}:sysdig]`);
  });

  test('nothing else: not of an address that is not used, and not of settings without effect', () => {
    const alertManagerConfig = config({ sysdig: [{ url: 'http://10.0.0.1:10000/', http_config: { follow_redirects: true } }] });
    expect(warningsOf(synthesize(bound({}, { alertManagerConfig })).stack)).toEqual([]);
  });
});

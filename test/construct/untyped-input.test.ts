import { Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import { newStack, refusal, synthesize } from './synthesized';
import {
  AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, AmpRules, Delivery, ExistingWorkspaceOptions, NewWorkspaceOptions, RoutingKeys,
  RuleGroups, SysdigRegion, WebhookTarget,
} from '../../src';
import { FindingsError } from '../../src/findings/findings-error';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012';
const RULES = RuleGroups.fromString('groups: [{name: nodes, rules: [{alert: Down, expr: up == 0}]}]');

/** What a JavaScript app can write. */
function untyped<T>(value: unknown): T {
  return value as T;
}

const existing = (options: unknown): AlertingWorkspace => AlertingWorkspace.existing(ARN, untyped<ExistingWorkspaceOptions>(options));

describe('an existing workspace', () => {
  test.each([[null], [undefined], [{}], [{ existingDefinition: null, onRemoval: null }]])('with the options %j has the defaults', (options) => {
    const { template } = synthesize({ workspace: existing(options) }, newStack(ENV));
    template.hasResourceProperties('Custom::AmpAlertManagerDefinition', { ExistingDefinition: 'REFUSE', OnRemoval: 'RESTORE' });
  });

  test('with the text of a choice is as with the enum', () => {
    const { template } = synthesize({ workspace: existing({ existingDefinition: 'REPLACE', onRemoval: 'KEEP' }) }, newStack(ENV));
    template.hasResourceProperties('Custom::AmpAlertManagerDefinition', { ExistingDefinition: 'REPLACE', OnRemoval: 'KEEP' });
  });

  test('with unknown choices is refused, with those that there are', () => {
    const { findings } = refusal({ workspace: existing({ existingDefinition: 'replace', onRemoval: 1 }) }, newStack(ENV));
    expect(findings).toMatchObject([
      { code: 'choice-unknown', message: 'workspace.existingDefinition is "replace"', fix: 'did you mean "REPLACE"? it must be one of REFUSE, REPLACE' },
      { code: 'choice-unknown', message: 'workspace.onRemoval is a value of the type number', fix: 'it must be one of RESTORE, DELETE, KEEP' },
    ]);
  });

  test.each([[null], [undefined], [{}], [[]]])('that is %j is refused', (reference) => {
    const workspace = AlertingWorkspace.existing(untyped<string>(reference));
    expect(refusal({ workspace }, newStack(ENV)).findings).toMatchObject([{ code: 'workspace-arn-invalid' }]);
  });
});

describe('a workspace of the stack', () => {
  test.each([[null], [ARN], [{ workspaceRef: { workspaceArn: ARN } }]])('that is %j is refused with the ways to give one', (value) => {
    const { findings } = refusal({ workspace: AlertingWorkspace.of(untyped<aps.CfnWorkspace>(value)) });
    expect(findings).toMatchObject([{ code: 'workspace-invalid', fix: expect.stringContaining('AlertingWorkspace.existing(workspace) for an ARN') as unknown }]);
  });
});

describe('a workspace to create', () => {
  const created = (options: unknown): AlertingWorkspace => AlertingWorkspace.create(untyped<NewWorkspaceOptions>(options));

  test.each([[null], [{ alias: null, retentionPeriod: null, encryptionKey: null, tags: null }]])('with the options %j has the defaults', (options) => {
    synthesize({ workspace: created(options) }).template.resourceCountIs('AWS::APS::Workspace', 1);
  });

  test.each([
    [{ retentionPeriod: 400 }, 'retentionPeriod is not a Duration'],
    [{ encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/1' }, 'encryptionKey is not a KMS key of the CDK'],
  ])('with the options %j is refused', (options, message) => {
    expect(refusal({ workspace: created(options) }).findings).toMatchObject([{ code: 'workspace-setting-invalid', message }]);
  });
});

describe('rules', () => {
  const INVALID: ReadonlyArray<[unknown, string]> = [
    ['rules.yml', 'rules is not a list'],
    [RULES, 'rules is not a list'],
    [[RULES, null, 'rules.yml'], 'rules[1] is not a RuleGroups'],
  ];

  test.each(INVALID)('of the construct that are %p are refused', (rules, message) => {
    expect(refusal({ rules: untyped<RuleGroups[]>(rules) })).toMatchObject({ code: 'rules-invalid', message: expect.stringContaining(message) as unknown });
  });

  test.each(INVALID)('of AmpRules that are %p are refused', (rules, message) => {
    const error = refusedRules((stack) => new AmpRules(stack, 'Rules', { workspace: ARN, rules: untyped<RuleGroups[]>(rules) }));
    expect(error).toMatchObject({ code: 'rules-invalid', message: expect.stringContaining(message) as unknown });
  });

  test('and a workspace that are null are both reported', () => {
    const { findings } = refusedRules((stack) => new AmpRules(stack, 'Rules', untyped({ workspace: null, rules: null })));
    expect(findings.map(({ code }) => code)).toEqual(['rules-invalid', 'workspace-arn-invalid']);
  });

  test.each<[string, (stack: Stack) => unknown]>([
    ['the construct instead of its workspace', (stack) => new AmpPagerDutyAlerting(stack, 'Alerting')],
    ['an AlertingWorkspace', () => AlertingWorkspace.existing(ARN)],
  ])('for %s are refused with the ways to name a workspace', (_kind, workspace) => {
    const { findings } = refusedRules((stack) => new AmpRules(stack, 'Rules', { workspace: untyped<string>(workspace(stack)), rules: [RULES] }));
    expect(findings).toMatchObject([{ code: 'workspace-arn-invalid', fix: expect.stringContaining('alerting.workspace') as unknown }]);
  });

  test('for the existing workspace of a construct in another Region are refused', () => {
    const { workspace } = new AmpPagerDutyAlerting(newStack(ENV), 'Alerting', { workspace: AlertingWorkspace.existing(ARN) });
    const { findings } = refusedRules(() => new AmpRules(newStack({ ...ENV, region: 'us-east-1' }), 'Rules', { workspace, rules: [RULES] }));
    expect(findings).toMatchObject([{ code: 'workspace-other-environment', message: expect.stringContaining('in the Region us-east-1') as unknown }]);
  });
});

describe('options that are null, as a whole or in a member, have their defaults', () => {
  const PROPS = [
    'alertManagerConfig', 'alarmActions', 'alarmThresholds', 'alarms', 'delivery', 'detailsFormat', 'emails', 'heartbeat', 'incidents', 'logRetention',
    'outputs', 'pagerDutyRegion', 'quotas', 'routingKeys', 'rules', 'webhooks', 'workspace',
  ];
  const usual = synthesize().template.toJSON();

  test.each<[string, unknown]>([
    ['all properties', null],
    ['each property', Object.fromEntries(PROPS.map((name) => [name, null]))],
    ['Delivery.relay(null)', { delivery: Delivery.relay(untyped(null)) }],
    ['the options of Delivery.relay()', { delivery: Delivery.relay(untyped({ notify: null, retryWindow: null, severities: null, topic: null, memorySize: null, vpc: null })) }],
    ['the options of notify', { delivery: Delivery.relay(untyped({ notify: { vpc: null, httpsProxy: null, allowHttp: null } })) }],
    ['thresholds and quotas', { alarmThresholds: { functionErrors: null, eventAge: null }, quotas: { routes: null, minimumRuleInterval: null } }],
  ])('%s', (_name, props) => {
    expect(synthesize(untyped(props)).template.toJSON()).toEqual(usual);
  });

  test('RuleGroups', () => {
    const text = 'groups: [{name: nodes, rules: [{alert: Down, expr: up == 0}]}]';
    const { template } = synthesize({ rules: [RuleGroups.fromString(text, untyped(null)), RuleGroups.fromString(text, { namespace: 'b', promql: untyped(null) })] });
    template.hasResourceProperties('AWS::APS::RuleGroupsNamespace', { Name: 'rules' });
  });

  test('AmpRules', () => {
    const stack = newStack(ENV);
    new AmpRules(stack, 'Rules', { workspace: ARN, rules: [RULES], quotas: untyped(null) });
    expect(refusedRules((other) => new AmpRules(other, 'Rules', untyped(null))).findings.map(({ code }) => code)).toEqual(['rules-invalid', 'workspace-arn-invalid']);
  });

  const METHODS = ['prometheusRemoteWrite', 'collectorConfig', 'alloyConfig', 'grafanaDataSources'] as const;
  test.each(METHODS)('%s', (method) => {
    const { alerting, stack } = synthesize();
    const textWith = (options: unknown): unknown => stack.resolve(alerting[method](untyped(options)));
    const asUsual = textWith(undefined);
    expect(textWith(null)).toEqual(asUsual);
    expect(textWith({ roleArn: null, externalId: null, scrapeTargets: null, plugin: null, auth: null, alertmanager: null })).toEqual(asUsual);
    expect(() => alerting[method](untyped({ roleArn: null, externalId: 'x' }))).toThrow(/external-id-without-role/);
  });

  test('addDashboard', () => {
    expect(synthesize().alerting.addDashboard(untyped(null)).node.path).toContain('Dashboard');
  });

  test('WebhookTarget.sysdig and SysdigRegion.ibm', () => {
    const alertManagerConfig = AlertManagerConfig.fromString(
      '{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "https://hooks.example.com/x"}]}]}');
    const bind = (target: WebhookTarget): string[] => refusal({ alertManagerConfig, webhooks: { a: target } }).findings.map(({ code }) => code);
    expect(bind(WebhookTarget.sysdig(untyped(null)))).toEqual(['webhook-target-invalid']);
    expect(bind(WebhookTarget.sysdig({ region: SysdigRegion.ibm(untyped(null)) }))).toEqual(['webhook-target-invalid']);
    const nulls = { region: SysdigRegion.US1, scope: untyped<undefined>(null), severities: untyped<undefined>(null) };
    synthesize({ alertManagerConfig, webhooks: { a: WebhookTarget.sysdig(nulls) } });
  });
});

describe('a property of another kind is refused with the method that makes one', () => {
  test.each<[string, unknown, string]>([
    ['alertManagerConfig', 'alertmanager.yml', 'alertManagerConfig is not an AlertManagerConfig'],
    ['delivery', { retryWindow: 5 }, 'delivery is not a Delivery'],
    ['emails', {}, 'emails is not an Emails'],
    ['pagerDutyRegion', 'eu', 'pagerDutyRegion is not a PagerDutyRegion'],
    ['routingKeys', 'k', 'routingKeys is not a RoutingKeys'],
    ['routingKeys', RoutingKeys.fromSecret(untyped('k')), 'the value given to RoutingKeys.fromSecret() is not a secret of the CDK'],
    ['alarmActions', 'arn:aws:sns:eu-west-1:111122223333:topic', 'alarmActions is not a list of alarm actions'],
    ['alarmActions', [null], 'alarmActions is not a list of alarm actions'],
  ])('%s: %p', (name, value, message) => {
    expect(refusal(untyped({ [name]: value })).findings).toMatchObject([{ code: 'property-type-invalid', message, fix: expect.stringContaining('use ') as unknown }]);
  });

  test('all of them at once', () => {
    expect(refusal(untyped({ delivery: 'x', emails: 7, alarmActions: {} })).findings).toHaveLength(3);
  });

  test('a number where a duration belongs, and rules that are not text', () => {
    const { findings } = refusal(untyped({
      delivery: Delivery.relay(untyped({ retryWindow: 5 })), quotas: { minimumRuleInterval: 10 }, rules: [RuleGroups.fromString(untyped(7))],
    }));
    expect(findings.map(({ code }) => code).sort()).toEqual(['quota-invalid', 'retry-window-invalid', 'rule-file-not-text']);
  });
});

function refusedRules(create: (stack: Stack) => unknown): FindingsError {
  try {
    create(newStack(ENV));
  } catch (error) {
    if (error instanceof FindingsError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

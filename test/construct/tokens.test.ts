import { Aws, CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { newStack, refusal, synthesize } from './synthesized';
import { AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlertingProps, Delivery, Emails, PagerDutyRegion, PagerDutySeverity, RelayOptions, RoutingKeys, RuleGroups } from '../../src';

/** Values that are known at deployment only, of every kind that CDK has. */
const TEXTS: ReadonlyArray<[kind: string, make: (stack: Stack) => string]> = [
  ['a parameter', (stack) => new CfnParameter(stack, 'Parameter').valueAsString],
  ['a lazy value', () => Lazy.string({ produce: () => 'lazy-value' })],
  ['a pseudo parameter', () => Aws.STACK_NAME],
  ['a concatenation', () => `prefix-${Aws.STACK_NAME}`],
];
const NUMBERS: ReadonlyArray<[kind: string, make: (stack: Stack) => number]> = [
  ['a parameter', (stack) => new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber],
  ['a lazy value', () => Lazy.number({ produce: () => 400 })],
  ['a reference', () => Token.asNumber({ Ref: 'Somewhere' })],
];

const MAILS = AlertManagerConfig.fromString(
  '{route: {receiver: a}, receivers: [{name: a, email_configs: [{to: a@example.com, from: b@example.com, smarthost: "mail.example.com:587"}]}]}');
const RULES = 'groups: [{name: nodes, rules: [{alert: Down, expr: up == 0}]}]';
const relay = (options: RelayOptions) => ({ delivery: Delivery.relay(options) });
const arn = (service: string, resource: string, name: string) => `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}${name}`;

/** Every prop that takes a text, and where the text has to arrive. */
const TEXT_PROPS: ReadonlyArray<[prop: string, props: (text: string, stack: Stack) => AmpPagerDutyAlertingProps, type: string, property: string]> = [
  ['workspace.alias', (alias) => ({ workspace: AlertingWorkspace.create({ alias }) }), 'AWS::APS::Workspace', 'Alias'],
  ['rules[].namespace', (namespace) => ({ rules: [RuleGroups.fromString(RULES, { namespace })] }), 'AWS::APS::RuleGroupsNamespace', 'Name'],
  ['pagerDutyRegion', (url) => ({ pagerDutyRegion: PagerDutyRegion.endpoint(url) }), 'AWS::Lambda::Function', 'Environment'],
  ['routingKeys', (name, stack) => ({
    routingKeys: RoutingKeys.fromSecret(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', arn('secretsmanager', 'secret:', `${name}-AbCdEf`))),
  }), 'AWS::Lambda::Function', 'Environment'],
  ['delivery.topic', (name, stack) => relay({ topic: sns.Topic.fromTopicArn(stack, 'Topic', arn('sns', '', name)) }), 'AWS::SNS::Subscription', 'TopicArn'],
  ['emails', (configurationSet) => ({
    alertManagerConfig: MAILS, emails: Emails.throughSes({ identity: 'example.com', configurationSet }),
  }), 'AWS::Lambda::Function', 'Environment'],
  ['delivery.encryptionKey', (name, stack) => relay({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn('kms', 'key/', name)) }), 'AWS::SQS::Queue', 'KmsMasterKeyId'],
];

const NUMBER_PROPS: ReadonlyArray<[prop: string, props: (value: number) => AmpPagerDutyAlertingProps, type: string, property: string]> = [
  ['delivery.maxConcurrency', (maxConcurrency) => relay({ maxConcurrency }), 'AWS::Lambda::EventSourceMapping', 'ScalingConfig'],
  ['delivery.memorySize', (memorySize) => relay({ memorySize }), 'AWS::Lambda::Function', 'MemorySize'],
  ['delivery.retryWindow', (seconds) => relay({ retryWindow: Duration.seconds(seconds) }), 'AWS::Lambda::Function', 'Environment'],
  ['logRetention', (days) => ({ logRetention: days as logs.RetentionDays }), 'AWS::Logs::LogGroup', 'RetentionInDays'],
];

describe.each(TEXTS)('%s as a text', (_kind, make) => {
  test.each(TEXT_PROPS)('arrives as %s', (_prop, props, type, property) => {
    const stack = newStack();
    const text = make(stack);
    expectArrival(props(text, stack), stack, type, property, stack.resolve(text));
  });
});

describe.each(NUMBERS)('%s as a number', (_kind, make) => {
  test.each(NUMBER_PROPS)('arrives as %s', (_prop, props, type, property) => {
    const stack = newStack();
    const value = make(stack);
    expectArrival(props(value), stack, type, property, stack.resolve(value));
  });
});

/** Looks for the parts of a value that CloudFormation fills in, or for the value that a lazy one has become. */
function expectArrival(props: AmpPagerDutyAlertingProps, stack: Stack, type: string, property: string, expected: unknown): void {
  const { resources } = synthesize(props, stack);
  const template = JSON.stringify(resources);
  expect(template).not.toContain('${Token[');
  expect(template).not.toMatch(/-1\.888154\d+e\+289/);

  const arrived = Object.values(resources)
    .filter((resource) => resource.Type === type)
    .map((resource) => JSON.stringify(resource.Properties?.[property]))
    .filter((text) => referencesOf(expected).every((reference) => text?.includes(reference)));
  expect(arrived).not.toEqual([]);
}

function referencesOf(value: unknown): string[] {
  const references = JSON.stringify(value).match(/\{"Ref":"[^"]+"\}/g);
  return references ?? [String(value)];
}

describe('what must be read at synthesis is refused as a token', () => {
  test.each<[string, AmpPagerDutyAlertingProps]>([
    ['the text of a configuration', { alertManagerConfig: AlertManagerConfig.fromString(Aws.STACK_NAME) }],
    ['the path of a configuration', { alertManagerConfig: AlertManagerConfig.fromFile(Aws.STACK_NAME) }],
    ['a severity to map', relay({ severities: { [Aws.STACK_NAME]: PagerDutySeverity.INFO } })],
    ['a severity to send', relay({ severities: { page: Aws.STACK_NAME as PagerDutySeverity } })],
    ['the text of rules', { rules: [RuleGroups.fromString(Aws.STACK_NAME)] }],
    ['the path of rules', { rules: [RuleGroups.fromFile(Aws.STACK_NAME)] }],
    ['a quota', { quotas: { routes: Lazy.number({ produce: () => 200 }) } }],
    ['a threshold of time', { alarmThresholds: { eventAge: Duration.seconds(Lazy.number({ produce: () => 300 })) } }],
    ['a quota of time', { quotas: { minimumRuleInterval: Duration.seconds(Lazy.number({ produce: () => 10 })) } }],
  ])('%s', (_name, props) => {
    expect(refusal(props).findings.filter((finding) => finding.severity === 'error')).toHaveLength(1);
  });
});

test('every prop is in one of the tables, or takes nothing that could be a token', () => {
  const covered = [...TEXT_PROPS, ...NUMBER_PROPS].map(([prop]) => prop.replace(/^delivery\.|[[{.].*$/g, ''));
  const resources = ['delivery', 'quotas', 'severities', 'alertManagerConfig', 'alarmActions', 'alarmThresholds', 'notify', 'webhooks'];
  const network = ['vpc', 'subnets', 'securityGroups', 'httpsProxy'];
  const choices = ['incidents', 'detailsFormat', 'alarms', 'heartbeat', 'outputs'];
  const props: Record<keyof AmpPagerDutyAlertingProps | keyof RelayOptions, true> = {
    alarmActions: true,
    alarmThresholds: true,
    alarms: true,
    alertManagerConfig: true,
    delivery: true,
    detailsFormat: true,
    emails: true,
    heartbeat: true,
    incidents: true,
    logRetention: true,
    notify: true,
    outputs: true,
    pagerDutyRegion: true,
    quotas: true,
    routingKeys: true,
    rules: true,
    workspace: true,
    encryptionKey: true,
    maxConcurrency: true,
    memorySize: true,
    retryWindow: true,
    severities: true,
    topic: true,
    vpc: true,
    webhooks: true,
    subnets: true,
    securityGroups: true,
    httpsProxy: true,
  };
  expect([...covered, ...resources, ...network, ...choices].sort()).toEqual(Object.keys(props).sort());
});

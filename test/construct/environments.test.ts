import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { App, Environment, Stack } from 'aws-cdk-lib';
import { circleIn } from './dependency-graph';
import { newStack, Resource, synthesize, templateOf } from './synthesized';
import { AlertManagerConfig, AlertingWorkspace, AmpPagerDutyAlerting, ExistingDefinition, RuleGroups } from '../../src';

const EXAMPLE = join(__dirname, '..', '..', 'examples', 'node-exporter');

const RULES = 'groups: [{name: nodes, rules: [{alert: Down, expr: up == 0}]}]';

describe.each<[string, Environment | undefined]>([
  ['a stack without environment', undefined],
  ['aws', { account: '123456789012', region: 'eu-central-1' }],
  ['aws-cn', { account: '123456789012', region: 'cn-north-1' }],
  ['aws-us-gov', { account: '123456789012', region: 'us-gov-west-1' }],
])('in %s', (_name, env) => {
  const { template, resources } = synthesize({ rules: [RuleGroups.fromString(RULES)] }, newStack(env));
  const text = JSON.stringify(template.toJSON());

  test('no ARN names a partition of its own', () => {
    expect(text).not.toMatch(/arn:aws/);
  });

  test('the topic is in the region of the workspace', () => {
    const [workspace] = Object.values(resources).filter((resource) => resource.Type === 'AWS::APS::Workspace');
    const definition = JSON.stringify(workspace.Properties?.AlertManagerDefinition);
    expect(definition).toContain('sigv4');
    expect(definition).toContain(env?.region ?? '{"Ref":"AWS::Region"}');
  });

  test('service principals are those of the service, whatever the partition', () => {
    const principals = [...text.matchAll(/"Service":"([^"]+)"/g)].map((match) => match[1]);
    expect([...new Set(principals)].sort()).toEqual(['aps.amazonaws.com', 'lambda.amazonaws.com', 'sns.amazonaws.com']);
  });
});

test('two of them live in one stack, and create nothing outside of themselves', () => {
  const stack = newStack();
  const before = new Set(stack.node.findAll());
  const both = ['First', 'Second'].map((id) => new AmpPagerDutyAlerting(stack, id, { outputs: true, rules: [RuleGroups.fromString(RULES)] }));
  const outside = stack.node.findAll().filter((node) => !before.has(node) && !both.some((own) => own.node.findAll().includes(node)));
  expect(outside.map((node) => node.node.path)).toEqual([]);

  const { template, resources } = templateOf(stack);
  template.resourceCountIs('AWS::APS::Workspace', 2);
  const names = Object.values(resources).flatMap(({ Properties: properties }) => [properties?.LogGroupName ?? properties?.Alias ?? []].flat());
  expect(new Set(names.map((value) => JSON.stringify(value))).size).toBe(names.length);
  expect(names).toHaveLength(4);
});

test('resources that hold something keep their logical ids: another id would be another resource', () => {
  const { resources } = synthesize({ rules: [RuleGroups.fromString(RULES, { namespace: 'nodes' })] });
  expect(statefulIdsIn(resources)).toEqual([
    'AlertingHeartbeatcdkamppagerdutyheartbeat68B178D8',
    'AlertingRelayDeliverLogsBC3F4F40',
    'AlertingRelayQueuesEventsB9104A7D',
    'AlertingRelayQueuesUndeliveredE2F3142A',
    'AlertingRelayQueuesUnreceived4AB38BE6',
    'AlertingRelayReceiveLogs607297C1',
    'AlertingRelayRoutingKeysCC26654A',
    'AlertingRelayTopicNotificationsB8477AEC',
    'AlertingRelayWatermarks569D0C42',
    'AlertingRulesnodesDFF4C017',
    'AlertingWorkspace701CD50E',
    'AlertingWorkspaceLogsBC281B7F',
  ]);
});

test('resources of other receivers keep their logical ids, too', () => {
  const alertManagerConfig = AlertManagerConfig.fromString(`
route: { receiver: hook }
receivers:
  - name: hook
    webhook_configs: [{ url: https://hooks.example.com/ }]
    pagerduty_configs: [{ routing_key: 0123456789abcdef0123456789abcdef }]
`);
  const withPages = statefulIdsIn(synthesize().resources);
  const added = statefulIdsIn(synthesize({ alertManagerConfig }).resources).filter((id) => !withPages.includes(id));

  expect(added).toEqual([
    'AlertingRelayNotifyLogs5BACFEFE',
    'AlertingRelayNotifyNotifications67414C11',
    'AlertingRelayNotifyUndeliveredB097AA09',
  ]);
});

test('what keeps the definition of an existing workspace keeps its logical ids: another id would lose the definition to restore', () => {
  const workspace = AlertingWorkspace.existing('arn:aws:aps:eu-central-1:123456789012:workspace/ws-12345678-1234-1234-1234-123456789012', {
    existingDefinition: ExistingDefinition.REPLACE,
  });
  const withWorkspace = statefulIdsIn(synthesize({}, newStack({ account: '123456789012', region: 'eu-central-1' })).resources);
  const existing = statefulIdsIn(synthesize({ workspace }, newStack({ account: '123456789012', region: 'eu-central-1' })).resources);

  expect(withWorkspace.filter((id) => !existing.includes(id))).toEqual(['AlertingWorkspace701CD50E', 'AlertingWorkspaceLogsBC281B7F']);
  expect(existing.filter((id) => !withWorkspace.includes(id))).toEqual([
    'AlertingWorkspaceDefinitionAED47AE3',
    'AlertingWorkspaceDefinitionProviderLogsCF801645',
    'AlertingWorkspaceDefinitionReplaced43583F87',
  ]);
});

const STATEFUL = [
  'AWS::APS::Workspace', 'AWS::APS::RuleGroupsNamespace', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup',
  'AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'Custom::AmpAlertManagerDefinition',
];

function statefulIdsIn(resources: Record<string, Resource>): string[] {
  return Object.entries(resources).filter(([, { Type }]) => STATEFUL.includes(Type)).map(([id]) => id).sort();
}

test('a namespace in front of others does not replace them', () => {
  const idsOf = (names: string[]) => {
    const { template } = synthesize({ rules: names.map((namespace) => RuleGroups.fromString(RULES, { namespace })) });
    return Object.keys(template.findResources('AWS::APS::RuleGroupsNamespace'));
  };
  expect(idsOf(['new', 'first', 'second'])).toEqual(expect.arrayContaining(idsOf(['first', 'second'])));
});

describe('CloudFormation', () => {
  test('can create the resources one after the other', () => {
    const { resources } = synthesize({ rules: [RuleGroups.fromString(RULES)], outputs: true });
    expect(circleIn(resources)).toBeUndefined();
  });

  test('would be told of a circle', () => {
    expect(circleIn({
      A: { Type: 'T', Properties: { b: { Ref: 'B' } } },
      B: { Type: 'T', DependsOn: 'C' },
      C: { Type: 'T', Properties: { text: { 'Fn::Sub': 'x-${A.Arn}' } } },
    })).toEqual(['A', 'B', 'C', 'A']);
  });
});

test('two syntheses of the same files in different places give the same bytes', () => {
  const places = ['first', 'second'].map((name) => mkdtempSync(join(tmpdir(), `deterministic-${name}-`)));
  try {
    const [first, second] = places.map((place) => {
      cpSync(EXAMPLE, join(place, 'source'), { recursive: true });
      const app = new App({ outdir: join(place, 'out'), analyticsReporting: false });
      new AmpPagerDutyAlerting(new Stack(app, 'Stack'), 'Alerting', {
        alertManagerConfig: AlertManagerConfig.fromFile(join(place, 'source', 'alertmanager.yml')),
        rules: [RuleGroups.fromFile(join(place, 'source', 'rules.yml'))],
      });
      app.synth();
      return filesIn(join(place, 'out'));
    });
    expect(Object.keys(first)).toEqual(expect.arrayContaining(['Stack.template.json', 'Stack.assets.json']));
    expect(second).toEqual(first);
  } finally {
    places.forEach((place) => rmSync(place, { recursive: true }));
  }
});

/** Every file of a cloud assembly by its path. */
function filesIn(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(folder, file), readFileSync(file, 'utf8')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { createHash } from 'crypto';
import { gunzipSync } from 'zlib';
import { App, Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as aps from 'aws-cdk-lib/aws-aps';
import { circleIn, createdBefore } from './dependency-graph';
import { newStack, refusal, Resource, synthesize, Synthesized, templateOf } from './synthesized';
import {
  AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, ExistingDefinition, ExistingWorkspaceOptions, OnRemoval, RuleGroups,
} from '../../src';

const ID = 'ws-12345678-1234-1234-1234-123456789012';
const ARN = `arn:aws:aps:eu-west-1:111122223333:workspace/${ID}`;
const ENV = { account: '111122223333', region: 'eu-west-1' };
const RULES = 'groups: [{name: nodes, rules: [{alert: Down, expr: up == 0}]}]';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

function existing(options?: ExistingWorkspaceOptions): Synthesized {
  return synthesize({ workspace: AlertingWorkspace.existing(ARN, options), rules: [RuleGroups.fromString(RULES)] }, newStack(ENV));
}

function customResource({ resources }: { resources: Record<string, Resource> }): [id: string, resource: Resource] {
  const found = Object.entries(resources).find(([, { Type }]) => Type === 'Custom::AmpAlertManagerDefinition');
  if (found === undefined) {
    throw new Error('no custom resource');
  }
  return found;
}

function definitionIn(synthesized: Synthesized): string {
  return gunzipSync(Buffer.from(String(customResource(synthesized)[1].Properties?.Definition), 'base64')).toString('utf8');
}

describe('an existing workspace', () => {
  const synthesized = existing();
  const { stack, alerting, resources, template } = synthesized;
  const [id, resource] = customResource(synthesized);

  test('is not created, and neither is its logging', () => {
    template.resourceCountIs('AWS::APS::Workspace', 0);
    expect(Object.values(resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup').map(({ Properties }) => Properties?.LogGroupName)).toEqual([undefined, undefined, undefined]);
  });

  test('is known by ARN, id, and endpoint', () => {
    const { workspaceArn, workspaceId, cfnWorkspace } = alerting.workspace;
    expect({ workspaceArn, workspaceId, cfnWorkspace }).toEqual({ workspaceArn: ARN, workspaceId: ID });
    expect(stack.resolve(alerting.prometheusEndpoint))
      .toEqual({ 'Fn::Join': ['', ['https://aps-workspaces.eu-west-1.', { Ref: 'AWS::URLSuffix' }, `/workspaces/${ID}/api/v1/`]] });
  });

  test('gets the definition compressed, with its digest in clear and the values of the deployment beside it', () => {
    const text = definitionIn(synthesized);
    expect(text).toContain('alertmanager_config: |');
    expect(text).not.toContain('${Token[');
    const { Values: values, DefinitionSha256: digest, ...rest } = resource.Properties ?? {};
    expect(digest).toBe(createHash('sha256').update(text).digest('hex'));
    expect(Object.values(values as object)).toEqual([stack.resolve(alerting.relay.topic.topicArn)]);
    Object.keys(values as object).forEach((placeholder) => expect(text).toContain(placeholder));
    expect(rest).toMatchObject({ WorkspaceId: ID, ExistingDefinition: 'REFUSE', OnRemoval: 'RESTORE', ServiceTimeout: 900 });
    expect(rest).not.toHaveProperty('BackupBucket');
  });

  test('gets the definition when all that delivers exists, and the rules after it', () => {
    const before = (target: string) => [...createdBefore(target, resources)].map((other) => resources[other].Type);
    expect(before(id)).toEqual(expect.arrayContaining([
      'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription', 'AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping', 'AWS::IAM::Policy',
    ]));
    const [rules] = Object.keys(template.findResources('AWS::APS::RuleGroupsNamespace'));
    expect(before(rules)).toContain('Custom::AmpAlertManagerDefinition');
    expect(circleIn(resources)).toBeUndefined();
  });

  test('has its rules as resources of CloudFormation', () => {
    template.hasResourceProperties('AWS::APS::RuleGroupsNamespace', { Workspace: ARN });
  });

  test('may publish, and no other workspace', () => {
    const [{ Properties: properties }] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
    expect(JSON.stringify(properties)).toContain(`"aws:SourceArn":"${ARN}"`);
  });
});

test('the same configuration gives the same bytes', () => {
  expect(existing().template.toJSON()).toEqual(existing().template.toJSON());
});

describe('the permissions of the function', () => {
  const statementsOf = ({ resources }: Synthesized) => Object.entries(resources)
    .filter(([name, { Type }]) => Type === 'AWS::IAM::Policy' && name.includes('WorkspaceDefinitionProvider'))
    .flatMap(([, { Properties }]) => (Properties?.PolicyDocument as { Statement: Statement[] }).Statement);
  const DEFINITION = {
    Effect: 'Allow',
    Action: ['aps:CreateAlertManagerDefinition', 'aps:DescribeAlertManagerDefinition', 'aps:PutAlertManagerDefinition', 'aps:DeleteAlertManagerDefinition'],
    Resource: ARN,
  };
  const LOGS = expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }) as unknown;

  test('cover the definition of the one workspace and its own log; nothing else', () => {
    expect(statementsOf(existing())).toEqual([LOGS, DEFINITION]);
  });

  test('with REPLACE, also the copies for this workspace in its own bucket', () => {
    const synthesized = existing({ existingDefinition: ExistingDefinition.REPLACE });
    const [bucket] = Object.keys(synthesized.template.findResources('AWS::S3::Bucket'));
    const arn = { 'Fn::GetAtt': [bucket, 'Arn'] };
    const stack = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    const object = (name: string) => ({ 'Fn::Join': ['', [arn, `/${ID}/`, stack, `/${name}`]] });
    expect(statementsOf(synthesized)).toEqual([
      LOGS,
      DEFINITION,
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [object('original.yml'), object('edited.yml')] },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: arn },
    ]);
  });

  test.each([[ExistingDefinition.REFUSE], [ExistingDefinition.REPLACE]])('with %s, do not reach rules, metrics, or the workspace itself', (existingDefinition) => {
    const actions = statementsOf(existing({ existingDefinition })).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /\*|Workspace$|RuleGroups|RemoteWrite|Query|DeleteObject|DeleteBucket/.test(action))).toEqual([]);
  });
});

describe('copies of replaced definitions', () => {
  test('are kept in a private, versioned, encrypted bucket that stays', () => {
    const { template } = existing({ existingDefinition: ExistingDefinition.REPLACE });
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
  });

  test('have no bucket when nothing can be replaced', () => {
    existing({ existingDefinition: ExistingDefinition.REFUSE }).template.resourceCountIs('AWS::S3::Bucket', 0);
  });
});

test.each([
  [OnRemoval.KEEP, 'RetainExceptOnCreate'],
  [OnRemoval.RESTORE, undefined],
  [OnRemoval.DELETE, undefined],
])('%s has the deletion policy %s', (onRemoval, policy) => {
  expect(customResource(existing({ onRemoval }))[1].DeletionPolicy).toBe(policy);
});

describe('a workspace is taken', () => {
  const ofRegion = (region: string) => ({ 'Fn::Join': ['', [`https://aps-workspaces.${region}.`, { Ref: 'AWS::URLSuffix' }, `/workspaces/${ID}/api/v1/`]] });

  test('by its id, in the account and Region of the stack', () => {
    const { stack, alerting } = synthesize({ workspace: AlertingWorkspace.existing(ID) }, newStack(ENV));
    expect(stack.resolve(alerting.workspace.workspaceArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:aps:eu-west-1:111122223333:workspace/${ID}`]] });
    expect(stack.resolve(alerting.prometheusEndpoint)).toEqual(ofRegion('eu-west-1'));
  });

  test('by an ARN with tokens for account and Region', () => {
    const arn = `arn:${Aws.PARTITION}:aps:${Aws.REGION}:${Aws.ACCOUNT_ID}:workspace/${ID}`;
    const { stack, alerting } = synthesize({ workspace: AlertingWorkspace.existing(arn) });
    expect(alerting.workspace.workspaceId).toBe(ID);
    expect(JSON.stringify(stack.resolve(alerting.prometheusEndpoint))).toContain('{"Ref":"AWS::Region"}');
  });

  test('by an ARN that only the deployment knows', () => {
    const stack = newStack();
    const arn = new CfnParameter(stack, 'WorkspaceArn').valueAsString;
    const { alerting } = synthesize({ workspace: AlertingWorkspace.existing(arn) }, stack);
    const id = { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'WorkspaceArn' }] }] };
    const { workspaceArn, workspaceId } = alerting.workspace;
    expect(stack.resolve({ workspaceArn, workspaceId })).toEqual({ workspaceArn: { Ref: 'WorkspaceArn' }, workspaceId: id });
    expect(templateOf(stack).resources).toBeDefined();
  });

  test('by an export of another stack', () => {
    const { alerting, stack } = synthesize({ workspace: AlertingWorkspace.existing(Fn.importValue('WorkspaceArn')) });
    expect(stack.resolve(alerting.workspace.workspaceArn)).toEqual({ 'Fn::ImportValue': 'WorkspaceArn' });
  });

  test('by the CfnWorkspace of another stack of the app, without a circle between the stacks', () => {
    const app = new App();
    const theirs = new Stack(app, 'Theirs', { env: ENV });
    const workspace = new aps.CfnWorkspace(theirs, 'Workspace');
    const ours = new Stack(app, 'Ours', { env: ENV });
    new AmpPagerDutyAlerting(ours, 'Alerting', { workspace: AlertingWorkspace.existing(workspace) });
    app.synth();
    expect(JSON.stringify(Template.fromStack(ours).toJSON())).toContain('"Fn::ImportValue":"Theirs:ExportsOutputFnGetAttWorkspaceArn');
    expect(Template.fromStack(theirs).findResources('AWS::APS::Workspace')).not.toHaveProperty('Workspace.Properties');
  });

  test('by any IWorkspaceRef', () => {
    const reference = { workspaceRef: { workspaceArn: ARN } } as aps.IWorkspaceRef;
    expect(synthesize({ workspace: AlertingWorkspace.existing(reference) }, newStack(ENV)).alerting.workspace.workspaceId).toBe(ID);
  });
});

describe('refused with the way out', () => {
  test.each([
    ['my-workspace'],
    ['arn:aws:sns:eu-west-1:111122223333:topic'],
    ['arn:aws:aps:eu-west-1:111122223333:rulegroupsnamespace/ws-1/nodes'],
    [''],
    [`${ARN}\n`],
    ['arn:aws:aps:eu-west-1:111122223333:workspace/*'],
    [42 as unknown as string],
  ])('%j, which is not a workspace', (reference) => {
    const error = refusal({ workspace: AlertingWorkspace.existing(reference) }, newStack(ENV));
    expect(error.findings).toMatchObject([{ code: 'workspace-arn-invalid', fix: expect.stringContaining('give its ARN') as unknown }]);
  });

  test.each([
    ['Region', { account: '111122223333', region: 'us-east-1' }],
    ['account', { account: '999999999999', region: 'eu-west-1' }],
  ])('a workspace of another %s', (kind, env) => {
    const error = refusal({ workspace: AlertingWorkspace.existing(ARN) }, newStack(env));
    expect(error.findings).toMatchObject([{ code: 'workspace-other-environment', message: expect.stringContaining(`in the ${kind}`) as unknown }]);
  });

  test('a workspace of the app that has a definition', () => {
    const app = new App();
    const workspace = new aps.CfnWorkspace(new Stack(app, 'Theirs'), 'Workspace', { alertManagerDefinition: 'alertmanager_config: |' });
    expect(refusal({ workspace: AlertingWorkspace.existing(workspace) }, new Stack(app, 'Ours')).code).toBe('workspace-has-definition');
  });

  test('a second construct on the same workspace', () => {
    const stack = newStack(ENV);
    new AmpPagerDutyAlerting(stack, 'First', { workspace: AlertingWorkspace.existing(ARN) });
    expect(refusal({ workspace: AlertingWorkspace.existing(ARN) }, stack)).toMatchObject({ code: 'workspace-shared' });
  });

  test('a second construct on the same workspace, which is given by its id', () => {
    const stack = newStack(ENV);
    new AmpPagerDutyAlerting(stack, 'First', { workspace: AlertingWorkspace.existing(ARN) });
    expect(refusal({ workspace: AlertingWorkspace.existing(ARN.split('/')[1]) }, stack)).toMatchObject({ code: 'workspace-shared' });
  });

  test('a workspace whose definition a construct of the app writes, whoever comes first and however it is given', () => {
    const app = new App();
    const [theirs, ours] = ['Theirs', 'Ours'].map((id) => new Stack(app, id, { env: ENV }));
    const workspace = new aps.CfnWorkspace(theirs, 'Workspace');
    new AmpPagerDutyAlerting(ours, 'First', { workspace: AlertingWorkspace.existing(workspace) });
    expect(refusal({ workspace: AlertingWorkspace.of(workspace) }, theirs)).toMatchObject({ code: 'workspace-shared' });

    const { workspace: created } = new AmpPagerDutyAlerting(theirs, 'Created');
    const second = (reference: string) => refusal({ workspace: AlertingWorkspace.existing(reference) }, new Stack(app, 'Second', { env: ENV }));
    expect(second(created.workspaceArn)).toMatchObject({ code: 'workspace-shared', message: expect.stringContaining('Theirs/Created writes') as unknown });
  });

  test('a definition that stays over 200 kB compressed', () => {
    const noise = Array.from({ length: 9000 }, (_, index) => createHash('sha256').update(String(index)).digest('hex').slice(0, 40)).join(' ');
    const config = (text: string) => AlertManagerConfig.fromString(`
route: {receiver: pager}
receivers:
  - name: pager
    pagerduty_configs:
      - routing_key: key
        description: '${text}'
`);
    const props = (text: string) => ({ alertManagerConfig: config(text), workspace: AlertingWorkspace.existing(ARN) });
    expect(refusal(props(noise), newStack(ENV))).toMatchObject({ code: 'definition-too-large', message: expect.stringContaining('after compression') as unknown });
    synthesize(props('short '.repeat(10_000)), newStack(ENV));
  });
});

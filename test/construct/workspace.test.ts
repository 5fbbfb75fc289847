import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { App, Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { idOf, newStack, refusal, synthesize, templateOf } from './synthesized';
import { AlertingWorkspace, AmpPagerDutyAlerting } from '../../src';

const ARN = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012';

describe('a workspace that the construct creates', () => {
  const { stack, alerting, resources } = synthesize();
  const workspace = resources[idOf(stack, alerting.workspace.workspaceArn)];

  test('is kept, because it holds the metrics', () => {
    expect(workspace.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(workspace.UpdateReplacePolicy).toBe('Retain');
  });

  test('has an alert manager definition that publishes to the topic', () => {
    const definition = JSON.stringify(workspace.Properties?.AlertManagerDefinition);
    expect(definition).toContain(JSON.stringify(stack.resolve(alerting.relay.topic.topicArn)));
    expect(definition).toContain('alertmanager_config: |');
  });

  test('logs to a group of its own, with the prefix that AMP asks for, named after the stack', () => {
    const [id, attribute] = (workspace.Properties?.LoggingConfiguration as Logging).LogGroupArn['Fn::GetAtt'];
    expect(attribute).toBe('Arn');
    expect(resources[id].Properties).toEqual({
      LogGroupName: { 'Fn::Join': ['', ['/aws/vendedlogs/prometheus/', { Ref: 'AWS::StackName' }, expect.stringMatching(/^\/[\w]+$/)]] },
      RetentionInDays: 90,
    });
  });

  test('is named after its place in the app', () => {
    expect(workspace.Properties?.Alias).toMatch(/^Stack-Alerting-Workspace-[0-9A-F]{8}$/);
  });
});

interface Logging {
  readonly LogGroupArn: { readonly 'Fn::GetAtt': [string, string] };
}

test('alias, removal policy and retention are as the user says', () => {
  const { template } = synthesize({
    workspace: AlertingWorkspace.create({ alias: 'production', removalPolicy: RemovalPolicy.DESTROY }),
    logRetention: logs.RetentionDays.ONE_WEEK,
  });
  template.hasResource('AWS::APS::Workspace', { Properties: { Alias: 'production' }, DeletionPolicy: 'Delete' });
  template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
});

test.each([[1], [100]])('an alias of %d characters is allowed', (length) => {
  const alias = 'a'.repeat(length);
  synthesize({ workspace: AlertingWorkspace.create({ alias: alias }) }).template.hasResourceProperties('AWS::APS::Workspace', { Alias: alias });
});

test.each([[0], [101]])('an alias of %d characters is refused', (length) => {
  expect(refusal({ workspace: AlertingWorkspace.create({ alias: 'a'.repeat(length) }) }).code).toBe('workspace-alias-invalid');
});

test('an alias that is known at deployment only is allowed', () => {
  synthesize({ workspace: AlertingWorkspace.create({ alias: Aws.STACK_NAME }) }).template.hasResourceProperties('AWS::APS::Workspace', { Alias: { Ref: 'AWS::StackName' } });
});

describe('a workspace of the user', () => {
  test('gets the definition and logging, and is the only one', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine', { alias: 'mine' });
    const { template, alerting } = synthesize({ workspace: AlertingWorkspace.of(workspace) }, stack);

    template.resourceCountIs('AWS::APS::Workspace', 1);
    template.hasResource('AWS::APS::Workspace', {
      Properties: { Alias: 'mine', AlertManagerDefinition: stack.resolve(workspace.alertManagerDefinition), LoggingConfiguration: {} },
    });
    expect(alerting.workspace.cfnWorkspace).toBe(workspace);
    expect(workspace.alertManagerDefinition).toBeDefined();
  });

  test('keeps its logging', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine', { loggingConfiguration: { logGroupArn: 'arn:of:mine:*' } });
    const { template } = synthesize({ workspace: AlertingWorkspace.of(workspace) }, stack);

    template.hasResourceProperties('AWS::APS::Workspace', { LoggingConfiguration: { LogGroupArn: 'arn:of:mine:*' } });
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
  });

  test('with a definition is refused', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine', { alertManagerDefinition: 'alertmanager_config: |' });
    expect(refusal({ workspace: AlertingWorkspace.of(workspace) }, stack).code).toBe('workspace-has-definition');
    expect(workspace.alertManagerDefinition).toBe('alertmanager_config: |');
  });

  test('whose definition is changed afterwards is refused at synthesis', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const workspace = new aps.CfnWorkspace(stack, 'Mine');
    new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.of(workspace) });
    workspace.alertManagerDefinition = 'alertmanager_config: |';
    expect(() => app.synth()).toThrow(/workspace-has-definition/);
  });

  test('of another stack is refused', () => {
    const app = new App();
    const workspace = new aps.CfnWorkspace(new Stack(app, 'Theirs'), 'Mine');
    const [{ code, message, fix }] = refusal({ workspace: AlertingWorkspace.of(workspace) }, new Stack(app, 'Ours')).findings;
    expect({ code, message }).toEqual({
      code: 'workspace-other-stack', message: 'the workspace Theirs/Mine is in the stack Theirs, the construct in Ours',
    });
    for (const way of ['AlertingWorkspace.existing(workspace)', 'new AmpPagerDutyAlerting(Stack.of(workspace), …)', 'cdk import', 'CfnInclude']) {
      expect(fix).toContain(way);
    }
  });

  test('of another stack is allowed in the scope of that stack, as the error says', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine');
    new AmpPagerDutyAlerting(Stack.of(workspace), 'Alerting', { workspace: AlertingWorkspace.of(workspace) });
    expect(templateOf(stack).resources[idOf(stack, workspace.attrArn)].Properties).toHaveProperty('AlertManagerDefinition');
  });

  test('is also one that CfnInclude reads from a template', () => {
    const stack = newStack();
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'include-')), 'template.json');
    writeFileSync(file, JSON.stringify({ Resources: { Ws: { Type: 'AWS::APS::Workspace', DeletionPolicy: 'Retain', Properties: { Alias: 'prod' } } } }));
    const workspace = new CfnInclude(stack, 'Template', { templateFile: file }).getResource('Ws') as aps.CfnWorkspace;
    const { resources } = synthesize({ workspace: AlertingWorkspace.of(workspace) }, stack);

    expect(resources.Ws).toMatchObject({ Properties: { Alias: 'prod', AlertManagerDefinition: expect.anything() as unknown } });
  });
});

describe('settings of a created workspace', () => {
  test('become properties of the resource', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const { template } = synthesize({
      workspace: AlertingWorkspace.create({
        retentionPeriod: Duration.days(400),
        encryptionKey,
        ruleQueryOffset: Duration.minutes(2),
        outOfOrderTimeWindow: Duration.seconds(90),
        tags: { team: 'platform' },
      }),
    }, stack);
    template.hasResourceProperties('AWS::APS::Workspace', {
      KmsKeyArn: stack.resolve(encryptionKey.keyArn),
      WorkspaceConfiguration: { RetentionPeriodInDays: 400, RuleQueryOffsetInSeconds: 120, OutOfOrderTimeWindowInSeconds: 90 },
      Tags: [{ Key: 'team', Value: 'platform' }],
    });
  });

  test('that are left out are left to AMP', () => {
    const { template } = synthesize({ workspace: AlertingWorkspace.create() });
    const [{ Properties: properties }] = Object.values(template.findResources('AWS::APS::Workspace'));
    expect(Object.keys(properties).sort()).toEqual(['AlertManagerDefinition', 'Alias', 'LoggingConfiguration']);
  });

  test.each([
    [{ ruleQueryOffset: Duration.seconds(0) }],
    [{ ruleQueryOffset: Duration.days(1) }],
    [{ outOfOrderTimeWindow: Duration.minutes(10) }],
    [{ retentionPeriod: Duration.days(1) }],
  ])('at the end of their range are allowed: %j', (options) => {
    synthesize({ workspace: AlertingWorkspace.create(options) });
  });

  test.each([
    [{ ruleQueryOffset: Duration.seconds(86_401) }],
    [{ ruleQueryOffset: Duration.millis(1500) }],
    [{ outOfOrderTimeWindow: Duration.seconds(601) }],
    [{ retentionPeriod: Duration.hours(36) }],
    [{ retentionPeriod: Duration.days(0) }],
  ])('outside of their range are refused: %j', (options) => {
    const { findings } = refusal({ workspace: AlertingWorkspace.create(options) });
    expect(findings).toMatchObject([{ code: 'workspace-setting-invalid', path: `workspace.${Object.keys(options)[0]}` }]);
  });
});

test.each([
  ['a CfnWorkspace', (stack: Stack) => new aps.CfnWorkspace(stack, 'Mine')],
  ['a reference of the CDK', () => ({ workspaceRef: { workspaceArn: ARN } })],
  ['an ARN', () => ARN],
])('%s without AlertingWorkspace is refused with the way to give it', (_kind, make) => {
  const stack = newStack();
  const error = refusal({ workspace: make(stack) as unknown as AlertingWorkspace }, stack);
  expect(error.code).toBe('workspace-invalid');
  expect(error.message).toContain('AlertingWorkspace.of(workspace)');
});

describe('a change that loses the metrics', () => {
  test('is warned of for a workspace of the user that is not retained', () => {
    const stack = newStack();
    synthesize({ workspace: AlertingWorkspace.of(new aps.CfnWorkspace(stack, 'Mine')) }, stack);
    Annotations.fromStack(stack).hasWarning('/Stack/Alerting', Match.stringLikeRegexp('workspace-not-retained'));
  });

  test('is not possible, and not warned of, for one that is retained', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine');
    workspace.applyRemovalPolicy(RemovalPolicy.RETAIN);
    synthesize({ workspace: AlertingWorkspace.of(workspace) }, stack);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('workspace-not-retained'));
  });

  test('is refused when the key is set on the resource of a created workspace', () => {
    const app = new App();
    const alerting = new AmpPagerDutyAlerting(new Stack(app, 'Stack'), 'Alerting');
    const { cfnWorkspace } = alerting.workspace;
    if (cfnWorkspace) {
      cfnWorkspace.kmsKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
    }
    expect(() => app.synth()).toThrow(/workspace-key-changed/);
  });
});

test('outputs are there when asked for', () => {
  const { template } = synthesize({ outputs: true });
  expect(Object.keys(template.findOutputs('*')).map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort())
    .toEqual(['AlertingRemoteWriteUrl', 'AlertingRoutingKeySecretArn', 'AlertingWorkspaceId']);
});

test('the URLs belong to the workspace', () => {
  const { stack, alerting } = synthesize();
  const endpoint = { 'Fn::GetAtt': [idOf(stack, alerting.workspace.workspaceArn), 'PrometheusEndpoint'] };
  expect(stack.resolve(alerting.prometheusEndpoint)).toEqual(endpoint);
  expect(stack.resolve(alerting.remoteWriteUrl)).toEqual({ 'Fn::Join': ['', [endpoint, 'remote_write']] });
});

test('nothing is left of a construct whose props are refused but its node', () => {
  const stack = newStack();
  refusal({ workspace: AlertingWorkspace.create({ alias: '' }) }, stack);
  expect(templateOf(stack).resources).toBeUndefined();
});

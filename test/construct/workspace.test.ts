import { App, Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as logs from 'aws-cdk-lib/aws-logs';
import { idOf, newStack, refusal, synthesise, templateOf } from './synthesised';
import { AmpPagerDutyAlerting } from '../../src';

describe('a workspace that the construct creates', () => {
  const { stack, alerting, resources } = synthesise();
  const workspace = resources[idOf(stack, alerting.workspace.attrArn)];

  test('is kept, because it holds the metrics', () => {
    expect(workspace.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(workspace.UpdateReplacePolicy).toBe('Retain');
  });

  test('has an alert manager definition that publishes to the topic', () => {
    const definition = JSON.stringify(workspace.Properties?.AlertManagerDefinition);
    expect(definition).toContain(JSON.stringify(stack.resolve(alerting.topic.topicArn)));
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
  const { template } = synthesise({
    workspaceAlias: 'production',
    workspaceRemovalPolicy: RemovalPolicy.DESTROY,
    logRetention: logs.RetentionDays.ONE_WEEK,
  });
  template.hasResource('AWS::APS::Workspace', { Properties: { Alias: 'production' }, DeletionPolicy: 'Delete' });
  template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
});

test.each([[1], [100]])('an alias of %d characters is allowed', (length) => {
  const alias = 'a'.repeat(length);
  synthesise({ workspaceAlias: alias }).template.hasResourceProperties('AWS::APS::Workspace', { Alias: alias });
});

test.each([[0], [101]])('an alias of %d characters is refused', (length) => {
  expect(refusal({ workspaceAlias: 'a'.repeat(length) }).code).toBe('workspace-alias-invalid');
});

test('an alias that is known at deployment only is allowed', () => {
  synthesise({ workspaceAlias: Aws.STACK_NAME }).template.hasResourceProperties('AWS::APS::Workspace', { Alias: { Ref: 'AWS::StackName' } });
});

describe('a workspace of the user', () => {
  test('gets the definition and logging, and is the only one', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine', { alias: 'mine' });
    const { template, alerting } = synthesise({ workspace }, stack);

    template.resourceCountIs('AWS::APS::Workspace', 1);
    template.hasResource('AWS::APS::Workspace', {
      Properties: { Alias: 'mine', AlertManagerDefinition: stack.resolve(workspace.alertManagerDefinition), LoggingConfiguration: {} },
    });
    expect(alerting.workspace).toBe(workspace);
    expect(workspace.alertManagerDefinition).toBeDefined();
  });

  test('keeps its logging', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine', { loggingConfiguration: { logGroupArn: 'arn:of:mine:*' } });
    const { template } = synthesise({ workspace }, stack);

    template.hasResourceProperties('AWS::APS::Workspace', { LoggingConfiguration: { LogGroupArn: 'arn:of:mine:*' } });
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
  });

  test('with a definition is refused', () => {
    const stack = newStack();
    const workspace = new aps.CfnWorkspace(stack, 'Mine', { alertManagerDefinition: 'alertmanager_config: |' });
    expect(refusal({ workspace }, stack).code).toBe('workspace-has-definition');
    expect(workspace.alertManagerDefinition).toBe('alertmanager_config: |');
  });

  test('whose definition is changed afterwards is refused at synthesis', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const workspace = new aps.CfnWorkspace(stack, 'Mine');
    new AmpPagerDutyAlerting(stack, 'Alerting', { workspace });
    workspace.alertManagerDefinition = 'alertmanager_config: |';
    expect(() => app.synth()).toThrow(/workspace-has-definition/);
  });

  test('of another stack is refused', () => {
    const app = new App();
    const workspace = new aps.CfnWorkspace(new Stack(app, 'Theirs'), 'Mine');
    expect(refusal({ workspace }, new Stack(app, 'Ours')).code).toBe('workspace-other-stack');
  });

  test.each([
    ['workspaceAlias', { workspaceAlias: 'other' }],
    ['workspaceRemovalPolicy', { workspaceRemovalPolicy: RemovalPolicy.DESTROY }],
  ])('refuses %s, which would be ignored', (prop, props) => {
    const stack = newStack();
    const error = refusal({ ...props, workspace: new aps.CfnWorkspace(stack, 'Mine') }, stack);
    expect(error.findings).toMatchObject([{ code: 'workspace-option-conflict', path: prop }]);
  });
});

test('outputs are there when asked for', () => {
  const { template } = synthesise({ outputs: true });
  expect(Object.keys(template.findOutputs('*')).map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort())
    .toEqual(['AlertingRemoteWriteUrl', 'AlertingRoutingKeySecretArn', 'AlertingWorkspaceId']);
});

test('the URLs belong to the workspace', () => {
  const { stack, alerting } = synthesise();
  const endpoint = { 'Fn::GetAtt': [idOf(stack, alerting.workspace.attrArn), 'PrometheusEndpoint'] };
  expect(stack.resolve(alerting.prometheusEndpoint)).toEqual(endpoint);
  expect(stack.resolve(alerting.remoteWriteUrl)).toEqual({ 'Fn::Join': ['', [endpoint, 'remote_write']] });
});

test('nothing is left of a construct whose props are refused but its node', () => {
  const stack = newStack();
  refusal({ workspaceAlias: '' }, stack);
  expect(templateOf(stack).resources).toBeUndefined();
});

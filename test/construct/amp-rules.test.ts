import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as aps from 'aws-cdk-lib/aws-aps';
import { createdBefore } from './dependency-graph';
import { newStack, templateOf } from './synthesized';
import { AlertingWorkspace, AmpPagerDutyAlerting, AmpRules, RuleGroups } from '../../src';
import { FindingsError } from '../../src/findings/findings-error';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012';
const RULES = 'groups: [{name: nodes, rules: [{alert: Down, expr: up == 0}]}]';

const rules = (namespace = 'team') => [RuleGroups.fromString(RULES, { namespace })];

function findingsOf(action: () => unknown): FindingsError {
  try {
    action();
  } catch (error) {
    if (error instanceof FindingsError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('rules of another stack', () => {
  test.each([
    ['of a created workspace', () => undefined, 'Fn::ImportValue'],
    ['of an existing workspace', () => AlertingWorkspace.existing(ARN), ARN],
  ])('come to the workspace %s', (_kind, workspace, expected) => {
    const app = new App();
    const platform = new Stack(app, 'Platform', { env: ENV });
    const alerting = new AmpPagerDutyAlerting(platform, 'Alerting', { workspace: workspace(), heartbeat: false });
    const team = new Stack(app, 'Team', { env: ENV });
    const { ruleGroupsNamespaces } = new AmpRules(team, 'TeamRules', { workspace: alerting.workspace, rules: rules() });

    expect(ruleGroupsNamespaces).toHaveLength(1);
    app.synth();
    expect(JSON.stringify(Template.fromStack(team).findResources('AWS::APS::RuleGroupsNamespace'))).toContain(expected);
    Template.fromStack(platform).resourceCountIs('AWS::APS::RuleGroupsNamespace', 0);
  });

  test.each([
    ['an ARN', ARN],
    ['an id', 'ws-12345678-1234-1234-1234-123456789012'],
    ['a reference', { workspaceRef: { workspaceArn: ARN } } as aps.IWorkspaceRef],
  ])('take a workspace by %s', (_kind, workspace) => {
    const stack = newStack(ENV);
    new AmpRules(stack, 'TeamRules', { workspace, rules: rules() });
    templateOf(stack).template.resourceCountIs('AWS::APS::RuleGroupsNamespace', 1);
  });
});

test('a stack with the rules alone has nothing but the namespaces, so that cdk import can bring them there', () => {
  const stack = newStack(ENV);
  new AmpRules(stack, 'TeamRules', { workspace: ARN, rules: [...rules('nodes'), ...rules('checkout')] });
  const { resources } = templateOf(stack);
  expect(Object.values(resources).map(({ Type: type, Properties: properties }) => [type, properties?.Name, properties?.Workspace]))
    .toEqual([['AWS::APS::RuleGroupsNamespace', 'nodes', ARN], ['AWS::APS::RuleGroupsNamespace', 'checkout', ARN]]);
});

test('rules of the same stack wait for all that delivers', () => {
  const stack = newStack(ENV);
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.existing(ARN) });
  new AmpRules(stack, 'TeamRules', { workspace: alerting.workspace, rules: rules() });
  const { template, resources } = templateOf(stack);
  const [id] = Object.keys(template.findResources('AWS::APS::RuleGroupsNamespace'));
  expect([...createdBefore(id, resources)].map((other) => resources[other].Type))
    .toEqual(expect.arrayContaining(['AWS::SNS::Subscription', 'AWS::Lambda::EventSourceMapping', 'Custom::AmpAlertManagerDefinition']));
});

describe('refused', () => {
  test('a namespace that AmpRules brought before the construct', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    new AmpRules(stack, 'Team', { workspace: ARN, rules: rules() });
    const create = () => new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.existing(ARN), rules: rules() });
    expect(findingsOf(create)).toMatchObject({ code: 'namespace-duplicate', message: expect.stringContaining('Stack/Team/Rules/team brings the namespace') as unknown });
  });

  test('rules that are wrong, as by the construct', () => {
    const error = findingsOf(() => new AmpRules(newStack(), 'Team', { workspace: ARN, rules: [RuleGroups.fromString(RULES.replace('up == 0', 'up =='))] }));
    expect(error.message).toMatch(/^Stack\/Team: 1 error/);
  });

  test('a workspace that is none', () => {
    expect(findingsOf(() => new AmpRules(newStack(), 'Team', { workspace: 'production', rules: [] })).code).toBe('workspace-arn-invalid');
  });

  test('a namespace that another construct brings to the same workspace', () => {
    const app = new App();
    const alerting = new AmpPagerDutyAlerting(new Stack(app, 'Platform', { env: ENV }), 'Alerting', { rules: rules('nodes') });
    const team = new Stack(app, 'Team', { env: ENV });
    const error = findingsOf(() => new AmpRules(team, 'TeamRules', { workspace: alerting.workspace, rules: rules('nodes') }));
    expect(error.findings).toMatchObject([{ code: 'namespace-duplicate', message: expect.stringContaining('Platform/Alerting/Rules/nodes') as unknown }]);
    new AmpRules(team, 'Other', { workspace: alerting.workspace, rules: rules('other') });
  });
});

describe('a template', () => {
  const large = (count: number) => Array.from({ length: count }, (_, index) => RuleGroups.fromString(
    `groups:\n${Array.from({ length: 20 }, (_unused, group) => `  - name: g${group}\n    rules: [{alert: A, expr: up == 0, annotations: {text: "${'x'.repeat(1600)}"}}]\n`).join('')}`,
    { namespace: `large-${index}` },
  ));

  test('that is too large names the largest resources, and the way out', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');
    new AmpRules(stack, 'Large', { workspace: alerting.workspace, rules: large(35) });
    let message = '';
    try {
      app.synth();
    } catch (error) {
      message = String(error);
    }
    expect(message.match(/error: the template of Stack has/g)).toHaveLength(1);
    expect(message).toMatch(/has 1,\d{3},\d{3} bytes or more, .* definition take 1,\d{3},\d{3}; CloudFormation takes 1,000,000\. Largest: Stack\/Large\/Rules\/large-/);
    expect(message).toContain('new AmpRules(otherStack, id, { workspace: alerting.workspace, rules })');
  });

  test('counts what is beside the rules, too', () => {
    const app = new App();
    const alerting = new AmpPagerDutyAlerting(new Stack(app, 'Stack', { env: ENV }), 'Alerting', { rules: large(29) });
    expect(() => app.synth()).toThrow(/has 1,0\d{2},\d{3} bytes or more, of which rules and alert manager definition take 9\d{2},\d{3}/);

    const roomy = new App();
    new AmpRules(new Stack(roomy, 'Stack', { env: ENV }), 'Large', { workspace: ARN, rules: large(29) });
    roomy.synth();
    expect(alerting.ruleGroupsNamespaces).toHaveLength(29);
  });

  test('has room when the rules are in two stacks', () => {
    const app = new App();
    const alerting = new AmpPagerDutyAlerting(new Stack(app, 'Stack', { env: ENV }), 'Alerting');
    new AmpRules(new Stack(app, 'Other', { env: ENV }), 'Large', { workspace: alerting.workspace, rules: large(25) });
    app.synth();
  });
});

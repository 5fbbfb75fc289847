import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { newStack, templateOf } from './synthesized';
import { AmpPagerDutyAlerting } from '../../src';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const OTHER = '999988887777';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

type Grant = 'grantRemoteWrite' | 'grantQuery' | 'grantReadAlerts' | 'grantManageSilences' | 'grantPutAlerts';

const GRANTS: ReadonlyArray<[Grant, string | string[]]> = [
  ['grantRemoteWrite', 'aps:RemoteWrite'],
  ['grantQuery', ['aps:QueryMetrics', 'aps:GetSeries', 'aps:GetLabels', 'aps:GetMetricMetadata']],
  ['grantReadAlerts', [
    'aps:ListRules', 'aps:ListAlerts', 'aps:ListAlertManagerAlerts', 'aps:ListAlertManagerAlertGroups', 'aps:ListAlertManagerReceivers',
    'aps:ListAlertManagerSilences', 'aps:GetAlertManagerSilence', 'aps:GetAlertManagerStatus',
  ]],
  ['grantManageSilences', ['aps:PutAlertManagerSilences', 'aps:DeleteAlertManagerSilence']],
  ['grantPutAlerts', 'aps:CreateAlertManagerAlerts'],
];

/** The statements that name a role or the workspace, with what the construct itself needs left out. */
function granted(grant: Grant, granteeOf: (alerting: AmpPagerDutyAlerting) => iam.IGrantable) {
  const stack = newStack(ENV);
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');
  const result = alerting[grant](granteeOf(alerting));
  const { template } = templateOf(stack);
  return { stack, alerting, result, template };
}

test.each(GRANTS)('%s allows its actions on the workspace, to a role of the account', (grant, actions) => {
  const { stack, alerting, template } = granted(grant, (one) => new iam.Role(one, 'Theirs', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: stack.resolve(alerting.workspace.workspaceArn) }] },
  });
  template.resourceCountIs('AWS::APS::ResourcePolicy', 0);
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('grant-other-account'));
});

test.each<[string, (alerting: AmpPagerDutyAlerting) => iam.IGrantable]>([
  ['an account', () => new iam.AccountPrincipal(OTHER)],
  ['a role', (alerting) => iam.Role.fromRoleArn(alerting, 'Theirs', `arn:aws:iam::${OTHER}:role/prometheus`)],
  ['an ARN', () => new iam.ArnPrincipal(`arn:aws:iam::${OTHER}:role/prometheus`)],
])('%s of another account gets metrics through the one policy of the workspace', (_kind, granteeOf) => {
  const { stack, alerting, result, template } = granted('grantRemoteWrite', granteeOf);
  expect(result.success).toBe(true);
  const [policy] = Object.values(template.findResources('AWS::APS::ResourcePolicy')) as Array<{ Properties: Record<string, unknown> }>;
  const document = JSON.stringify(policy.Properties.PolicyDocument);
  expect(policy.Properties.WorkspaceArn).toEqual(stack.resolve(alerting.workspace.workspaceArn));
  expect(document).toContain('aps:RemoteWrite');
  expect(document).toContain(OTHER);
});

test('no grant reaches the workspace itself, its definition, its rules, or other workspaces', () => {
  const stack = newStack(ENV);
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');
  const role = new iam.Role(stack, 'Theirs', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  GRANTS.forEach(([grant]) => alerting[grant](role));
  const { template } = templateOf(stack);
  const [{ Properties: { PolicyDocument: { Statement: statements } } }] = Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith('Theirs')).map(([, policy]) => policy as { Properties: { PolicyDocument: { Statement: Statement[] } } });
  expect(statements.flatMap(({ Action }) => Action).filter((action) => /\*|Workspace|Definition|RuleGroups|ResourcePolicy|Logging/.test(action))).toEqual([]);
  expect(statements.map(({ Resource }) => Resource)).toEqual(statements.map(() => stack.resolve(alerting.workspace.workspaceArn) as unknown));
});

test('several grants share the policy of the workspace', () => {
  const stack = newStack(ENV);
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');
  alerting.grantRemoteWrite(new iam.AccountPrincipal(OTHER));
  alerting.grantQuery(new iam.AccountPrincipal(OTHER));
  const { template } = templateOf(stack);
  template.resourceCountIs('AWS::APS::ResourcePolicy', 1);
  const document = JSON.stringify(template.findResources('AWS::APS::ResourcePolicy'));
  expect(document).toContain('aps:RemoteWrite');
  expect(document).toContain('aps:QueryMetrics');
});

test.each(['grantReadAlerts', 'grantManageSilences', 'grantPutAlerts'] as const)('%s to another account is a warning, as AMP ignores it in the policy', (grant) => {
  const { stack, template } = granted(grant, () => new iam.AccountPrincipal(OTHER));
  template.resourceCountIs('AWS::APS::ResourcePolicy', 0);
  Annotations.fromStack(stack).hasWarning('/Stack/Alerting', Match.stringLikeRegexp('cannot be granted to a principal of another account'));
});

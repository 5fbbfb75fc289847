import { Match } from 'aws-cdk-lib/assertions';
import { idOf, refusal, synthesize } from './synthesized';
import { heartbeatEvent } from '../../lambda/receive/heartbeat';
import { AlarmName, AlertManagerConfig, AmpPagerDutyAlertingProps, RuleGroups } from '../../src';
import { Heartbeat } from '../../src/contract/heartbeat';
import { HEARTBEAT_RULES } from '../../src/heartbeat-rules';
import { snsNotification } from '../lambda/notifications';

const CONFIG = `
route:
  receiver: pager
  routes:
    - matchers: ['alertname=~".*"']
inhibit_rules:
  - source_matchers: ['severity="critical"']
    equal: [cluster]
receivers:
  - name: pager
    pagerduty_configs: [{routing_key: 0123456789abcdef0123456789abcdef}]
`;

/** The alert manager definition as one text, with its tokens as JSON. */
function definitionOf(props: AmpPagerDutyAlertingProps): string {
  const { template } = synthesize({ alertManagerConfig: AlertManagerConfig.fromString(CONFIG), ...props });
  const [workspace] = Object.values(template.findResources('AWS::APS::Workspace'));
  return ((workspace.Properties.AlertManagerDefinition as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1])
    .map((part) => (typeof part === 'string' ? part : '<token>')).join('');
}

test('the route of the heartbeat comes before those of the user, and has a receiver of its own', () => {
  const definition = definitionOf({});
  expect(definition.indexOf(`${Heartbeat.LABEL}="true"`)).toBeGreaterThan(0);
  expect(definition.indexOf(`${Heartbeat.LABEL}="true"`)).toBeLessThan(definition.indexOf('alertname=~".*"'));
  expect(definition).toContain(`name: ${Heartbeat.RECEIVER}`);
  expect(definition).toMatch(new RegExp(`message: ['"]?${Heartbeat.MESSAGE}`));
});

test('no inhibition rule of the user mutes the heartbeat, or is triggered by it', () => {
  const [, rules] = /inhibit_rules:\n([\s\S]*?)\n {2}receivers:/.exec(definitionOf({})) ?? [];
  expect(rules.match(new RegExp(`${Heartbeat.LABEL}=""`, 'g'))).toHaveLength(2);
  expect(rules).toMatch(/source_matchers:[\s\S]*severity="critical"[\s\S]*target_matchers:/);
});

test('its rule always fires, in a namespace of its own, which is not among those of the user', () => {
  const { template, alerting } = synthesize({ rules: [RuleGroups.fromString('groups: [{name: g, rules: [{alert: A, expr: up}]}]')] });
  template.resourceCountIs('AWS::APS::RuleGroupsNamespace', 2);
  template.hasResourceProperties('AWS::APS::RuleGroupsNamespace', { Name: 'cdk-amp-pagerduty-heartbeat', Data: Match.stringLikeRegexp('vector\\(1\\)') });
  expect(alerting.ruleGroupsNamespaces).toHaveLength(1);
});

test('its rule is what the reader of rule files returns for it, without a finding', () => {
  const { data, namespace } = HEARTBEAT_RULES;
  expect(RuleGroups.fromString(data, { namespace })._read()).toEqual([HEARTBEAT_RULES]);
});

test('its alarm treats missing data as breaching, after a quarter of an hour or what the user says', () => {
  const alarmOf = (props: AmpPagerDutyAlertingProps) => {
    const { stack, resources, alerting } = synthesize(props);
    return resources[idOf(stack, alerting.alarm(AlarmName.HEARTBEAT_MISSING).alarmArn)].Properties;
  };
  expect(alarmOf({})).toMatchObject({
    MetricName: 'Heartbeats', Statistic: 'Sum', Period: 300, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching',
  });
});

test.each<[string, AmpPagerDutyAlertingProps, boolean]>([
  ['by default', {}, true],
  ['without alarms', { alarms: false }, false],
  ['when it is not wanted', { heartbeat: false }, false],
  ['without alarms, when it is wanted', { alarms: false, heartbeat: true }, true],
])('%s', (_name, props, isThere) => {
  expect(definitionOf(props).includes(Heartbeat.LABEL)).toBe(isThere);
  const { template, alerting } = synthesize(props);
  template.resourceCountIs('AWS::APS::RuleGroupsNamespace', isThere ? 1 : 0);
  expect(alerting.alarms.some(({ node }) => node.id === 'HeartbeatMissing')).toBe(isThere && props.alarms !== false);
});

test('a namespace of the user must not have its name', () => {
  const rules = [RuleGroups.fromString('groups: [{name: g, rules: [{alert: A, expr: up}]}]', { namespace: 'cdk-amp-pagerduty-heartbeat' })];
  expect(refusal({ rules }).findings).toMatchObject([{ code: 'namespace-duplicate' }]);
});

test('receive knows the message of the construct, and only this one', () => {
  expect(heartbeatEvent(snsNotification(Heartbeat.MESSAGE))).toMatchObject({ isHeartbeat: true, receiver: Heartbeat.RECEIVER });
  expect(heartbeatEvent(snsNotification(`${Heartbeat.MESSAGE}!`))).toBeUndefined();
});

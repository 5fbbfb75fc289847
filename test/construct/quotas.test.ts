import { Duration, Lazy } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { refusal, synthesize } from './synthesized';
import { AlertManagerConfig, AmpPagerDutyAlertingProps, AmpQuotas, RuleGroups } from '../../src';

/** As many routes, inhibit rules, rules as given. */
function propsWith({ routes = 1, inhibitRules = 1, rules = 1, interval = '1m' }): AmpPagerDutyAlertingProps {
  return {
    heartbeat: false,
    alertManagerConfig: AlertManagerConfig.fromString(JSON.stringify({
      route: { receiver: 'a', routes: Array.from({ length: routes - 1 }, (_, index) => ({ matchers: [`to="${index}"`], receiver: 'b' })) },
      inhibit_rules: Array.from({ length: inhibitRules }, () => ({ equal: ['cluster'] })),
      receivers: [{ name: 'a', pagerduty_configs: [{ routing_key: 'k' }] }, { name: 'b' }],
    })),
    rules: [RuleGroups.fromString(JSON.stringify({
      groups: [{ name: 'g', interval, rules: Array.from({ length: rules }, (_, index) => ({ record: `r${index}`, expr: 'up' })) }],
    }))],
  };
}

function warningsOf(props: AmpPagerDutyAlertingProps): string[] {
  const { stack } = synthesize(props);
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('rule-(interval|quota)')).map(({ entry }) =>
    /\[ack: cdk-amp-pagerduty:(rule-[a-z-]+):/.exec(String(entry.data))?.[1] ?? '');
}

test('what AWS grants to everybody is checked against without the prop', () => {
  expect(refusal(propsWith({ routes: 101, inhibitRules: 101 })).findings.map(({ code }) => code).sort())
    .toEqual(['amp-too-many-inhibit-rules', 'amp-too-many-routes']);
  expect(warningsOf(propsWith({ routes: 100, inhibitRules: 100, rules: 2001, interval: '29s' })).sort()).toEqual(['rule-interval-too-short', 'rule-quota-exceeded']);
});

test('the route of the heartbeat counts', () => {
  const { findings } = refusal({ ...propsWith({ routes: 100 }), heartbeat: true });
  expect(findings).toMatchObject([{ code: 'amp-too-many-routes', message: expect.stringContaining('101 routes with the one of the heartbeat') as unknown }]);
  expect(findings[0].fix).toContain('or set heartbeat: false');
  expect(() => synthesize({ ...propsWith({ routes: 99 }), heartbeat: true })).not.toThrow();
});

test('what AWS has raised is checked against with the prop, in configuration and rules alike', () => {
  const quotas: AmpQuotas = { routes: 101, inhibitRules: 102, rules: 3, minimumRuleInterval: Duration.seconds(10) };
  expect(warningsOf({ ...propsWith({ routes: 101, inhibitRules: 102, rules: 3, interval: '10s' }), quotas })).toEqual([]);
  expect(refusal({ ...propsWith({ routes: 102, inhibitRules: 103 }), quotas }).findings.map(({ code }) => code).sort())
    .toEqual(['amp-too-many-inhibit-rules', 'amp-too-many-routes']);
  expect(warningsOf({ ...propsWith({ rules: 4, interval: '9s' }), quotas }).sort()).toEqual(['rule-interval-too-short', 'rule-quota-exceeded']);
});

const COUNTS = ['routes', 'inhibitRules', 'templates', 'rules'] as const;

describe.each(COUNTS)('the quota of %s', (name) => {
  test.each([-1, 0, 0.5, 1.5, NaN, Infinity, 2 ** 53, Lazy.number({ produce: () => 5 })])('is not %d', (value) => {
    const { findings } = refusal({ quotas: { [name]: value } });
    expect(findings.map(({ code, path }) => [code, path])).toEqual([['quota-invalid', `quotas.${name}`]]);
    expect(findings[0].message).not.toContain('e+289');
  });

  test.each([1, 2, 2 ** 53 - 1])('may be %d', (value) => {
    expect(() => synthesize({ quotas: { [name]: value }, heartbeat: false })).not.toThrow();
  });
});

test.each([
  Duration.millis(0), Duration.millis(0.5), Duration.seconds(0.0015), Duration.seconds(Lazy.number({ produce: () => 5 })),
])('the shortest interval is not %p', (minimumRuleInterval) => {
  expect(refusal({ quotas: { minimumRuleInterval } }).findings.map(({ code, path }) => [code, path])).toEqual([['quota-invalid', 'quotas.minimumRuleInterval']]);
});

test.each([Duration.millis(1), Duration.seconds(1.5), Duration.minutes(1)])('the shortest interval may be %p', (minimumRuleInterval) => {
  expect(() => synthesize({ quotas: { minimumRuleInterval } })).not.toThrow();
});

test('all that is wrong with quotas is told together', () => {
  expect(refusal({ quotas: { routes: 0, rules: -1, minimumRuleInterval: Duration.millis(0) } }).findings).toHaveLength(3);
});

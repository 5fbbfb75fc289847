import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { newStack } from './synthesized';
import { AlertManagerConfig, AmpPagerDutyAlerting, type AmpPagerDutyAlertingProps, Delivery, PagerDutySeverity, RuleGroups } from '../../src';

const PRINTED = '{{ .CommonLabels.severity }}';

function config(severity: string, routes: object[] = []): AlertManagerConfig {
  return AlertManagerConfig.fromString(JSON.stringify({
    route: { receiver: 'pager', routes },
    receivers: [{ name: 'pager', pagerduty_configs: [{ routing_key: '0'.repeat(32), severity }] }, { name: 'nobody' }],
  }));
}

function rules(alert: string, severity: string): RuleGroups[] {
  return [RuleGroups.fromString(JSON.stringify({ groups: [{ name: 'g', rules: [{ alert, expr: 'up == 0', labels: { severity } }] }] }), { namespace: 'g' })];
}

/** The severities that the construct warns about. */
function warnedOf(props: AmpPagerDutyAlertingProps): string[] {
  const stack = newStack();
  new AmpPagerDutyAlerting(stack, 'Alerting', props);
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('severity-unknown'))
    .map(({ entry }) => /the severity "(.*?)"/.exec(String(entry.data))?.[1] ?? '');
}

describe('a severity that PagerDuty does not have is a warning', () => {
  test.each<[string, AmpPagerDutyAlertingProps]>([
    ['of an alert that pages with the severity of its label', { alertManagerConfig: config(PRINTED), rules: rules('Watchdog', 'none') }],
    ['of an alert, with the default configuration', { rules: rules('Watchdog', 'none') }],
    ['in the configuration', { alertManagerConfig: config('none') }],
    ['of an alert whose route depends on labels of the expression', {
      alertManagerConfig: config(PRINTED, [{ receiver: 'nobody', matchers: ['team="x"'] }]), rules: rules('Watchdog', 'none'),
    }],
  ])('%s', (_, props) => {
    expect(warnedOf(props)).toEqual(['none']);
  });
});

describe('nothing is reported', () => {
  test.each<[string, AmpPagerDutyAlertingProps]>([
    ['of an alert that is routed to nobody', {
      alertManagerConfig: config(PRINTED, [{ receiver: 'nobody', matchers: ['alertname=~"Watchdog|InfoInhibitor"'] }]), rules: rules('Watchdog', 'none'),
    }],
    ['of a severity that the delivery maps', {
      alertManagerConfig: config(PRINTED), rules: rules('Watchdog', 'None'), delivery: Delivery.relay({ severities: { none: PagerDutySeverity.INFO } }),
    }],
    ['of a severity that the template maps', { alertManagerConfig: config(`{{ if eq .CommonLabels.severity "page" }}critical{{ else }}${PRINTED}{{ end }}`), rules: rules('A', 'page') }],
    ['where the severity is constant', { alertManagerConfig: config('critical'), rules: rules('A', 'page') }],
    ['of a severity of PagerDuty and its common names', { alertManagerConfig: config(PRINTED), rules: [...rules('A', 'critical')] }],
    ['of a template in the label', { alertManagerConfig: config(PRINTED), rules: rules('A', '{{ if gt $value 5.0 }}critical{{ else }}warning{{ end }}') }],
  ])('%s', (_, props) => {
    expect(warnedOf(props)).toEqual([]);
  });
});

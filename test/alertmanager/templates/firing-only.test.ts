import { readConfig } from '../../../src/alertmanager/read/read-config';
import { checkTemplates } from '../../../src/alertmanager/templates/check-templates';

/** Alertmanager removes resolved alerts before an entry with `send_resolved: false` is rendered, so an alert fires in each notification. */
const FIRST_FIRING = '{{ (index .Alerts.Firing 0).Labels.alertname }}';

const PAGERDUTY = { routing_key: '0123456789abcdef0123456789abcdef', description: FIRST_FIRING };
const EMAIL = { to: 'a@example.com', from: 'b@example.com', smarthost: 'mail.example.com:587', text: FIRST_FIRING };
const SLACK = { api_url: 'https://hooks.slack.com/services/T/B/x', channel: '#a', text: FIRST_FIRING };
const SNS = { topic_arn: 'arn:aws:sns:eu-west-1:111122223333:topic', sigv4: { region: 'eu-west-1' }, message: FIRST_FIRING };

function warnings(list: string, entry: object): string[] {
  const config = { route: { receiver: 'r' }, receivers: [{ name: 'r', [list]: [entry] }] };
  return checkTemplates(readConfig(JSON.stringify(config), 'alertmanager.yml'), []).map(({ code }) => code);
}

test.each([
  ['pagerduty_configs', PAGERDUTY, true],
  ['sns_configs', SNS, true],
  ['email_configs', EMAIL, false],
  ['slack_configs', SLACK, false],
])('the first firing alert in %s needs a condition if resolved alerts are sent', (list, entry, isDefault) => {
  expect(warnings(list, { ...entry, send_resolved: false })).toEqual([]);
  expect(warnings(list, { ...entry, send_resolved: true })).toEqual(['template-depends-on-data']);
  expect(warnings(list, entry)).toEqual(isDefault ? ['template-depends-on-data'] : []);
});

test('the same text in entries of both kinds is reported where resolved alerts are sent', () => {
  const config = { route: { receiver: 'r' }, receivers: [{ name: 'r', email_configs: [EMAIL, { ...EMAIL, send_resolved: true }] }] };
  const findings = checkTemplates(readConfig(JSON.stringify(config), 'alertmanager.yml'), []);

  expect(findings.map(({ path }) => path)).toEqual(['receivers[0].email_configs[1].text']);
});

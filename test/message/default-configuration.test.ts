import { type PostedAlert, RealAlertmanager, runnable } from './support/alertmanager';
import { carriedByMessage } from './support/events';
import { Loopback, until } from './support/loopback';
import { AlertManagerConfig } from '../../src/alertmanager/alert-manager-config';
import { DetailsFormat, Incidents } from '../../src/alertmanager/options';

test('the default configuration tells the on-call what they want to know', async () => {
  const loopback = await Loopback.start();
  const { definition } = AlertManagerConfig._default()._translate({
    scopePath: 'a', topicArn: 'arn:aws:sns:eu-west-1:1:a', region: 'eu-west-1', incidents: Incidents.PER_GROUP, detailsFormat: DetailsFormat.TEXT,
  });
  const files = runnable(definition, loopback.url);
  const alertmanager = await RealAlertmanager.start({ ...files, config: files.config.replace(/^route:\n/m, '$&  group_wait: 1s\n') });
  try {
    await alertmanager.post(ALERTS.map((alert) => ({ ...alert, startsAt: new Date().toISOString() })));
    await until(() => loopback.publishes.length >= 3, () => `${loopback.publishes.length} of 3 messages`);
    const events = new Map(loopback.publishes.map((publish) => [carriedByMessage(publish).class, { ...carriedByMessage(publish), publish }]));
    expect(events.get('DiskFull')).toMatchObject({
      action: 'trigger',
      summary: '[FIRING:1] DiskFull: disk of web-1 is full',
      severity: 'warning',
      component: 'web-1',
      group: 'node',
      client: 'Amazon Managed Service for Prometheus',
      clientUrl: '',
      links: [{ href: 'https://runbooks/disk', text: 'Runbook' }, { href: 'https://prometheus/graph', text: 'Prometheus' }],
      details: { summary: 'disk of web-1 is full', description: 'only\n1 % free', num_firing: '1', num_resolved: '0', resolved: '' },
    });
    expect(events.get('BurnRate')).toMatchObject({ summary: '[FIRING:2] BurnRate ', severity: 'critical', component: '', links: [] });
    expect(events.get('Plain ☎')).toMatchObject({ summary: '[FIRING:1] Plain ☎ ', severity: 'error' });
    const subjects = [...events.values()].map(({ publish }) => [publish.subject, publish.attributes.get('severity')]);
    expect(subjects.sort()).toEqual([['[FIRING:1] DiskFull', 'warning'], ['[FIRING:1] Plain ?', 'error'], ['[FIRING:2] BurnRate', 'critical']]);
  } finally {
    await alertmanager.stop();
    await loopback.stop();
  }
});

const ALERTS: readonly PostedAlert[] = [
  {
    labels: { alertname: 'DiskFull', severity: 'warning', instance: 'web-1', job: 'node' },
    annotations: { summary: 'disk of web-1 is full', description: 'only\n1 % free', runbook_url: 'https://runbooks/disk' },
    generatorURL: 'https://prometheus/graph',
  },
  { labels: { alertname: 'BurnRate', severity: 'warning', window: '6h' }, generatorURL: '/graph?g0.expr=up' },
  { labels: { alertname: 'BurnRate', severity: 'critical', window: '1h' }, generatorURL: '/graph?g0.expr=up' },
  { labels: { alertname: 'Plain ☎' } },
];

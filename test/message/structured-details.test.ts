import * as fc from 'fast-check';
import { RealAlertmanager, runnable } from './support/alertmanager';
import { asciiJson, receiver, route, translateFile } from './support/configuration';
import { carriedByMessage } from './support/events';
import { groups } from './support/generators';
import { Loopback, until } from './support/loopback';
import { DetailsFormat } from '../../src/alertmanager/options';

/** What Alertmanager posts to a webhook: its alerts have the JSON form that `toJson` has from 0.30 on. */
interface Webhook {
  readonly groupLabels: { readonly alertname: string };
  readonly alerts: ReadonlyArray<{ readonly status: string }>;
}

const ROUTE = { receiver: 'all', group_by: ['alertname'], group_wait: '2s', group_interval: '1s' };

jest.setTimeout(180_000);

test('structured details are the alerts as Alertmanager itself writes them as JSON', async () => {
  await fc.assert(fc.asyncProperty(groups(), async (alerts) => {
    const loopback = await Loopback.start();
    const { definition } = translateFile(
      { route: route(ROUTE), receivers: [receiver('all', { routing_key: 'k' })] },
      { detailsFormat: DetailsFormat.STRUCTURED },
    );
    const webhook = { route: ROUTE, receivers: [{ name: 'all', webhook_configs: [{ url: `${loopback.url}/webhook` }] }] };
    const running: RealAlertmanager[] = [];
    try {
      running.push(await RealAlertmanager.start({ config: asciiJson(webhook), templates: {} }));
      running.push(await RealAlertmanager.start(runnable(definition, loopback.url)));
      // All but the first alert of a group are over already, so that both lists have something in them.
      const now = Date.now();
      const posted = alerts.map((alert, index) => ({
        ...alert,
        startsAt: new Date(now + index).toISOString(),
        ...(alert.labels.number !== '0' && { endsAt: new Date(now + index + 1).toISOString() }),
      }));
      await Promise.all(running.map((each) => each.post(posted)));
      const count = new Set(alerts.map((alert) => alert.labels.alertname)).size;
      const webhooks = (): Webhook[] => (loopback.posts.get('/webhook') ?? []) as Webhook[];
      await until(() => webhooks().length >= count && loopback.publishes.length >= count, () => `${webhooks().length} of ${count} webhooks`);
      const details = loopback.publishes.map((publish) => carriedByMessage(publish).details);
      expect(byAlertname(details)).toEqual(byAlertname(webhooks().map(({ alerts: all }) => expectedDetails(all))));
    } finally {
      await Promise.all([...running.map((each) => each.stop()), loopback.stop()]);
    }
  }), { numRuns: 2, endOnFailure: true });
});

function expectedDetails(alerts: Webhook['alerts']): object {
  const firing = alerts.filter((alert) => alert.status === 'firing');
  const resolved = alerts.filter((alert) => alert.status === 'resolved');
  return { firing, resolved, num_firing: firing.length, num_resolved: resolved.length };
}

/** In the order of the groups; each has its own alertname. */
function byAlertname(details: readonly object[]): object[] {
  const alertname = (each: object): string => /"alertname":"([^"]*)"/.exec(JSON.stringify(each))?.[1] ?? '';
  return [...details].sort((a, b) => (alertname(a) < alertname(b) ? -1 : 1));
}

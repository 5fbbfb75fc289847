import { pairCalls, WEBHOOK_CONFIGS } from './pair-calls';
import { redirectHttp, valueOf } from './redirect-http';
import { translateWebhook } from '../../../src/alertmanager/translate/transports/webhooks';
import { WebhookSimulator, type WebhookCall } from '../../receivers/webhook-simulator';
import type { EntryPlace, Integration } from '../integration';

/** Requests of webhooks: method, URL, headers, and the body, byte for byte. */
export const webhook: Integration<WebhookSimulator, WebhookCall> = {
  field: WEBHOOK_CONFIGS,
  start: () => WebhookSimulator.start(),
  relayed: ({ receivers }) => receivers.webhook,
  received: ({ received }) => received,
  redirect: (entry, place, simulator, global) => {
    entry.delete('url_file');
    // Alertmanager before 0.28 does not know it, and no request takes long here.
    entry.delete('timeout');
    entry.setText('url', urlOf(place, simulator));
    const http = entry.map('http_config') ?? global?.map('http_config');
    if (http !== undefined) {
      entry.set('http_config', redirectHttp(http));
    }
  },
  secretValues: (place, simulator) => {
    const { settings, secrets } = translated(place);
    const values = secrets.map(({ name, value, file }) => [name, valueOf(value, file)]);
    return { ...Object.fromEntries(values), [settings.url]: urlOf(place, simulator) };
  },
  pairUp: pairCalls,
};

/** Scheme, user, host, and port of a URL are replaced; what stands behind them, templates included, is the user's. */
function urlOf(place: EntryPlace, simulator: WebhookSimulator): string {
  const { url = '' } = place.receiver.webhook_configs[place.index];
  return `${simulator.endpoint(translated(place).settings.url)}${url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')}`;
}

function translated({ file, receiver, index }: EntryPlace): ReturnType<typeof translateWebhook> {
  return translateWebhook(file, receiver, receiver.webhook_configs[index], index);
}

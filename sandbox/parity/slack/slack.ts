import { pairPosts, SLACK_CONFIGS } from './pair-posts';
import { translateSlack } from '../../../src/alertmanager/translate/transports/slack';
import type { SlackPost } from '../../receivers/slack-message';
import { SlackSimulator } from '../../receivers/slack-simulator';
import { readGoYaml } from '../../yaml/go-yaml';
import type { EntryPlace, Integration } from '../integration';
import { redirectHttp, valueOf } from '../webhook/redirect-http';

/** Where messages go, and what an Alertmanager that knows no tokens can do without. */
const REPLACED = ['api_url', 'api_url_file', 'app_token', 'app_token_file', 'app_url', 'timeout', 'update_message', 'post_updates_to_thread'];

/** Messages to Slack: their bytes, where they go, and the token. */
export const slack: Integration<SlackSimulator, SlackPost> = {
  field: SLACK_CONFIGS,
  start: async () => {
    const simulator = await SlackSimulator.start();
    simulator.acceptsAnything = true;
    return simulator;
  },
  relayed: ({ receivers }) => receivers.slack,
  received: ({ received }) => received,
  redirect: (entry, place, simulator, global) => {
    const { settings, secrets } = translated(place);
    const http = entry.map('http_config') ?? global?.map('http_config');
    const redirected = http === undefined ? readGoYaml('{}') : redirectHttp(http);
    const { authorization } = settings;
    const token = authorization && 'secret' in authorization.credentials ? authorization.credentials.secret : undefined;
    const secret = secrets.find(({ name }) => name === token);
    if (secret !== undefined && /(?:^|_)app_token/.test(secret.field)) {
      redirected.set('authorization', readGoYaml('{}').setText('credentials', valueOf(secret.value, secret.file)));
    }
    REPLACED.forEach((field) => entry.delete(field));
    entry.setText('api_url', 'secret' in settings.url ? simulator.endpoint(settings.url.secret) : simulator.apiUrl);
    entry.set('http_config', redirected);
  },
  secretValues: (place, simulator) => {
    const { settings, secrets } = translated(place);
    const values = secrets.map(({ name, value, file }) => [name, valueOf(value, file)]);
    return { ...Object.fromEntries(values), ...('secret' in settings.url && { [settings.url.secret]: simulator.endpoint(settings.url.secret) }) };
  },
  pairUp: pairPosts,
};

function translated({ file, receiver, index }: EntryPlace): ReturnType<typeof translateSlack> {
  return translateSlack(file, receiver.slack_configs[index], ['receivers', file.receivers.indexOf(receiver), SLACK_CONFIGS, index]);
}

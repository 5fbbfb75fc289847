import { PAGERDUTY_CONFIG } from './pagerduty';
import { OpaqueSchema, opaque } from './schema';
import { SLACK_CONFIG } from './slack';
import { EMAIL_CONFIG, SNS_CONFIG, WEBHOOK_CONFIG } from './transport';
import { nearMiss } from '../../../findings/near-miss';

/** The integrations that are translated, by the name of their list in a receiver. All others are opaque: nothing in them can be wrong. */
export const TRANSLATED_INTEGRATIONS = {
  email_configs: EMAIL_CONFIG,
  pagerduty_configs: PAGERDUTY_CONFIG,
  slack_configs: SLACK_CONFIG,
  webhook_configs: WEBHOOK_CONFIG,
  sns_configs: SNS_CONFIG,
} as const;

/** The other integrations of Alertmanager 0.35. Their defaults in `global` begin with the same word. */
const OPAQUE_INTEGRATIONS = [
  'discord', 'incidentio', 'jira', 'mattermost', 'msteams', 'msteamsv2', 'opsgenie', 'pushover', 'rocketchat', 'telegram', 'victorops', 'webex', 'wechat',
];

/**
 * Takes every other `*_configs` of a receiver for an integration that is not translated, those of future versions of
 * Alertmanager included: the translation reports each of them. A slip of the pen must not lose a page that way, so a name
 * that is almost one of those that are read stays an unknown field.
 */
export function otherIntegration(name: string): OpaqueSchema | undefined {
  const [product, suffix] = [name.slice(0, -'_configs'.length), name.slice(-'_configs'.length)];
  const isIntegration = OPAQUE_INTEGRATIONS.includes(product) || nearMiss(name, Object.keys(TRANSLATED_INTEGRATIONS)) === undefined;
  return suffix === '_configs' && isIntegration ? opaque() : undefined;
}

/** Takes the defaults of integrations that are not translated, such as `opsgenie_api_url`. */
export function otherGlobal(name: string): OpaqueSchema | undefined {
  return OPAQUE_INTEGRATIONS.some((product) => name.startsWith(`${product}_`)) ? opaque() : undefined;
}

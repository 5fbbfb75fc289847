import { copyReceivers, ReceiverCopies } from './receiver-copies';
import { keyFile, literalKey, nameRoutingKeys } from './routing-key-names';
import type { NamedSecret } from './secret-names';
import { problemOfKey, problemOfSecret } from './secret-shape';
import { usedConfigs, usedEmails, usedSlacks, usedWebhooks } from './translate';
import type { AlertmanagerFile, PagerDutyConfig } from '../model';
import type { UsedWebhook } from './transports/check-webhooks';
import type { WebhookTargets } from './transports/sysdig';
import { planRoutes } from '../routes/route-plan';

/**
 * The entries that the secret needs for the receivers on a route, each name once.
 *
 * @param targets what takes notifications in the place of servers that URLs name.
 */
export function namedSecrets(file: AlertmanagerFile, onlyRoutingKeys: boolean, targets: WebhookTargets): NamedSecret[] {
  const receivers = copyReceivers(file, planRoutes(file.route));
  const keys = nameRoutingKeys(file);
  const all = [
    ...[...usedConfigs(file, receivers).keys()].flatMap((config): NamedSecret[] => {
      const key = keys.get(config);
      const literal = literalKey(config);
      return key ? [{ name: key.name, field: 'routing_key', value: literal, file: keyFile(config), problem: problemOf(config, literal) }] : [];
    }),
    ...(onlyRoutingKeys ? [] : transportSecrets(file, receivers, targets)),
  ];
  return [...new Map([...all].reverse().map((secret) => [secret.name, secret])).values()].reverse();
}

function transportSecrets(file: AlertmanagerFile, receivers: ReceiverCopies, targets: WebhookTargets): NamedSecret[] {
  return [
    ...[...usedWebhooks(file, receivers, targets).values()].flatMap(webhookSecrets),
    ...[...usedEmails(file, receivers, false).values()].flatMap(({ email }) => email.secrets),
    ...[...usedSlacks(file, receivers).values()].flatMap(({ slack }) => slack.secrets),
  ].map((secret) => ({ ...secret, problem: problemOfSecret(secret) }));
}

/** The targets whose receiver has no webhook on a route. */
export function unboundTargets(file: AlertmanagerFile, targets: WebhookTargets): string[] {
  const receivers = copyReceivers(file, planRoutes(file.route));
  const bound = new Set([...usedWebhooks(file, receivers, targets).values()].map(({ place: [, index] }) => file.receivers[Number(index)].name));
  return Object.keys(targets).filter((name) => !bound.has(name));
}

/** No file has the token of a target. */
function webhookSecrets({ bound, webhook }: UsedWebhook): readonly NamedSecret[] {
  return bound === undefined ? webhook.secrets : [{ name: bound.tokenName, field: 'token' }];
}

function problemOf({ native_key: native }: PagerDutyConfig, literal: string | undefined): string | undefined {
  if (native) {
    return `is the member ${JSON.stringify(native.secret_key ?? '')} of the secret ${native.secret_arn}, which is not read here`;
  }
  return literal === undefined ? undefined : problemOfKey(literal);
}

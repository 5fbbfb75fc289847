import { createHash } from 'node:crypto';
import { MessageAttributeName } from '../../../src/contract/message';
import type { RoutingKeyReference } from '../../../src/contract/queued-event';
import type { SnsNotification } from '../sns-notification';

/** A routing key beside a name that says what it is, in YAML, JSON, or a text. */
const NAMED_KEY = /\b(?:(?:pagerduty|pd)_)?(?:routing|service|integration)_key["']?\s*[:=]\s*["']?([A-Za-z0-9]{32})(?![A-Za-z0-9])|\bpagerduty_key["']?\s*[:=]\s*["']?([A-Za-z0-9]{32})(?![A-Za-z0-9])/g;

/**
 * The routing key that a message of another setup asks for: by the attribute, or by the only key that stands in the text. The
 * key itself must not travel on: deliver finds it in the secret by its hash, and takes the default key if it is not there.
 */
export function routingKeyOf({ message, attributes }: SnsNotification): RoutingKeyReference {
  const name = attributes.get(MessageAttributeName.ROUTING_KEY);
  if (name !== undefined) return { name };
  const keys = new Set(Array.from(message.matchAll(NAMED_KEY), ([, routingKey, pagerDutyKey]) => routingKey ?? pagerDutyKey));
  const [key] = keys;
  return keys.size === 1 ? { sha256: hashKey(key), orDefault: true } : {};
}

export function hashKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** What a text says beside the word `severity`, or a usual word for it. A word at the very end can be cut, and does not count. */
export function severityIn(text: string): string | undefined {
  return /\b(?:severity|priority|level)["']?\s*[:= ]\s*["']?([A-Za-z]+)(?=[^A-Za-z])/i.exec(text)?.[1];
}

import { isDeepStrictEqual } from 'util';
import { parseBody, withOldEscapes, withoutNewerFields } from './body';
import { documentedAbsence } from './documented-absence';
import { isObject } from '../../assembly/template';
import type { WebhookCall } from '../../receivers/webhook-simulator';
import { compareRequests } from '../compare-requests';
import { diff } from '../diff';
import { absence, type Difference, type DocumentedDifference } from '../pair';

/**
 * All that differs in two requests. Bodies that are not the same bytes differ, even if they are the same JSON.
 *
 * @param nativeErrors - what Alertmanager's own side has logged so far.
 */
export function compareCalls(native: WebhookCall | undefined, relayed: WebhookCall | undefined, nativeErrors: readonly string[] = []): Difference[] {
  if (native === undefined || relayed === undefined) {
    return [{ ...absence(native), documented: documentedAbsence(native, relayed, nativeErrors) }];
  }
  return [
    ...compareRequests(native, relayed).map((difference) => (difference.field === 'url' ? { ...difference, documented: documentedUrl(native) } : difference)),
    ...compareBodies(native, relayed),
  ];
}

/** Alertmanager makes the URL of the alerts that `max_alerts` leaves; AMP makes it of all alerts. */
function documentedUrl(native: WebhookCall): DocumentedDifference | undefined {
  const body = parseBody(native);
  return isObject(body) && Number(body.truncatedAlerts) > 0 ? 'url-of-all-alerts' : undefined;
}

function compareBodies(native: WebhookCall, relayed: WebhookCall): Difference[] {
  if (native.body === relayed.body) {
    return [];
  }
  const [ours, theirs] = [parseBody(native), parseBody(relayed)];
  const found = diff(ours, theirs, ['body']).map((difference) => ({ ...difference, documented: documentedReason(difference, ours, theirs) }));
  // What is left when documented differences are taken away must be the same bytes.
  const isSame = withoutNewerFields(native.body) === relayed.body;
  const isSameButEscapes = withOldEscapes(withoutNewerFields(native.body)) === relayed.body;
  const hasLostAlerts = found.some(({ documented }) => documented === 'too-long-for-sns');
  const bytes = { field: 'body', native: native.body, relayed: relayed.body };
  return isSame || hasLostAlerts ? found : [...found, { ...bytes, documented: isSameButEscapes ? 'newer-json-escapes' : undefined }];
}

function documentedReason({ field, relayed }: Difference, native: unknown, other: unknown): DocumentedDifference | undefined {
  if ((field === 'body.notification_reason' || field.startsWith('body.routeLabels')) && relayed === undefined) {
    return 'newer-webhook-fields';
  }
  return LOST_WITH_ALERTS.some((name) => field === `body.${name}` || field.startsWith(`body.${name}.`)) && isTruncated(native, other) ? 'too-long-for-sns' : undefined;
}

/** Fields that are made of the alerts of a notification. */
const LOST_WITH_ALERTS = ['status', 'alerts', 'commonLabels', 'commonAnnotations', 'truncatedAlerts'];

/** The relay has the first of Alertmanager's alerts, counts the missing ones, and made the rest of what it has. */
function isTruncated(native: unknown, relayed: unknown): boolean {
  if (!isObject(native) || !isObject(relayed) || !isAlerts(native.alerts) || !isAlerts(relayed.alerts)) {
    return false;
  }
  const { alerts } = relayed;
  const lost = native.alerts.length - alerts.length;
  return lost > 0
    && isDeepStrictEqual(native.alerts.slice(0, alerts.length), alerts)
    && relayed.truncatedAlerts === Number(native.truncatedAlerts) + lost
    && (alerts.length === 0 || relayed.status === (alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved'))
    && isDeepStrictEqual(relayed.commonLabels, commonOf(alerts.map(({ labels }) => labels)))
    && isDeepStrictEqual(relayed.commonAnnotations, commonOf(alerts.map(({ annotations }) => annotations)));
}

type Texts = Readonly<Record<string, unknown>>;

function isAlerts(value: unknown): value is ReadonlyArray<{ readonly status: unknown; readonly labels: Texts; readonly annotations: Texts }> {
  return Array.isArray(value) && value.every((alert) => isObject(alert) && isObject(alert.labels) && isObject(alert.annotations));
}

function commonOf([first = {}, ...rest]: readonly Texts[]): Texts {
  const isCommon = ([name, value]: [string, unknown]): boolean => rest.every((texts) => Object.hasOwn(texts, name) && texts[name] === value);
  return Object.fromEntries(Object.entries(first).filter(isCommon));
}

import { TIME } from '../../go/template/typed/time-types';
import { GoType, listOf, mapOf, Signature, signature, STRING, STRINGS, structOf } from '../../go/template/typed/types';

/*
 * The types that a notification is made of, as they have been since Alertmanager 0.20.
 *
 * @see https://prometheus.io/docs/alerting/latest/notifications/
 */

const PAIR: GoType = { ...structOf('a pair', { Name: () => STRING, Value: () => STRING }), isComparable: true };

const PAIRS = listOf(() => PAIR, 'a list of pairs', new Map<string, Signature>([
  ['Names', signature([], STRINGS)], ['Values', signature([], STRINGS)], ['String', signature([], STRING)],
]));

/** Labels or annotations. Every name is a field of it, but for its methods. */
export const LABEL_SET: GoType = mapOf(() => STRING, 'a set of labels', new Map<string, Signature>([
  ['SortedPairs', signature([], PAIRS)],
  ['Names', signature([], STRINGS)],
  ['Values', signature([], STRINGS)],
  ['Remove', { parameters: [() => STRINGS], result: () => LABEL_SET }],
  ['String', signature([], STRING)],
]));

export const ALERT = structOf('an alert', {
  Status: () => STRING,
  Labels: () => LABEL_SET,
  Annotations: () => LABEL_SET,
  StartsAt: () => TIME,
  EndsAt: () => TIME,
  GeneratorURL: () => STRING,
  Fingerprint: () => STRING,
});

const ALERT_LIST = listOf(() => ALERT, 'a list of alerts');

const ALERTS: GoType = { ...ALERT_LIST, isNamed: true, methods: new Map([['Firing', signature([], ALERT_LIST)], ['Resolved', signature([], ALERT_LIST)]]) };

export const NOTIFICATION = structOf('a notification', {
  Receiver: () => STRING,
  Status: () => STRING,
  Alerts: () => ALERTS,
  GroupLabels: () => LABEL_SET,
  CommonLabels: () => LABEL_SET,
  CommonAnnotations: () => LABEL_SET,
  ExternalURL: () => STRING,
});

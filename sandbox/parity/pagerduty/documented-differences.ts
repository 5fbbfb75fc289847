import { isDeepStrictEqual } from 'util';
import { parseAllDocuments } from 'yaml';
import { errorsOfEvent } from '../../pagerduty/event-rules';
import type { Difference, DocumentedDifference } from '../pair';

/** An event of Alertmanager's own notifier and its counterpart that came through the relay. */
export interface EventPair {
  readonly native?: unknown;
  readonly relayed?: unknown;
}

/** The detail in which the relay says that the message arrived cut. */
const RELAY_NOTE = 'cdk-amp-pagerduty';

/** What Alertmanager puts in the place of details that are too long. */
const DETAILS_REMOVED = 'Custom details have been removed because the original event exceeds the maximum size of 512KB';

/** The fields that must be the same, whatever happens to the others. */
const ALWAYS_SAME = ['routing_key', 'dedup_key', 'event_action'];

/** Which documented difference this is, if it is one. */
export function documentedReason(difference: Omit<Difference, 'documented'>, pair: EventPair): DocumentedDifference | undefined {
  if (ALWAYS_SAME.includes(difference.field)) {
    return undefined;
  }
  const checks: ReadonlyArray<[DocumentedDifference, boolean]> = [
    ['refused-by-pagerduty', isRepair(difference, pair)],
    ['too-long-for-sns', isCut(difference, pair)],
    ['too-long-for-pagerduty', isTooLong(difference, pair)],
    ['re-read-as-yaml', isReRead(difference)],
  ];
  return checks.find(([, applies]) => applies)?.[0];
}

/** PagerDuty would have refused the native event because of this field, and accepts the relayed one. */
function isRepair({ field }: Omit<Difference, 'documented'>, { native, relayed }: EventPair): boolean {
  const subject = field.split('.').slice(0, field.startsWith('payload.') ? 2 : 1).join('.');
  const named = { images: 'image', links: 'link' }[subject] ?? `'${subject}'`;
  return errorsOfEvent(native).some((error) => error.includes(named)) && errorsOfEvent(relayed).length === 0;
}

/** The message exceeded the limit of SNS: the relay received its beginning, and the event notes the truncation. */
function isCut({ field }: Omit<Difference, 'documented'>, { relayed }: EventPair): boolean {
  return detailsOf(relayed)[RELAY_NOTE] !== undefined && field !== 'payload.summary' && field !== 'payload.severity';
}

/** The event did not fit into PagerDuty: Alertmanager drops all details, the relay shortens the longest. */
function isTooLong({ field }: Omit<Difference, 'documented'>, { native }: EventPair): boolean {
  return field.startsWith('payload.custom_details') && String(detailsOf(native).error ?? '').startsWith(DETAILS_REMOVED);
}

/**
 * From 0.30 on Alertmanager reads rendered details as YAML; the relay leaves text as it was rendered. Structured details are JSON, which
 * Alertmanager reads as YAML, too: where YAML refuses a character of it, the text stays as it is.
 */
function isReRead({ field, native, relayed }: Omit<Difference, 'documented'>): boolean {
  if (!field.startsWith('payload.custom_details.')) {
    return false;
  }
  if (typeof native === 'string') {
    return NOT_IN_YAML.test(native) && isDeepStrictEqual(parseJson(native), relayed);
  }
  return typeof relayed === 'string' && isDeepStrictEqual(firstNode(relayed), native);
}

/** What a YAML document cannot contain as a character, only as an escape that JSON does not need: DEL, and most of C1. */
const NOT_IN_YAML = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What go-yaml reads of a text: the first node of the first document, whatever stands behind it. Keys have no order. */
function firstNode(text: string): unknown {
  const [document] = parseAllDocuments(text, { version: '1.1', uniqueKeys: false });
  try {
    return document === undefined || !('toJS' in document) ? null : document.toJS();
  } catch {
    return undefined;
  }
}

function detailsOf(event: unknown): Readonly<Record<string, unknown>> {
  return (event as { payload?: { custom_details?: Record<string, unknown> } }).payload?.custom_details ?? {};
}

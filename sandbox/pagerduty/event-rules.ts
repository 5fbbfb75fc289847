import { PAGERDUTY_SEVERITIES, PagerDutyLimit } from '../../src/contract/pagerduty-event';

const ACTIONS = ['trigger', 'acknowledge', 'resolve'];

type Fields = { readonly [name: string]: unknown };

/** An event that has passed the checks below. Everything that is not checked is passed on as it came. */
export interface AcceptedEvent {
  readonly routing_key: string;
  readonly event_action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedup_key?: string;
  readonly payload?: {
    readonly summary: string;
    readonly source: string;
    readonly severity: string;
    readonly timestamp?: string;
    readonly component?: string;
    readonly group?: string;
    readonly class?: string;
    readonly custom_details?: unknown;
  };
  readonly client?: string;
  readonly client_url?: string;
  readonly links?: ReadonlyArray<{ readonly href: string; readonly text?: string }>;
  readonly images?: ReadonlyArray<{ readonly src: string; readonly href?: string; readonly alt?: string }>;
}

/**
 * What is wrong with an event, in the words that PagerDuty uses where they are known, all at once. Empty when it is valid.
 *
 * @see https://developer.pagerduty.com/docs/send-alert-event
 */
export function errorsOfEvent(event: unknown): string[] {
  if (!isFields(event)) {
    return ['The event is not a JSON object'];
  }
  const errors = [...errorsOfRoutingKey(event.routing_key)];
  if (typeof event.event_action !== 'string' || !ACTIONS.includes(event.event_action)) {
    errors.push(`'event_action' is invalid (must be one of the following: ${ACTIONS.map((action) => `'${action}'`).join(', ')})`);
  }
  if (event.event_action !== 'trigger' && isBlank(event.dedup_key)) {
    errors.push("'dedup_key' is missing or blank");
  }
  if (event.dedup_key !== undefined && typeof event.dedup_key !== 'string') {
    errors.push("'dedup_key' must be a string");
  } else if (typeof event.dedup_key === 'string' && characters(event.dedup_key) > PagerDutyLimit.DEDUP_KEY_CHARACTERS) {
    errors.push(`Length of 'dedup_key' is too long (should be at most ${PagerDutyLimit.DEDUP_KEY_CHARACTERS} characters)`);
  }
  if (event.event_action === 'trigger' || event.payload !== undefined) {
    errors.push(...errorsOfPayload(event.payload));
  }
  return [
    ...errors,
    ...errorsOfText(event, ['client', 'client_url'], ''),
    ...errorsOfList(event.links, 'link', 'href', ['text']),
    ...errorsOfList(event.images, 'image', 'src', ['href', 'alt']),
  ];
}

function errorsOfRoutingKey(key: unknown): string[] {
  if (typeof key !== 'string' || key === '') {
    return ["'routing_key' is missing or blank"];
  }
  return [
    ...(key.length === 32 ? [] : ["Length of 'routing_key' is incorrect (should be 32 characters)"]),
    ...(/^[A-Za-z0-9]*$/.test(key) ? [] : ["'routing_key' cannot contain non-alphanumeric characters."]),
  ];
}

function errorsOfPayload(payload: unknown): string[] {
  if (!isFields(payload)) {
    return ["'payload' is missing or is not an object"];
  }
  const errors = ['summary', 'source', 'severity'].filter((name) => isBlank(payload[name])).map((name) => `'payload.${name}' is missing or blank`);
  if (typeof payload.summary === 'string' && characters(payload.summary) > PagerDutyLimit.SUMMARY_CHARACTERS) {
    errors.push(`'payload.summary' is too long (maximum is ${PagerDutyLimit.SUMMARY_CHARACTERS} characters)`);
  }
  const severities: readonly unknown[] = PAGERDUTY_SEVERITIES;
  if (!isBlank(payload.severity) && !severities.includes(payload.severity)) {
    errors.push(`'payload.severity' is invalid (must be one of the following: ${PAGERDUTY_SEVERITIES.map((severity) => `'${severity}'`).join(', ')})`);
  }
  if (payload.timestamp !== undefined && (typeof payload.timestamp !== 'string' || Number.isNaN(Date.parse(payload.timestamp)))) {
    errors.push("'payload.timestamp' is invalid (must be an ISO 8601 date and time)");
  }
  if (payload.custom_details !== undefined && payload.custom_details !== null && !isFields(payload.custom_details)) {
    errors.push("'payload.custom_details' is not an object");
  }
  return [...errors, ...errorsOfText(payload, ['component', 'group', 'class'], 'payload.')];
}

function errorsOfList(value: unknown, name: string, required: string, optional: readonly string[]): string[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    return [`'${name}s' is not a list`];
  }
  return value.flatMap((item: unknown) => {
    if (!isFields(item)) {
      return [`'${name}s' has an entry that is not an object`];
    }
    if (isBlank(item[required])) {
      return [`'${name} ${required}' is missing or blank`];
    }
    const insecure = name === 'image' && !String(item[required]).startsWith('https://');
    return [...(insecure ? ["'image src' must be served via https"] : []), ...errorsOfText(item, optional, `${name} `)];
  });
}

function errorsOfText(fields: Fields, names: readonly string[], prefix: string): string[] {
  return names
    .filter((name) => fields[name] !== undefined && fields[name] !== null && typeof fields[name] !== 'string')
    .map((name) => `'${prefix}${name}' must be a string`);
}

/** PagerDuty counts characters, not UTF-16 units. */
function characters(text: string): number {
  return [...text].length;
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { AcceptedEvent } from '../pagerduty/event-rules';
import type { Incident } from '../pagerduty/incidents';
import type { ReceivedEvent } from '../pagerduty/received-event';

/** What a person who is paged sees. */
export function describeIncident({ number, state, title, latest }: Incident): string {
  const details = latest.payload?.custom_details;
  return [
    `incident #${number} is ${state}`,
    `  severity  ${latest.payload?.severity ?? ''}`,
    `  summary   ${title}`,
    ...describeDetails(details).map((line, index) => `  ${index === 0 ? 'details ' : '        '}  ${line}`),
    ...describeLinks(latest).map((line, index) => `  ${index === 0 ? 'links   ' : '        '}  ${line}`),
  ].join('\n');
}

function describeDetails(details: unknown): string[] {
  return Object.entries(details ?? {}).flatMap(([name, value]) => {
    const [first = '', ...others] = (typeof value === 'string' ? value : JSON.stringify(value)).trimEnd().split('\n');
    return [`${name}: ${first}`, ...others.map((line) => `${' '.repeat(name.length + 2)}${line}`)];
  });
}

function describeLinks({ links = [], client, client_url: clientUrl }: AcceptedEvent): string[] {
  return [...links.map(({ text, href }) => `${text ?? 'link'}: ${href}`), ...(clientUrl ? [`${client ?? 'client'}: ${clientUrl}`] : [])];
}

/** One line for a request to PagerDuty. */
export function describeRequest({ status, event, effect, errors }: ReceivedEvent): string {
  const { event_action: action = 'something', payload } = (event ?? {}) as Partial<AcceptedEvent>;
  const answer = status === undefined ? 'did not answer' : `answered ${status}`;
  const what = effect?.incident
    ? `incident #${effect.incident.number} ${effect.change}`
    : effect ? 'no open incident, nothing changed' : errors?.join('; ') ?? 'not accepted';
  return `PagerDuty ${answer} to "${action}": ${what} – ${(payload?.summary ?? '').slice(0, 120)}`;
}

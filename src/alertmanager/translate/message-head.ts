import type { OwnTemplates } from './own-templates';
import { jsonLiteral } from './section';
import type { GroupHead, MessageHead, TransportHead } from '../../contract/message';

/** What only Alertmanager knows. */
type Rendered = 'status' | 'firing' | 'resolved' | 'groupLabels';

/** Each is printed by `%q`, which the relay's JSON reader understands. */
const RENDERED: { readonly [name in keyof Pick<GroupHead, Rendered>]: string } = {
  status: '{{ printf "%q" .Status }}',
  firing: '{{ .Alerts.Firing | len }}',
  resolved: '{{ .Alerts.Resolved | len }}',
  groupLabels: '[{{ range $i, $label := .GroupLabels.SortedPairs }}{{ if $i }},{{ end }}'
    + '[{{ printf "%q" $label.Name }},{{ printf "%q" $label.Value }}]{{ end }}]',
};

/** The head of a message that becomes an event: one line of JSON. */
export function messageHead(fixed: Omit<MessageHead, Rendered>, templates: OwnTemplates): string {
  return head(fixed, templates);
}

/** The head of a message of another transport, which begins with the name of the transport. */
export function transportHead(fixed: Omit<TransportHead, Rendered>, templates: OwnTemplates): string {
  const { transport, ...rest } = fixed;
  return head({ transport, ...rest }, templates);
}

function head(fixed: object, templates: OwnTemplates): string {
  const members = Object.entries(fixed).filter(([, value]) => value !== undefined).map(([name, value]) => `"${name}":${jsonLiteral(value)}`);
  const call = templates.define('head', () => Object.entries(RENDERED).map(([name, value]) => `"${name}":${value}`).join(','));
  return `{${[...members, call].join(',')}}`;
}

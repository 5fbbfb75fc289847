import type { OwnTemplates } from './own-templates';
import { jsonLiteral } from './section';
import type { MessageHead } from '../../contract/message';

/** The part of a head that is known at synthesis. */
export type FixedHead = Omit<MessageHead, 'status' | 'firing' | 'resolved' | 'groupLabels'>;

/** A value of the head: text as it stands, or an action that prints it. */
type Printed<T> = { readonly [Key in keyof T]-?: string };

/** What only Alertmanager knows. It is printed by `%q`, which the relay's JSON reader understands. */
const NOTIFICATION: Printed<Omit<MessageHead, keyof FixedHead>> = {
  status: '{{ printf "%q" .Status }}',
  firing: '{{ .Alerts.Firing | len }}',
  resolved: '{{ .Alerts.Resolved | len }}',
  groupLabels: '[{{ range $i, $label := .GroupLabels.SortedPairs }}{{ if $i }},{{ end }}'
    + '[{{ printf "%q" $label.Name }},{{ printf "%q" $label.Value }}]{{ end }}]',
};

/** The head of a message: one line of JSON. */
export function messageHead(fixed: FixedHead, templates: OwnTemplates): string {
  const members = Object.entries(fixed).filter(([, value]) => value !== undefined).map(([name, value]) => `"${name}":${jsonLiteral(value)}`);
  const call = templates.define('head', () => Object.entries(NOTIFICATION).map(([name, value]) => `"${name}":${value}`).join(','));
  return `{${[...members, call].join(',')}}`;
}

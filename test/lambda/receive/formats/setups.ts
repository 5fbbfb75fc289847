import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SnsNotification } from '../../../../lambda/receive/sns-notification';
import { amend } from '../../../../sandbox/amp/amend';
import { amtoolRender } from '../../../alertmanager/templates/amtool';
import { snsNotification, TOPIC_ARN } from '../../notifications';

/** A notification as Alertmanager hands it to templates. */
export interface Group {
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly Alert[];
}

export interface Alert {
  readonly isFiring: boolean;
  /** With those of the group. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What a team has in its `sns_configs` before it moves. */
export interface Setup {
  readonly subject: string;
  readonly message: string;
}

const DEFAULT_SUBJECT = '{{ template "sns.default.subject" . }}';
const DEFAULT_MESSAGE = '{{ template "sns.default.message" . }}';

const pairs = (name: string, of: string) =>
  `${name}: {{ "{" }}{{ range $index, $pair := ${of}.SortedPairs }}{{ if $index }}, {{ end }}"{{ $pair.Name }}": "{{ $pair.Value }}"{{ end }}{{ "}" }}`;
const optionalPairs = (name: string, of: string) => `{{ if gt (len ${of}) 0 }},${pairs(name, of)}{{ end }}`;

/** The template of AMP's user guide, which puts every value between quotes as it is. */
const USER_GUIDE_MESSAGE = [
  '{{ "{" }}"receiver": "{{ .Receiver }}","status": "{{ .Status }}","alerts": [{{ range $i, $alert := .Alerts }}{{ if $i }}, {{ end }}',
  '{{ "{" }}"status": "{{ $alert.Status }}"',
  optionalPairs('"labels"', '$alert.Labels'),
  optionalPairs('"annotations"', '$alert.Annotations'),
  ',"startsAt": "{{ $alert.StartsAt }}","endsAt": "{{ $alert.EndsAt }}","generatorURL": "{{ $alert.GeneratorURL }}","fingerprint": "{{ $alert.Fingerprint }}"{{ "}" }}',
  '{{ end }}]',
  optionalPairs('"groupLabels"', '.GroupLabels'),
  optionalPairs('"commonLabels"', '.CommonLabels'),
  optionalPairs('"commonAnnotations"', '.CommonAnnotations'),
  '{{ "}" }}',
].join('');

export const ROUTING_KEY = 'R012Z4ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const SETUPS = {
  'the JSON of the user guide': { subject: DEFAULT_SUBJECT, message: USER_GUIDE_MESSAGE },
  'the JSON of the user guide with a constant subject': { subject: 'prometheus_alert', message: USER_GUIDE_MESSAGE },
  'the default text': { subject: DEFAULT_SUBJECT, message: DEFAULT_MESSAGE },
  'the default text with a constant subject': { subject: 'prometheus_alert', message: DEFAULT_MESSAGE },
  'the YAML of the article': {
    subject: DEFAULT_SUBJECT,
    message: [
      `routing_key: ${ROUTING_KEY}`,
      'dedup_key: {{ .GroupLabels.SortedPairs.Values | join "/" }}',
      'severity: {{ .CommonLabels.severity }}',
      'description: {{ (index .Alerts 0).Annotations.summary }}',
      'details:',
      '  alert_name: {{ .CommonLabels.alertname }}',
    ].join('\n'),
  },
  'an own text': { subject: DEFAULT_SUBJECT, message: 'severity: {{ .CommonLabels.severity }}\n{{ .CommonAnnotations.summary }}' },
  'an own text with its status and a constant subject': { subject: 'prometheus_alert', message: 'Status: {{ .Status }}\n{{ .CommonAnnotations.summary }}' },
  'an own text with a constant subject': { subject: 'prometheus_alert', message: '{{ .CommonAnnotations.summary }}' },
} as const satisfies Record<string, Setup>;

/** What arrives from a setup: printed by Alertmanager, and amended as AMP does it. */
export function published(setup: Setup, group: Group, attributes: Readonly<Record<string, string>> = {}): SnsNotification {
  const folder = mkdtempSync(join(tmpdir(), 'setup-'));
  try {
    const file = join(folder, 'data.json');
    writeFileSync(file, JSON.stringify(templateData(group)));
    const print = (template: string) => Buffer.from(amtoolRender(template, file).slice(0, -1));
    const amended = amend({
      topicArn: TOPIC_ARN,
      subject: print(setup.subject),
      message: print(setup.message),
      attributes: Object.entries(attributes).map(([name, value]) => ({ name: Buffer.from(name), value: Buffer.from(value) })),
    });
    return snsNotification(amended.message, { subject: amended.subject, attributes: { ...amended.attributes } });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function templateData({ groupLabels, alerts }: Group): unknown {
  const common = (maps: ReadonlyArray<Readonly<Record<string, string>>>) => Object.fromEntries(
    Object.entries(maps[0]).filter(([name, value]) => maps.every((map) => map[name] === value)));
  return {
    receiver: 'pager',
    status: alerts.some(({ isFiring }) => isFiring) ? 'firing' : 'resolved',
    alerts: alerts.map(({ isFiring, labels, annotations }, index) => ({
      status: isFiring ? 'firing' : 'resolved',
      labels,
      annotations,
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2026-01-01T00:05:00Z',
      generatorURL: '/graph?g0.expr=up',
      fingerprint: String(index),
    })),
    groupLabels,
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: 'https://am.example.com',
  };
}

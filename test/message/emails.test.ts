import { amtoolComplaint, type PostedAlert, RealAlertmanager, runnable, unpackDefinition } from './support/alertmanager';
import { comparableMail } from './support/comparable-mail';
import { asciiJson, nativeRoute, receiver, route, translateFile } from './support/configuration';
import { Loopback, type SnsPublish, until } from './support/loopback';
import { MailServer, type ReceivedMail } from './support/mail-server';
import { emailSender } from '../../lambda/notify/email/email-sender';
import { guardedLookup } from '../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../lambda/notify/secret-values';
import type { Attempt } from '../../lambda/notify/transport';
import { readTransportNotification } from '../../lambda/receive/transports/transport-notification';
import { systemClock } from '../../lambda/shared/clock';
import type { AlertmanagerFile, EmailConfig, TemplateFile } from '../../src/alertmanager/model';
import { AddressPermission, type QueuedNotification } from '../../src/contract/queued-notification';

// The real Alertmanagers share the machine with other tests.
jest.setTimeout(180_000);

const NAME = 'mail "a.b" (c) + é';

/** What HTML, URLs, headers, and encodings treat differently. */
const HOSTILE = 'q " \\ <b onload=x>&\'</b> -->]]> {{ .Status }} %q %41%zz + = ? _ # \u0000\u0001\b\f\n\r\t\u007f\u0085\u00a0\u2028\u2029\ufffd\ue000t"x" é 😀 ';
const SCRIPT = '</title></style></textarea><script>alert(1)</script><!-- " onmouseover="x';
const ADDRESS = 'javascript:alert(1)//<>"\'() é';

const OWN_HTML = `<!DOCTYPE html><!-- comment with {{ .Status }} --><html><head><title>{{ .CommonLabels.alertname }}</title>
<style>/* comment */ td { color: red } // line
a { background: url(https://example.com/x) }</style></head><body>
< {{- " trimmed " -}} 1 < 2 {{ template "own.link" . }}
{{ range $i, $alert := .Alerts }}{{ if $i }}<hr>{{ else }}<br/>{{ end }}{{ if gt $i 5 }}{{ break }}{{ end -}}
  <a title='{{ .Labels.hostile }}' class="a {{ .Status }}" href="{{ .Labels.address }}">{{ .Labels.address }}</a>
  <a href="https://example.com/{{ .Labels.hostile }}?q={{ .Labels.hostile }}#{{ .Labels.hostile }}">x</a>
  <a href="https://example.com/?q={{ .Labels.hostile | urlquery }}">{{ .Labels.hostile | urlquery }}</a>
  <img src='{{ if eq .Status "firing" }}https://example.com/a{{ else }}https://example.com/b{{ end }}/{{ .Labels.instance }}' alt="{{ .Annotations.script }}">
  <td style="color: {{ if eq .Status "firing" }}red{{ else }}green{{ end }}; width: {{ .Labels.width }}; height: {{ .Labels.hostile }}">{{ template "own.rows" .Labels }}</td>
  <b>{{ .Labels.hostile | html }}</b><b>{{ .Labels.bold | safeHtml }}</b><textarea>{{ .Annotations.script }}</textarea>{{ .StartsAt.Year }}
{{ end }}{{ with .CommonAnnotations.summary }}{{ . }}{{ end }}{{ $x := .ExternalURL }}<a href={{/* no value */}}"{{ $x }}/{{ .Receiver }}">{{ .Receiver }}</a>
{{ define "own.rows" }}{{ range .SortedPairs }}<i>{{ .Name }}</i>{{ .Value | toUpper }}{{ end }}{{ end }}</body></html>`;

const TEMPLATES: readonly TemplateFile[] = [{
  name: 'own.tmpl',
  path: 'own.tmpl',
  text: '{{ define "own.link" }}<a href="{{ template "__alertmanagerURL" . }}&amp;x={{ .CommonLabels.hostile }}">{{ template "__subject" . }}</a>{{ end }}'
    + '{{ define "own.text" }}{{ range .Alerts }}{{ .Labels.hostile }} {{ .Annotations.script }}\n{{ end }}{{ end }}',
}];

const ENTRIES: ReadonlyArray<EmailConfig & { readonly to: string }> = [
  { to: 'default@example.com', send_resolved: true },
  {
    to: 'A <a@example.com>, "b, c" <b@example.com>,ö@example.com',
    send_resolved: true,
    html: OWN_HTML,
    text: '{{ template "own.text" . }}tail \t\n.\n..dots\n',
    headers: {
      'Subject': '{{ .CommonLabels.hostile }} {{ .CommonLabels.hostile }}', 'X-Plain': '{{ .Status }} (x) "y"\tz', 'Reply-To': 'Jörg <reply@example.com>', 'Message-Id': '<own@id>',
    },
  },
  { to: 'text@example.com', html: '', text: 'only é text {{ .Receiver }}' },
  { to: 'none@example.com', html: '', from: '{{ .CommonLabels.job }}@example.com' },
  { to: 'html@example.com', html: '{{ range .Alerts }}{{ .Labels.hostile }}{{ .Labels.address }}{{ end }}' },
];

const FILE: AlertmanagerFile = {
  templates: ['own.tmpl'],
  global: { smtp_smarthost: '127.0.0.1:1', smtp_from: 'Alerts <alerts@example.com>', smtp_require_tls: false, smtp_hello: 'client.example.com' },
  route: route({ receiver: NAME, group_by: ['alertname', 'hostile'], group_wait: '1s', group_interval: '1s' }),
  receivers: [{ ...receiver(NAME), email_configs: ENTRIES }],
};

const LABELS = { hostile: HOSTILE, address: ADDRESS, bold: '<b>bold</b>', width: '10px', job: 'job' };
const ALERTS: readonly PostedAlert[] = [
  {
    labels: { ...LABELS, alertname: 'one', instance: 'a' },
    annotations: { script: SCRIPT, summary: HOSTILE },
    generatorURL: 'http://p/graph?g0.expr=up+%3D%3D+0&x="<é>',
  },
  { labels: { ...LABELS, alertname: 'one', instance: 'b', job: 'job' }, annotations: { summary: HOSTILE }, generatorURL: '/relative?a=1' },
  { labels: { ...LABELS, alertname: SCRIPT, address: 'https://example.com/a b?c="d"&e=+%20', width: 'expression(1)' }, annotations: { script: HOSTILE } },
];

test('mails are what the real Alertmanager sends: envelopes, headers, and parts byte for byte', async () => {
  const { definition, findings } = translateFile(FILE, { notifyPermissions: Object.values(AddressPermission) }, TEMPLATES);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(amtoolComplaint(unpackDefinition(definition))).toBeUndefined();
  const [native, ours, sns] = [await MailServer.start(), await MailServer.start(), await Loopback.start()];
  const running: RealAlertmanager[] = [];
  try {
    const templates = Object.fromEntries(TEMPLATES.map(({ name, text }) => [name, text]));
    running.push(await RealAlertmanager.start({ config: nativeYaml(FILE, native.port), templates }));
    running.push(await RealAlertmanager.start(runnable(definition, sns.url)));
    const now = Date.now();
    const firing = ALERTS.map((alert, index) => ({ ...alert, startsAt: new Date(now + index).toISOString() }));
    const counts = (): string => `${native.mails.length} mails, ${sns.publishes.length} messages`;
    const arrived = (expected: number): (() => boolean) => () => native.mails.length >= expected && sns.publishes.length >= expected;
    await Promise.all(running.map((each) => each.post(firing)));
    await until(arrived(2 * ENTRIES.length), counts);
    // Part of a group ends, then all: only two entries send resolved notifications.
    const ended = (alerts: readonly PostedAlert[]): PostedAlert[] => alerts.map((alert) => ({ ...alert, endsAt: new Date(now + 20).toISOString() }));
    await Promise.all(running.map((each) => each.post(ended(firing.slice(1, 2)))));
    await until(arrived(2 * ENTRIES.length + 2), counts);
    await Promise.all(running.map((each) => each.post(ended(firing))));
    await until(arrived(2 * ENTRIES.length + 6), counts);
    for (const publish of sns.publishes) expect(await send(read(publish), ours.port)).toEqual({ outcome: 'delivered' });
    expect(sorted(ours.mails)).toEqual(sorted(native.mails));
  } finally {
    await Promise.all([...running.map((each) => each.stop()), sns.stop(), native.stop(), ours.stop()]);
  }
});

function read({ message, attributes, subject }: SnsPublish): QueuedNotification<'email'> {
  const { queued } = readTransportNotification({ messageId: '1', topicArn: '', timestamp: '2026-01-01T00:00:00Z', subject, message, attributes });
  return queued as QueuedNotification<'email'>;
}

async function send(notification: QueuedNotification<'email'>, port: number): Promise<Attempt> {
  const permissions = Object.values(AddressPermission);
  const secrets = new SecretValues(async () => ({ content: { kind: 'keys', keys: new Map() } }));
  const { request } = notification;
  return emailSender({ secrets, permissions, lookup: guardedLookup(permissions), clock: systemClock })({
    ...notification,
    request: {
      ...request,
      server: request.server && { ...request.server, port },
      // The Alertmanager of the test is 0.25. The one address in its HTML is https in later versions, and in the construct's copy.
      html: request.html?.replace('itemtype="https://schema.org', 'itemtype="http://schema.org'),
    },
  });
}

/** Comparable, in an order that does not depend on when they were sent. */
function sorted(mails: readonly ReceivedMail[]): unknown[] {
  return mails.map(({ data, ...envelope }) => ({ ...envelope, ...comparableMail(data) }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The file for Alertmanager's own mails, to a server on this port. */
function nativeYaml(file: AlertmanagerFile, port: number): string {
  return asciiJson({
    templates: file.templates,
    global: { ...file.global, smtp_smarthost: `127.0.0.1:${port}` },
    route: nativeRoute(file.route),
    receivers: file.receivers.map(({ name, email_configs: emails }) => ({ name, email_configs: emails })),
  });
}

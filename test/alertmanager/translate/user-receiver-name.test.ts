import { join } from 'node:path';
import { configWith, told, translateText } from './support';
import { withUserReceiverName } from '../../../src/alertmanager/translate/user-receiver-name';
import { amtoolRender } from '../templates/amtool';
import { withFiles } from '../templates/temporary-files';

const NAME = '(reReplaceAll "__route_[0-9a-f]{12,}$" "" .Receiver)';
const ROOT = NAME.replace('.Receiver', '$.Receiver');

test.each([
  ['{{ .Receiver }}', `{{ ${NAME} }}`],
  ['{{- .Receiver | toUpper -}} x', `{{- ${NAME} | toUpper -}} x`],
  ['{{ if eq .Receiver "pager" }}a{{ end }}', `{{ if eq ${NAME} "pager" }}a{{ end }}`],
  ['{{ if and (eq .Status "firing") (match "p" .Receiver) }}a{{ end }}', `{{ if and (eq .Status "firing") (match "p" ${NAME}) }}a{{ end }}`],
  ['{{ range .Alerts }}{{ $.Receiver }}{{ end }}', `{{ range .Alerts }}{{ ${ROOT} }}{{ end }}`],
  ['{{ $r := .Receiver }}{{ $r }}', `{{ $r := ${NAME} }}{{ $r }}`],
  ['{{ template "x" .Receiver }}', `{{ template "x" ${NAME} }}`],
  ['{{ (.).Receiver }}', `{{ ${NAME.replace('.Receiver', '(.).Receiver')} }}`],
  ['{{ if eq ( $ ).Receiver "pager" }}a{{ end }}', `{{ if eq ${NAME.replace('.Receiver', '( $ ).Receiver')} "pager" }}a{{ end }}`],
  ['{{ ((or . $)).Receiver | toUpper }}', `{{ ${NAME.replace('.Receiver', '((or . $)).Receiver')} | toUpper }}`],
  ['{{ $d := . }}{{ range .Alerts }}{{ ($d).Receiver }}{{ $d.Receiver }}{{ end }}',
    `{{ $d := . }}{{ range .Alerts }}{{ ${NAME.replace('.Receiver', '($d).Receiver')} }}{{ ${NAME.replace('.Receiver', '$d.Receiver')} }}{{ end }}`],
  ['{{ (or (match .Receiver "x") .).Receiver }}', `{{ ${NAME.replace('.Receiver', `(or (match ${NAME} "x") .).Receiver`)} }}`],
  ['{{ with .Receiver }}{{ . }}{{ end }}', `{{ with ${NAME} }}{{ . }}{{ end }}`],
  ['{{ (.Receiver) }}', `{{ (${NAME}) }}`],
  ['{{ .Receiver }}{{ .Receiver }}', `{{ ${NAME} }}{{ ${NAME} }}`],
])('%s', (template, expected) => {
  expect(withUserReceiverName(template)).toBe(expected);
});

test.each([
  'Receiver', '.Receiver', '{{ "a .Receiver" }}', '{{/* .Receiver */}}', '{{ .CommonLabels.Receiver }}', '{{ .ReceiverName }}', '{{ (index .Alerts 0).Labels.Receiver }}',
  '{{ .Receiver.Name }}', '{{ (.).Receiver.Name }}', '{{ (.CommonLabels).SortedPairs }}', '{{ template "Receiver" . }}',
])('%s stays as it is', (template) => {
  expect(withUserReceiverName(template)).toBe(template);
});

describe('every spelling that leads to the name of the receiver', () => {
  const data = (receiver: string): string => JSON.stringify({
    receiver,
    status: 'firing',
    alerts: [{ status: 'firing', labels: { Receiver: 'a label' }, annotations: {} }],
    groupLabels: {},
    commonLabels: { Receiver: 'a label' },
    commonAnnotations: {},
    externalURL: 'https://alerts.example.com',
  });

  test.each([
    '{{ .Receiver }}', '{{ (.).Receiver }}', '{{ ((.)).Receiver }}', '{{ ($).Receiver }}', '{{ $.Receiver }}', '{{ with .Receiver }}{{ . }}{{ end }}',
    '{{ with $x := . }}{{ ($x).Receiver }}{{ end }}', '{{ with (.).Receiver }}{{ . | toUpper }}{{ end }}', '{{ (and true .).Receiver | printf "%.6s" }}',
    '{{ if eq (.).Receiver "pager" }}yes{{ else }}no{{ end }}', '{{ if match "^pager$" ($).Receiver }}yes{{ end }}', '{{ (.).Receiver | reReplaceAll "r$" "s" }}',
    '{{ define "x" }}{{ (.).Receiver }}{{ end }}{{ template "x" . }}', '{{ define "x" }}{{ . }}{{ end }}{{ template "x" (.).Receiver }}', '{{ block "x" (.) }}{{ .Receiver }}{{ end }}',
    '{{ range .Alerts }}{{ .Labels.Receiver }}{{ (.Labels).Receiver }}{{ ($).Receiver }}{{ end }}', '{{ with .CommonLabels }}{{ (.).Receiver }}{{ .Receiver }}{{ end }}',
    '{{ (or .CommonAnnotations .CommonLabels).Receiver }}', '{{ len (.).Receiver }}',
  ])('%s prints the name in the file', (template) => {
    withFiles({ 'user.json': data('pager'), 'copy.json': data('pager__route_0123456789ab') }, (directory) => {
      expect(amtoolRender(withUserReceiverName(template), join(directory, 'copy.json'))).toBe(amtoolRender(template, join(directory, 'user.json')));
    });
  });

  test.each([
    ['{{ index . "Receiver" }}', 'template-wrong-type'], ['{{ (index . "Receiver") }}', 'template-wrong-type'], ['{{ range $k, $v := . }}{{ $v }}{{ end }}', 'template-wrong-type'],
    ['{{ (dict "n" .).n.Receiver }}', 'template-function-unavailable'], ['{{ toJson . }}', 'template-function-unavailable'], ['{{ (index .Alerts 0).Receiver }}', 'template-field-unknown'],
  ])('%s is a finding', (description, code) => {
    const text = configWith({ name: 'pager', pagerduty_configs: [{ routing_key: '0'.repeat(32), description }] });
    expect(told(translateText(text))).toContain(`error ${code} receivers[0].pagerduty_configs[0].description`);
  });
});

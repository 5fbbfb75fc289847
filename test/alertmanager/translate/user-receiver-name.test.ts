import { withUserReceiverName } from '../../../src/alertmanager/translate/user-receiver-name';

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
  ['{{ .Receiver }}{{ .Receiver }}', `{{ ${NAME} }}{{ ${NAME} }}`],
])('%s', (template, expected) => {
  expect(withUserReceiverName(template)).toBe(expected);
});

test.each([
  'Receiver', '.Receiver', '{{ "a .Receiver" }}', '{{/* .Receiver */}}', '{{ .CommonLabels.Receiver }}', '{{ .ReceiverName }}', '{{ (index .Alerts 0).Receiver }}',
  '{{ .Receiver.Name }}', '{{ template "Receiver" . }}',
])('%s stays as it is', (template) => {
  expect(withUserReceiverName(template)).toBe(template);
});

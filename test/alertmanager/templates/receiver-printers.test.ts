import { printsReceiver, receiverPrinters } from '../../../src/alertmanager/templates';

const FILES = [
  { name: 'a.tmpl', path: 'a.tmpl', text: '{{ define "direct" }}{{ .Receiver }}{{ end }}{{ define "none" }}{{ .Status }}{{ end }}' },
  { name: 'b.tmpl', path: 'b.tmpl', text: '{{ define "by call" }}{{ template "direct" . }}{{ end }}{{ define "far" }}{{ if .Alerts }}{{ template "by call" . }}{{ end }}{{ end }}' },
  { name: 'c.tmpl', path: 'c.tmpl', text: '{{ define "circle" }}{{ template "back" . }}{{ end }}{{ define "back" }}{{ template "circle" . }}{{ template "pagerduty.default.clientURL" . }}{{ end }}' },
  { name: 'd.tmpl', path: 'd.tmpl', text: 'the file itself {{ $.Receiver }}' },
];

test('templates print the name of the receiver themselves or by what they call', () => {
  const printers = receiverPrinters(FILES);
  expect(['direct', 'by call', 'far', 'circle', 'back', 'd.tmpl', '__alertmanagerURL'].filter((name) => !printers.has(name))).toEqual([]);
  expect(['none', 'a.tmpl', 'b.tmpl', '__subject', 'sns.default.message'].filter((name) => printers.has(name))).toEqual([]);
});

test.each([
  ['{{ .Receiver }}', true], ['{{ with .Alerts }}{{ $.Receiver }}{{ end }}', true], ['{{ template "far" . }}', true], ['{{ template "none" . }}', false],
  ['Receiver', false], ['{{ .Status }}', false],
])('%s: %s', (text, prints) => {
  expect(printsReceiver(text, receiverPrinters(FILES))).toBe(prints);
});

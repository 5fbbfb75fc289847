import { usesReceiver, templatesUsingReceiver } from '../../../src/alertmanager/templates';

const FILES = [
  { name: 'a.tmpl', path: 'a.tmpl', text: '{{ define "direct" }}{{ .Receiver }}{{ end }}{{ define "none" }}{{ .Status }}{{ end }}' },
  { name: 'b.tmpl', path: 'b.tmpl', text: '{{ define "by call" }}{{ template "direct" . }}{{ end }}{{ define "far" }}{{ if .Alerts }}{{ template "by call" . }}{{ end }}{{ end }}' },
  { name: 'c.tmpl', path: 'c.tmpl', text: '{{ define "circle" }}{{ template "back" . }}{{ end }}{{ define "back" }}{{ template "circle" . }}{{ template "pagerduty.default.clientURL" . }}{{ end }}' },
  { name: 'e.tmpl', path: 'e.tmpl', text: '{{ define "outer" }}{{ with .Alerts }}{{ template "__alertmanagerURL" $ }}{{ end }}{{ end }}' },
  { name: 'd.tmpl', path: 'd.tmpl', text: 'the file itself {{ $.Receiver }}' },
];

test('templates print the name of a copy by what they call', () => {
  const printers = templatesUsingReceiver(FILES);
  expect(['circle', 'back', 'outer', '__alertmanagerURL'].filter((name) => !printers.has(name))).toEqual([]);
  expect(['direct', 'by call', 'far', 'd.tmpl', 'none', 'a.tmpl', 'b.tmpl', '__subject', 'sns.default.message'].filter((name) => printers.has(name))).toEqual([]);
});

test.each([
  ['{{ .Receiver }}', false], ['{{ template "outer" . }}', true], ['{{ template "far" . }}', false], ['{{ template "none" . }}', false],
  ['Receiver', false], ['{{ .Status }}', false],
])('%s: %s', (text, prints) => {
  expect(usesReceiver(text, templatesUsingReceiver(FILES))).toBe(prints);
});

test('nothing prints it where the user defines the URL anew', () => {
  const own = { name: 'f.tmpl', path: 'f.tmpl', text: '{{ define "__alertmanagerURL" }}https://alerts.example.com{{ end }}' };
  expect(templatesUsingReceiver([...FILES, own])).toEqual(new Set());
});

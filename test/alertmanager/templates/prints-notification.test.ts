import { printsNotification } from '../../../src/alertmanager/templates';

const file = (name: string, text: string): { name: string; path: string; text: string } => ({ name, path: name, text });
const FILES = [
  file('a.tmpl', '{{ define "whole" }}{{ . }}{{ end }}{{ define "parts" }}{{ .Status }}{{ end }}{{ define "redefined" }}{{ . }}{{ end }}{{ define "kept" }}{{ . }}{{ end }}'),
  file('b.tmpl', '{{ define "redefined" }}text{{ end }}{{ define "kept" }} {{ end }}{{ define "far" }}{{ template "whole" $ }}{{ end }}'),
];

test.each([
  ['{{ template "whole" . }}', true], ['{{ template "far" . }}', true], ['{{ template "kept" . }}', true],
  ['{{ template "redefined" . }}', false], ['{{ template "parts" . }}', false], ['{{ template "whole" .Alerts }}', false], ['{{ template "none" . }}', false],
  ['{{ define "whole" }}text{{ end }}{{ template "whole" . }}', false], ['text', false],
])('%s prints the notification as a whole: %s', (text, prints) => {
  expect(printsNotification(text, FILES)).toBe(prints);
});

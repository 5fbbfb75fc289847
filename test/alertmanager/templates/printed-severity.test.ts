import { printsSeverity } from '../../../src/alertmanager/templates/printed-severity';

test.each([
  '{{ .CommonLabels.severity }}', '{{ .CommonLabels.severity | toLower }}', '{{ index .CommonLabels "severity" }}', '{{ (index .Alerts 0).Labels.severity }}',
  '{{ if eq .CommonLabels.severity "page" }}critical{{ else }}{{ .CommonLabels.severity }}{{ end }}', '{{ $s := .CommonLabels.severity }}{{ $s }}',
  '{{ with .CommonLabels.severity }}{{ . }}{{ end }}', '{{ or .CommonLabels.severity "critical" }}', '{{- range .Alerts }}{{ .Labels.severity }}{{ end -}}',
])('%s prints the severity none', (template) => {
  expect(printsSeverity(template, 'none')).toBe(true);
});

test.each([
  'critical', '{{ if eq .CommonLabels.severity "page" }}critical{{ else }}warning{{ end }}', '{{ if .CommonLabels.severity }}critical{{ end }}',
  '{{ if match "none|info" .CommonLabels.severity }}info{{ else }}{{ .CommonLabels.severity }}{{ end }}', '{{ $s := .CommonLabels.severity }}{{ if eq $s "x" }}info{{ end }}',
  '{{ reReplaceAll "none" "info" .CommonLabels.severity }}', '{{ reReplaceAll `^none$` "info" .CommonLabels.severity }}', '{{ template "severity" . }}', '{{ .CommonLabels.severity_of_page }}',
  '{{/* {{ .CommonLabels.severity }} */}}critical',
])('%s does not, or maps it', (template) => {
  expect(printsSeverity(template, 'none')).toBe(false);
});

/** Annotations of alerting rules, with what synthesis finds in them: something exactly where Prometheus fails. */
export const RULE_TEMPLATES: ReadonlyArray<readonly [template: string, findings: readonly string[]]> = [
  ['{{ $labels.instance }} has {{ $value | humanize }}', []],
  ['{{ printf "%.2f" $value }}', []],
  ['{{ if gt $value 5.0 }}high{{ end }}', []],
  ['{{ with query "up" }}{{ . | first | value | humanizePercentage }}{{ end }}', []],
  ['{{ range query "up" }}{{ .Labels.job }}={{ .Value }} {{ end }}', []],
  ['{{ $labels.instance | reReplaceAll ":.*" "" | title }}', []],
  ['{{ if gt $value 5 }}high{{ end }}', ['warning rule-template-fails']],
  ['{{ if eq $value "5" }}high{{ end }}', ['warning rule-template-fails']],
  ['{{ $labels.instance.name }}', ['warning rule-template-field']],
  ['{{ .CommonLabels.x }}', ['warning rule-template-field']],
  ['{{ range query "up" }}{{ .Metric.job }}{{ end }}', ['warning rule-template-field']],
  ['{{ (query "up").Value }}', ['warning rule-template-field']],
  ['{{ $value | toUpper }}', ['warning rule-template-fails']],
  ['{{ humanize }}', ['warning rule-template-fails']],
  ['{{ reReplaceAll "(" "" $labels.job }}', ['warning rule-template-fails']],
  ['{{ tmpl "x" . }}', ['error rule-template-invalid']],
];

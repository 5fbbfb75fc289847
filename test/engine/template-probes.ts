/** Mistakes of each kind, with what the finding says to write. */
export const MISTAKES: ReadonlyArray<readonly [template: string, finding: string, fix: RegExp]> = [
  ['{{ range .Alerts }}{{ .CommonLabels.team }}{{ end }}', 'error template-field-unknown', /^write \$\.CommonLabels\.team, or \.Labels\.team/],
  ['{{ range .Alerts.Firing }}{{ .GroupLabels.team }}{{ end }}', 'error template-field-unknown', /^write \$\.GroupLabels\.team$/],
  ['{{ with index .Alerts 0 }}{{ .ExternalURL }}{{ end }}', 'error template-field-unknown', /^write \$\.ExternalURL$/],
  ['{{ range .Alerts }}{{ .Value }}{{ end }}', 'error template-field-unknown', /\{\{ \$value \}\} in an annotation of the rule/],
  ['{{ range .Alerts }}{{ .Annotation.summary }}{{ end }}', 'error template-field-unknown', /did you mean "Annotations"/],
  ['{{ range $a := .Alerts }}{{ $a.Lables.team }}{{ end }}', 'error template-field-unknown', /did you mean "Labels"/],
  ['{{ .Alerts.Labels.team }}', 'error template-field-unknown', /^write \{\{ range \.Alerts \}\}\{\{ \.Labels\.team \}\}\{\{ end \}\}/],
  ['{{ .Alerts.Firing.Len }}', 'error template-field-unknown', /^write \{\{ len \.Alerts\.Firing \}\}$/],
  ['{{ .Alerts.Frying | len }}', 'error template-field-unknown', /did you mean "Firing"/],
  ['{{ .CommonLabels.team.name }}', 'error template-field-unknown', /write \{\{ \.CommonLabels\.team \}\}/],
  ['{{ range .CommonLabels.SortedPairs }}{{ .Key }}{{ end }}', 'error template-field-unknown', /^write \.Name$/],
  ['{{ range $name, $text := .CommonLabels }}{{ $text.x }}{{ end }}', 'error template-field-unknown', /write \{\{ \$text \}\}/],
  ['{{ .Labels.team }}', 'error template-field-unknown', /^write \.CommonLabels\.team, or \{\{ range \.Alerts \}\}/],
  ['{{ .StartsAt }}', 'error template-field-unknown', /^write \{\{ range \.Alerts \}\}\{\{ \.StartsAt \}\}/],
  ['{{ .Alerts.Firing | toUpper }}', 'error template-wrong-type', /give a string/],
  ['{{ join .CommonLabels.Names "," }}', 'error template-wrong-type', /give a string/],
  ['{{ if eq .CommonLabels.severity 5 }}x{{ end }}', 'error template-wrong-type', /write "5", in double quotes/],
  ['{{ if gt .Alerts.Firing 1 }}x{{ end }}', 'error template-wrong-type', /len of the list/],
  ['{{ range .Status }}x{{ end }}', 'error template-wrong-type', /such as \.Alerts/],
  ['{{ range . }}x{{ end }}', 'error template-wrong-type', /^write \{\{ range \.Alerts \}\}$/],
  ['{{ template "pagerduty.default.instances" . }}', 'error template-wrong-type', /^give it a list of alerts, such as \.Alerts\.Firing$/],
  ['{{ range .Alerts }}{{ template "__subject" . }}{{ end }}', 'error template-wrong-type', /\$ elsewhere/],
  ['{{ (.Alerts.Firing | len) gt 1 }}', 'error template-wrong-arguments', /^write the function first: gt/],
  ['{{ .Status | reReplaceAll "a" }}', 'error template-wrong-arguments', /give a string, a string, a string/],
  ['{{ (index .Alerts 0).StartsAt.Format }}', 'error template-wrong-arguments', /give a string/],
  ['{{ reReplaceAll "(" "" .Status }}', 'error template-invalid-constant', /RE2/],
  ['{{ match "(?=x)" .Status }}', 'error template-invalid-constant', /RE2/],
  ['{{ tz "Mars/X" (index .Alerts 0).StartsAt }}', 'error template-invalid-constant', /Europe\/Berlin/],
  ['{{ slice "abc" 9 }}', 'error template-invalid-constant', /not greater than the length/],
  ['{{ (index .Alerts.Firing 0).Labels.team }}', 'warning template-depends-on-data', /the resolve is lost: write \{\{ if \.Alerts\.Firing \}\}/],
  ['{{ index .Alerts 1 }}', 'warning template-depends-on-data', /if gt \(len \.Alerts\) 1/],
  ['{{ slice .CommonLabels.team 0 3 }}', 'warning template-depends-on-data', /printf "%\.3s"/],
];

/** Ways to see that an alert fires before the first one is taken. */
export const GUARDS: readonly string[] = [
  '{{ if .Alerts.Firing }}X{{ end }}', '{{ if gt (len .Alerts.Firing) 0 }}X{{ end }}', '{{ if ne 0 (len .Alerts.Firing) }}X{{ end }}', '{{ if ge (.Alerts.Firing | len) 1 }}X{{ end }}',
  '{{ if eq .Status "firing" }}X{{ end }}', '{{ if eq (toUpper .Status) "FIRING" }}X{{ end }}', '{{ if ne .Status "resolved" }}X{{ end }}', '{{ if eq .Status "resolved" }}{{ else }}X{{ end }}',
  '{{ if not .Alerts.Firing }}{{ else }}X{{ end }}', '{{ with .Alerts.Firing }}{{ with $ }}X{{ end }}{{ end }}', '{{ if and .Alerts.Firing .CommonLabels.alertname }}X{{ end }}',
  '{{ $firing := .Alerts.Firing }}{{ if $firing }}X{{ end }}', '{{ $n := len .Alerts.Firing }}{{ if gt $n 0 }}X{{ end }}', '{{ range .Alerts.Firing }}{{ with $ }}X{{ end }}{{ end }}',
  '{{ if not .Alerts.Resolved }}X{{ end }}', '{{ if eq (len .Alerts.Resolved) 0 }}X{{ end }}', '{{ if .Alerts.Firing }}{{ if .CommonLabels.x }}X{{ else }}X{{ end }}{{ end }}',
];

/** Conditions that do not see it. */
export const UNGUARDED: readonly string[] = [
  '{{ if .CommonLabels.x }}{{ else }}X{{ end }}', '{{ if .Alerts }}X{{ end }}', '{{ if .Alerts.Resolved }}X{{ end }}', '{{ if ge (len .Alerts.Firing) 0 }}X{{ end }}',
  '{{ if or .Alerts.Firing .Status }}X{{ end }}', '{{ if not .Alerts.Firing }}X{{ end }}',
];

/** Takes the first firing alert where a guard has an X. */
export function takeFirstFiring(guard: string): string {
  return guard.replaceAll('X', '{{ (index .Alerts.Firing 0).Annotations.summary }}');
}

/** What prints nothing, because a name after a set of labels is the name of a label: no error, because nothing fails. */
export const BLANK: readonly string[] = [
  '{{ .CommonLabels.SortedNames }}', '{{ .GroupLabels.Value }}', '{{ range .Alerts }}{{ .Annotations.Name }}{{ end }}', '{{ with .CommonAnnotations }}{{ .Receiver }}{{ end }}',
  '{{ with .GroupLabels }}{{ .ExternalURL }}{{ end }}',
];

/** A sound call of each function that is newer than what is known of AMP, with the Alertmanager that introduced it. */
export const NEWER_FUNCTIONS: ReadonlyArray<readonly [call: string, since: string]> = [
  ['safeUrl .ExternalURL', '0.30'], ['toJson .CommonLabels', '0.30'], ['urlUnescape "a%20b"', '0.30'],
  ['append (list "a") "b"', '0.32'], ['dict "a" 1', '0.32'], ['list 1 "a"', '0.32'], ['now', '0.33'],
  ['base64decode "YQ=="', '0.34'], ['base64encode .Status', '0.34'],
  ['mustToDate "2006" "2026"', '0.34'], ['toDate "2006" "2026"', '0.34'], ['routeLabels "team"', '0.34'],
  ['addDuration "5m" (index .Alerts 0).StartsAt', '0.35'],
];

export function callIn(call: string): string {
  return `{{ ${call} }}`;
}

export function templateProbes(): string[] {
  return [
    ...MISTAKES.map(([template]) => template),
    ...[...GUARDS, ...UNGUARDED].map(takeFirstFiring), ...BLANK, ...NEWER_FUNCTIONS.map(([call]) => callIn(call)),
  ];
}

/**
 * The configuration for those who bring none: every alert pages, one incident per alert name.
 *
 * What an on-call person wants to see first: the summary of the alert; how bad it is, which is what the alerts say, and the
 * worst of them if they differ; the runbook and the dashboard one click away. `generatorURL` is a link only where it is
 * absolute, because AMP's own is not.
 */
export const DEFAULT_CONFIG = `route:
  receiver: pagerduty
  group_by: [alertname]
receivers:
  - name: pagerduty
    pagerduty_configs:
      # Replaced by the key of this name in the secret of routing keys.
      - routing_key_file: pagerduty
        client: Amazon Managed Service for Prometheus
        client_url: ""
        description: >-
          {{ with .CommonAnnotations.summary }}[{{ $.Status | toUpper }}{{ if eq $.Status "firing" }}:{{ $.Alerts.Firing | len }}{{ end }}]
          {{ with $.CommonLabels.alertname }}{{ . }}: {{ end }}{{ . }}{{ else }}{{ template "pagerduty.default.description" . }}{{ end }}
        severity: >-
          {{ $critical := false }}{{ range .Alerts.Firing }}{{ if eq .Labels.severity "critical" }}{{ $critical = true }}{{ end }}{{ end -}}
          {{ if .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else if $critical }}critical{{ else }}error{{ end }}
        component: '{{ .CommonLabels.instance }}'
        group: '{{ .CommonLabels.job }}'
        class: '{{ .CommonLabels.alertname }}'
        links:
          - href: '{{ .CommonAnnotations.runbook_url }}'
            text: Runbook
          - href: '{{ .CommonAnnotations.dashboard_url }}'
            text: Dashboard
          - href: '{{ with (index .Alerts 0).GeneratorURL }}{{ if match "^https?://" . }}{{ . }}{{ end }}{{ end }}'
            text: Prometheus
        details:
          summary: '{{ .CommonAnnotations.summary }}'
          description: '{{ .CommonAnnotations.description }}'
`;

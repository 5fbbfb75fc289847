import type { AlertmanagerFile, PagerDutyConfig } from './model';

const SUMMARY = '{{ .CommonAnnotations.summary }}';
const DESCRIPTION = '{{ .CommonAnnotations.description }}';

/** What an on-call person wants to see first. Names no key: it is the one in the secret that is called like the receiver. */
const PAGE: PagerDutyConfig = {
  client: 'Amazon Managed Service for Prometheus',
  client_url: '',
  // The summary of the alert, as in the title of a chat message.
  description: '{{ with .CommonAnnotations.summary }}[{{ $.Status | toUpper }}{{ if eq $.Status "firing" }}:{{ $.Alerts.Firing | len }}{{ end }}]'
    + ' {{ with $.CommonLabels.alertname }}{{ . }}: {{ end }}{{ . }}{{ else }}{{ template "pagerduty.default.description" . }}{{ end }}',
  // How bad it is, which is what the alerts say, and the worst of them if they differ.
  severity: '{{ $critical := false }}{{ range .Alerts.Firing }}{{ if eq .Labels.severity "critical" }}{{ $critical = true }}{{ end }}{{ end -}}'
    + ' {{ if .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else if $critical }}critical{{ else }}error{{ end }}',
  component: '{{ .CommonLabels.instance }}',
  group: '{{ .CommonLabels.job }}',
  class: '{{ .CommonLabels.alertname }}',
  links: [
    { href: '{{ .CommonAnnotations.runbook_url }}', text: 'Runbook' },
    { href: '{{ .CommonAnnotations.dashboard_url }}', text: 'Dashboard' },
    // A link only where it is absolute, because AMP's own is not.
    { href: '{{ with (index .Alerts 0).GeneratorURL }}{{ if match "^https?://" . }}{{ . }}{{ end }}{{ end }}', text: 'Prometheus' },
  ],
  details: { summary: SUMMARY, description: DESCRIPTION },
  details_text: { summary: SUMMARY, description: DESCRIPTION },
};

/**
 * The configuration for those who bring none: every alert pages, one incident per alert name.
 *
 * Not as text, because each synthesis would spend more time on loading what reads it than on everything else of ours. A test
 * writes it as an `alertmanager.yml` and reads that.
 */
export const DEFAULT_CONFIG: AlertmanagerFile = {
  route: { receiver: 'pagerduty', group_by: ['alertname'], matchers: [], routes: [] },
  receivers: [{ name: 'pagerduty', pagerduty_configs: [PAGE], webhook_configs: [], email_configs: [], sns_configs: [], slack_configs: [], others: [] }],
};

import { parse } from 'yaml';
import type { Json } from './mutations';

/** A configuration with every field of Alertmanager 0.25 that is read, valid as it is. The mutation table starts from it. */
export const COMPLETE_CONFIGURATION = `
global:
  resolve_timeout: 6m
  http_config:
    basic_auth: {username: user, password: secret}
    proxy_url: http://proxy.example.com:3128
    tls_config: {ca_file: ca.pem, cert_file: cert.pem, key_file: key.pem, server_name: host, insecure_skip_verify: true, min_version: TLS12, max_version: TLS13}
    follow_redirects: false
    enable_http2: true
  smtp_from: alerts@example.com
  smtp_hello: example.com
  smtp_smarthost: smtp.example.com:587
  smtp_auth_username: user
  smtp_auth_password: secret
  smtp_auth_secret: secret
  smtp_auth_identity: user
  smtp_require_tls: false
  slack_api_url: https://hooks.example.com/a
  pagerduty_url: https://events.eu.pagerduty.com/v2/enqueue
templates: [templates/none-*.tmpl]
route:
  receiver: pages
  group_by: [alertname, cluster]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
  - receiver: chat
    match: {service: files}
    match_re: {team: a|b}
    matchers: ['severity="critical"', 'env=~"prod|stage"', 'x!="y"', z!~a.b]
    group_by: ['...']
    continue: true
    mute_time_intervals: [weekend]
    active_time_intervals: [office]
    group_wait: 0s
    routes:
    - matchers: ['{a="b", c="d"}']
  - receiver: others
inhibit_rules:
- source_match: {severity: critical}
  source_match_re: {team: a.*}
  source_matchers: [alertname="Down"]
  target_match: {severity: warning}
  target_match_re: {team: a.*}
  target_matchers: ['alertname!="Down"']
  equal: [cluster, service]
time_intervals:
- name: office
  time_intervals:
  - times: [{start_time: '09:00', end_time: '17:00'}, {start_time: '23:00', end_time: '24:00'}]
    weekdays: ['monday:friday', saturday]
    days_of_month: ['1:5', '-3:-1', '10']
    months: ['january:march', '5', '7:9']
    years: ['2026', '2027:2030']
    location: Europe/Berlin
mute_time_intervals:
- name: weekend
  time_intervals:
  - weekdays: ['saturday', 'sunday']
receivers:
- name: pages
  pagerduty_configs:
  - send_resolved: true
    http_config:
      authorization: {type: Bearer, credentials: secret}
    routing_key: 0123456789abcdef0123456789abcdef
    url: https://events.pagerduty.com/v2/enqueue
    client: prometheus
    client_url: https://prometheus.example.com
    description: '{{ .CommonLabels.alertname }}'
    details: {firing: '{{ .Alerts.Firing | len }}', note: text}
    images: [{src: 'https://example.com/a.png', alt: image, href: 'https://example.com'}]
    links: [{href: 'https://example.com', text: link}]
    source: source
    severity: critical
    class: class
    component: component
    group: group
  - routing_key_file: key
  - service_key: secret
  - service_key_file: key
- name: chat
  slack_configs:
  - send_resolved: true
    http_config:
      oauth2:
        client_id: id
        client_secret: secret
        scopes: [a]
        token_url: https://example.com/token
        endpoint_params: {a: b}
        proxy_url: http://proxy.example.com
        tls_config: {}
    api_url: https://hooks.example.com/b
    channel: '#alerts'
    username: text
    color: text
    title: text
    title_link: text
    pretext: text
    text: text
    fields: [{title: text, value: text, short: true}]
    short_fields: true
    footer: text
    fallback: text
    callback_id: text
    icon_emoji: text
    icon_url: text
    image_url: text
    thumb_url: text
    link_names: true
    mrkdwn_in: [text]
    actions:
    - {type: button, text: text, url: 'https://example.com', style: danger}
    - {type: button, text: text, name: name, value: value, confirm: {text: text, title: text, ok_text: text, dismiss_text: text}}
  - {api_url_file: url}
  - {}
- name: others
  email_configs:
  - send_resolved: true
    to: oncall@example.com
    from: alerts@example.com
    hello: example.com
    smarthost: '[::1]:25'
    auth_username: user
    auth_password: secret
    auth_secret: secret
    auth_identity: user
    headers: {Subject: text, X-Team: text}
    html: text
    text: text
    require_tls: false
    tls_config: {insecure_skip_verify: true}
  - {to: oncall@example.com, auth_password_file: file}
  webhook_configs:
  - send_resolved: true
    http_config: {basic_auth: {username: user, password_file: file}}
    url: https://example.com/hook
    max_alerts: 5
  sns_configs:
  - send_resolved: true
    http_config: {}
    api_url: https://sns.eu-west-1.amazonaws.com
    sigv4: {region: eu-west-1, access_key: key, secret_key: secret, profile: profile, role_arn: 'arn:aws:iam::123456789012:role/x'}
    topic_arn: arn:aws:sns:eu-west-1:123456789012:alerts
    subject: text
    message: text
    attributes: {a: b}
  - {sigv4: {}, phone_number: '+491234'}
  - {sigv4: {}, target_arn: 'arn:aws:sns:eu-west-1:123456789012:app'}
- name: nothing
`;

/** Fields that came after 0.25, up to 0.35, valid as they are there, and integrations that are not read. */
export const NEWER_CONFIGURATION = `
global:
  smtp_auth_password_file: file
  smtp_auth_secret_file: file
  smtp_tls_config: {ca: text, cert: text, key: text}
  smtp_force_implicit_tls: true
  slack_app_token: secret
  slack_app_url: https://slack.example.com
  http_config:
    proxy_from_environment: true
    proxy_connect_header: {X-A: [secret]}
    http_headers: {X-B: {values: [a], secrets: [b], files: [c]}}
    basic_auth: {username_file: file, password_ref: ref}
route:
  receiver: new
  labels: {team: '{{ .CommonLabels.team }}'}
  group_by: [a.b, "ü"]
  routes:
  - matchers: ['"a.b"="c"', 'ü=~"x"']
inhibit_rules:
- {name: rule, source_matchers: ['"a.b"="c"'], equal: [a.b]}
receivers:
- name: new
  labels: {owner: me}
  pagerduty_configs:
  - routing_key: key
    timeout: 10s
    details: {nested: {list: [1, true, null, 1.5, text]}, plain: 1.10}
  slack_configs:
  - {app_token: secret, message_text: text, timeout: 5s, app_url: 'https://slack.example.com'}
  - {api_url: 'https://slack.com/api/chat.postMessage', update_message: true, post_updates_to_thread: true}
  webhook_configs:
  - {url_file: file, timeout: 1m, payload: {a: [b]}}
  - {url: 'https://example.com/{{ .Status }}'}
  email_configs:
  - {to: a, from: b, smarthost: 'h:25', force_implicit_tls: false, threading: {enabled: true, thread_by_date: daily}}
  sns_configs:
  - {topic_arn: 'arn:aws:sns:eu-west-1:123456789012:t', sigv4: {role_arn: r, external_id: e, session_name: alerts, tags: {team: a}, use_fips_sts_endpoint: true, service_name: sns}, use_aws_http_client: true}
`;

/**
 * The complete configuration in parts, each valid on its own and small: the top with bare receivers, the defaults, and every
 * integration in a receiver by itself with the defaults that it uses.
 */
export function partsOfCompleteConfiguration(): Json[] {
  const { global, receivers, ...top } = parse(COMPLETE_CONFIGURATION) as Complete;
  const small = { route: { receiver: 'r' } };
  const parts: Json[] = [
    { ...top, receivers: receivers.map(({ name }) => ({ name })) },
    { global, ...small, receivers: [{ name: 'r' }] },
  ];
  for (const { name: _, ...integrations } of receivers) {
    for (const [type, entries] of Object.entries(integrations)) {
      const product = type.replace('_configs', '').replace('email', 'smtp');
      const defaults = Object.fromEntries(Object.entries(global).filter(([key]) => key.startsWith(product)));
      parts.push(...(entries as Json[]).map((entry): Json => ({ global: defaults, ...small, receivers: [{ name: 'r', [type]: [entry] }] })));
    }
  }
  return parts;
}

interface Complete {
  readonly [root: string]: Json;
  global: { [field: string]: Json };
  receivers: Array<{ name: string; [type: string]: Json }>;
}

import { COMPLETE_CONFIGURATION } from './complete-configuration';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { formatFinding } from '../../../src/findings/format';

/** Every finding as the user sees its first line. */
function linesOf(text: string): string[] {
  return readConfig(text, 'alertmanager.yml').findings.map((finding) => formatFinding(finding).split('\n')[0]);
}

function codesOf(text: string): string[] {
  return readConfig(text, 'alertmanager.yml').findings.map(({ code }) => code);
}

const RECEIVERS = 'receivers:\n- name: r\n';

describe('findings', () => {
  test('come all at once, in the order of the file, with code, position and path', () => {
    const text = [
      'global: {resolve_timeout: 5 minutes}',
      'route:',
      '  receiver: pagerduti',
      '  group_wait: 1.5m',
      '  routes:',
      '  - matchers: [severity=~"("]',
      '    mute_time_intervals: [weekends]',
      'receivers:',
      '- name: pagerduty',
      '  pagerduty_configs:',
      '  - rooting_key: 0123',
      '    url: events.pagerduty.com',
      '    send_resolved: maybe',
      '- name: pagerduty',
      'time_intervals: [{name: weekend}]',
    ].join('\n');
    expect(linesOf(text)).toEqual([
      'alertmanager.yml:1:27 error: "5 minutes" is not a duration (global.resolve_timeout) [config-invalid-duration]',
      'alertmanager.yml:3:13 error: the receiver "pagerduti" is not defined (route.receiver) [config-undefined-receiver]',
      'alertmanager.yml:4:15 error: "1.5m" is not a duration (route.group_wait) [config-invalid-duration]',
      'alertmanager.yml:6:16 error: the matcher "severity=~\\"(\\"" is not valid: the regular expression "(" is not valid: a closing ) is missing (route.routes[0].matchers[0]) [config-invalid-matcher]',
      'alertmanager.yml:7:27 error: the time interval "weekends" is not defined (route.routes[0].mute_time_intervals[0]) [config-undefined-time-interval]',
      'alertmanager.yml:11:5 error: unknown field "rooting_key" in a PagerDuty configuration (receivers[0].pagerduty_configs[0].rooting_key) [config-unknown-field]',
      'alertmanager.yml:11:5 error: a PagerDuty configuration needs one of "routing_key", "routing_key_file", "service_key", "service_key_file" (receivers[0].pagerduty_configs[0]) [config-missing-field]',
      'alertmanager.yml:12:10 error: the URL "events.pagerduty.com" does not begin with http:// or https:// (receivers[0].pagerduty_configs[0].url) [config-invalid-url]',
      'alertmanager.yml:13:20 error: "maybe" is not true or false (receivers[0].pagerduty_configs[0].send_resolved) [config-wrong-type]',
      'alertmanager.yml:14:9 error: the receiver "pagerduty" is defined twice (receivers[1].name) [config-duplicate-receiver]',
    ]);
  });

  test.each([
    ['rooting_key', 'did you mean "routing_key"?'],
    ['routing-key', 'did you mean "routing_key"?'],
    ['Severity', 'did you mean "severity"?'],
    ['dedup_key', 'remove it; known fields are send_resolved'],
  ])('say what may be meant by the unknown field %s', (name, fix) => {
    const { findings } = readConfig(`route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{service_key: x, ${name}: x}]}]`, 'f');
    expect(findings.map((finding) => finding.fix?.slice(0, fix.length))).toEqual([fix]);
  });

  test('never repeat a secret', () => {
    const secret = 'T0PSECRET';
    const text = `global: {slack_api_url: "${secret}", smtp_auth_password: [${secret}], http_config: {proxy_url: "http://u:${secret}@:x"}}
route: {receiver: r}
receivers:
- name: r
  pagerduty_configs: [{routing_key: {a: ${secret}}}, {routing_key: ${secret}, routing_key_file: ${secret}}]
  webhook_configs: [{url: "ftp://${secret}"}]
  slack_configs: [{api_url: "${secret}"}]`;
    const { findings } = readConfig(text, 'f');
    expect(findings.length).toBeGreaterThanOrEqual(7);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  test.each([
    'route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{routing_key: "T0PSECRET" T0PSECRET}]}]',
    'route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{routing_key: *T0PSECRET}]}]',
    'route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{routing_key: k, url: "htps://u:T0PSECRET@host"}]}]',
    'route: {receiver: r}\n]T0PSECRET\n',
    'route: {receiver: r}\n} T0PSECRET: x\n',
  ])('nor what may be one in a text that is wrong: %s', (text) => {
    const { findings } = readConfig(text, 'f');
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain('T0PSECRET');
  });

  test.each([
    ['', 'config-no-route'],
    ['# nothing\n', 'config-no-route'],
    ['---\n', 'config-no-route'],
    ['receivers: []', 'config-no-route'],
    ['- a', 'config-wrong-type'],
    ['text', 'config-wrong-type'],
    ['route: [', 'config-invalid-yaml'],
    ['a: \u0000', 'config-invalid-character'],
    ['a: "x\u2028y"', 'config-invalid-character'],
    ['a: *b', 'config-invalid-alias'],
    [`route: {receiver: r, receiver: r}\n${RECEIVERS}`, 'config-duplicate-key'],
    [`route: {receiver: r, group_by: [a, a]}\n${RECEIVERS}`, 'config-invalid-group-by'],
    [`route: {receiver: r, group_by: [a, ...]}\n${RECEIVERS}`, 'config-invalid-group-by'],
    [`route: {receiver: r, repeat_interval: 0s}\n${RECEIVERS}`, 'config-invalid-duration'],
    [`route: {receiver: r, routes: [{match: {a-b: c}}]}\n${RECEIVERS}`, 'config-invalid-label-name'],
    [`route: {receiver: r, routes: [{match_re: {a: "(?!b)"}}]}\n${RECEIVERS}`, 'config-invalid-regex'],
    [`route: {routes: []}\n${RECEIVERS}`, 'config-root-route'],
    [`route: {receiver: r, matchers: [a=b]}\n${RECEIVERS}`, 'config-root-route'],
    [`route: {receiver: r}\n${RECEIVERS}time_intervals: [{name: a}, {name: a}]`, 'config-duplicate-time-interval'],
    [`route: {receiver: r}\n${RECEIVERS}time_intervals: [{name: a, time_intervals: [{weekdays: [moonday]}]}]`, 'config-invalid-time-interval'],
  ])('of %j are %s', (text, code) => {
    expect(codesOf(text)).toEqual([code]);
  });

  test('warn of further documents, and read the first', () => {
    const { config, findings } = readConfig(`route: {receiver: r}\n${RECEIVERS}---\nroute: {receiver: other}\n`, 'f');
    expect(findings.map(({ code, severity, position }) => [code, severity, position?.line])).toEqual([['config-several-documents', 'warning', 5]]);
    expect(config?.route.receiver).toBe('r');
  });
});

describe('positions', () => {
  const text = 'route:\r\n  receiver: r\r\nreceivers:\r\n- name: r\r\n  pagerduty_configs:\r\n  - &p {service_key: a, url: }\r\n  - *p\r\n  - <<: *p\r\n    client: c\r\n';
  const { positionOf } = readConfig(`\uFEFF${text}`, 'f.yml');

  test.each([
    [['route', 'receiver'], 2, 13],
    [['receivers', 0, 'name'], 4, 9],
    [['receivers', 0, 'pagerduty_configs', 0, 'service_key'], 6, 22],
    [['receivers', 0, 'pagerduty_configs', 0, 'url'], 6, 25],
    [['receivers', 0, 'pagerduty_configs', 1], 7, 5],
    [['receivers', 0, 'pagerduty_configs', 1, 'service_key'], 6, 22],
    [['receivers', 0, 'pagerduty_configs', 2, 'service_key'], 6, 22],
    [['receivers', 0, 'pagerduty_configs', 2, 'client'], 9, 13],
    [['receivers', 0, 'pagerduty_configs', 9, 'client'], 6, 3],
    [['nowhere', 'at', 'all'], 1, 1],
    [[], 1, 1],
  ])('of %j is %d:%d', (path, line, column) => {
    expect(positionOf(path)).toEqual({ file: 'f.yml', line, column });
  });
});

describe('the configuration', () => {
  test('is normalized as the model says', () => {
    const { config, findings } = readConfig(`
global: {resolve_timeout: 5m, http_config: {proxy_url: 'http://proxy:3128', tls_config: {insecure_skip_verify: yes}}}
templates: ['a/*.tmpl']
route:
  receiver: one
  routes:
  - receiver: one
    match: {b: x, a: 1e3}
    match_re: {a: y|z}
    matchers: ['c!="d"', '"ü.x"=~"e"', 'b="a"']
    continue: on
    group_by: [...]
inhibit_rules:
- {source_match: {s: a}, target_matchers: [t=b], equal: [c]}
time_intervals:
- {name: n, time_intervals: [{times: [{start_time: 09:00, end_time: '17:00'}], years: [2026]}]}
receivers:
- name: one
  slack_configs: [{api_url: 'https://slack'}]
  pagerduty_configs:
  - routing_key: 0123
    send_resolved: no
    description: yes
    severity:
    details: {version: 1.10, hex: 0x1F, empty: , nested: [{a: 1}], on: off}
    links: [{href: h}]
    timeout: 10s
`, 'f');
    expect(findings).toEqual([]);
    expect(config).toEqual({
      global: { resolve_timeout: '5m', http_config: { proxy_url: 'http://proxy:3128', tls_config: { insecure_skip_verify: true } } },
      templates: ['a/*.tmpl'],
      route: {
        receiver: 'one',
        matchers: [],
        routes: [{
          receiver: 'one',
          group_by: ['...'],
          continue: true,
          matchers: [
            { name: 'a', type: '=', value: '1e3' },
            { name: 'a', type: '=~', value: '^(?:y|z)$' },
            { name: 'b', type: '=', value: 'a' },
            { name: 'b', type: '=', value: 'x' },
            { name: 'c', type: '!=', value: 'd' },
            { name: 'ü.x', type: '=~', value: 'e' },
          ],
          routes: [],
        }],
      },
      inhibit_rules: [{ source_matchers: [{ name: 's', type: '=', value: 'a' }], target_matchers: [{ name: 't', type: '=', value: 'b' }], equal: ['c'] }],
      time_intervals: [{ name: 'n', time_intervals: [{ times: [{ start_time: '09:00', end_time: '17:00' }], years: ['2026'] }] }],
      receivers: [{
        name: 'one',
        others: [],
        slack_configs: [{ api_url: 'https://slack' }],
        webhook_configs: [],
        email_configs: [],
        sns_configs: [],
        pagerduty_configs: [{
          routing_key: '0123',
          send_resolved: false,
          description: 'yes',
          severity: '',
          details: { version: 1.1, hex: 31, empty: null, nested: [{ a: 1 }], on: false },
          details_text: { version: '1.10', hex: '0x1F', empty: '', on: 'off' },
          links: [{ href: 'h' }],
          timeout: '10s',
        }],
      }],
    });
  });

  test.each([
    ['above a field: the field wins', '<<: {client: merged, group: g}\n    client: own', { client: 'own', group: 'g' }],
    ['below a field: the merge key wins', 'client: own\n    <<: {client: merged, group: g}', { client: 'merged', group: 'g' }],
    ['of a list: the first wins', '<<: [{client: first}, {client: second, group: g}]', { client: 'first', group: 'g' }],
    ['with a map: both are joined', '<<: {details: {a: x}}\n    details: {b: z}', { details: { a: 'x', b: 'z' }, details_text: { a: 'x', b: 'z' } }],
  ])('takes a merge key %s', (_, fields, expected) => {
    const { config, findings } = readConfig(`route: {receiver: r}\nreceivers:\n- name: r\n  pagerduty_configs:\n  - routing_key: k\n    ${fields}\n`, 'f');
    expect(findings).toEqual([]);
    expect(config?.receivers[0].pagerduty_configs).toEqual([{ routing_key: 'k', ...expected }]);
  });

  test('joins the matchers of a merge key with those of the route', () => {
    const { config } = readConfig(`route: {receiver: r, routes: [&a {matchers: [a=b]}, {<<: *a, matchers: [c=d]}]}\n${RECEIVERS}`, 'f');
    expect(config?.route.routes[1].matchers.map(({ name }) => name)).toEqual(['a', 'c']);
  });

  test('keeps names that mean something to JavaScript as data', () => {
    const { config, findings } = readConfig('route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{routing_key: k, details: {__proto__: {a: b}, constructor: c}}]}]', 'f');
    expect(findings).toEqual([]);
    expect(Object.entries(config?.receivers[0].pagerduty_configs[0].details ?? {})).toEqual([['__proto__', { a: 'b' }], ['constructor', 'c']]);
  });

  test('is there in spite of wrong values, so that what follows can be checked as well', () => {
    const { config, findings } = readConfig(`route: {receiver: r, group_wait: soon}\n${RECEIVERS}`, 'f');
    expect(findings).toHaveLength(1);
    expect(config?.route).toEqual({ receiver: 'r', matchers: [], routes: [] });
  });

  test.each([['no YAML', 'route: ['], ['no route', RECEIVERS], ['no list of receivers', 'route: {receiver: r}\nreceivers: r\n'], ['another root', '[]']])('is not there when there is %s', (_, text) => {
    expect(readConfig(text, 'f').config).toBeUndefined();
  });

  test('does not change when it is read again', () => {
    expect(readConfig(COMPLETE_CONFIGURATION, 'f').config).toEqual(readConfig(COMPLETE_CONFIGURATION, 'f').config);
  });
});

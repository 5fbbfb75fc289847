import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';
import { PagerDutySimulator } from '../../../sandbox/pagerduty/simulator';
import { nativeConfiguration } from '../../../sandbox/parity/native-configuration';
import { pagerDuty } from '../../../sandbox/parity/pagerduty/pagerduty';
import { webhook } from '../../../sandbox/parity/webhook/webhook';
import { madeUpRoutingKey } from '../../../sandbox/pipeline/variables';
import { WebhookSimulator } from '../../../sandbox/receivers/webhook-simulator';
import { readConfig } from '../../../src/alertmanager/read/read-config';

let directory: string;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'native-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

test('only what reaches the receivers is replaced: keys, addresses, other integrations and timings', async () => {
  const config = path.join(directory, 'alertmanager.yml');
  fs.writeFileSync(path.join(directory, 'x.tmpl'), '{{ define "x" }}{{ end }}');
  fs.writeFileSync(config, `
global: {resolve_timeout: 7m, slack_api_url: https://slack.example.com, pagerduty_url: https://other.example.com, http_config: {proxy_url: http://proxy, bearer_token_file: /etc/token}}
templates: ['*.tmpl']
inhibit_rules: [{source_matchers: [a="b"], target_matchers: [c="d"]}]
route:
  receiver: one
  group_interval: 1h
  routes:
    - {receiver: two, group_wait: 1h, repeat_interval: 5s, matchers: [x="y"]}
receivers:
  - name: one
    slack_configs: [{channel: c}]
    pagerduty_configs:
      - {routing_key: 11111111111111111111111111111111, severity: '{{ .Status }}', details: {n: 007}, http_config: {proxy_url: http://proxy}}
      - {service_key_file: /etc/key, url: https://x.example.com}
  - name: two
    webhook_configs:
      - {url: 'http://user@hooks.example.com:8080/x/{{ .Status }}?y=1', max_alerts: 3, timeout: 5s}
      - url_file: /etc/url
        http_config: {basic_auth: {username: u, password_file: /etc/p}, tls_config: {insecure_skip_verify: true}, http_headers: {X-A: {values: [a], secrets: [b], files: [/c]}}}
`);
  const [simulator, hooks] = await Promise.all([PagerDutySimulator.start(), WebhookSimulator.start()]);
  try {
    const native = parse(nativeConfiguration({
      config,
      rhythm: { groupWait: 1000, groupInterval: 2000 },
      integrations: [
        { field: pagerDuty.field, redirect: (entry, place, global) => pagerDuty.redirect(entry, place, simulator, global) },
        { field: webhook.field, redirect: (entry, place, global) => webhook.redirect(entry, place, hooks, global) },
      ],
    }));
    expect(native).toEqual({
      global: { resolve_timeout: '7m' },
      templates: [path.join(directory, 'x.tmpl')],
      inhibit_rules: [{ source_matchers: ['a="b"'], target_matchers: ['c="d"'] }],
      route: {
        receiver: 'one', group_wait: '1s', group_interval: '2s', repeat_interval: '120h', routes: [{ receiver: 'two', matchers: ['x="y"'] }],
      },
      receivers: [
        {
          name: 'one',
          pagerduty_configs: [
            { severity: '{{ .Status }}', details: { n: 7 }, routing_key: madeUpRoutingKey('one'), url: simulator.endpoint('["one",0]') },
            { routing_key: madeUpRoutingKey('one-2'), url: simulator.endpoint('["one",1]') },
          ],
        },
        {
          name: 'two',
          webhook_configs: [
            // The global settings are written out: an entry has its own, or all of them.
            { max_alerts: 3, url: `${hooks.endpoint('two/webhook/0')}/x/{{ .Status }}?y=1`, http_config: { bearer_token: 'content of /etc/token' } },
            {
              url: hooks.endpoint('two/webhook/1'),
              http_config: { basic_auth: { username: 'u', password: 'content of /etc/p' }, http_headers: { 'X-A': { values: ['a'], secrets: ['b', 'content of /c'] } } },
            },
          ],
        },
      ],
    });
    const file = readConfig(fs.readFileSync(config, 'utf8'), config).config;
    const places = file?.receivers.flatMap((receiver) => receiver.webhook_configs.map((_, index) => ({ file, receiver, index }))) ?? [];
    // The secret of the relay has the same URLs and values.
    expect(Object.assign({}, ...places.map((place) => webhook.secretValues?.(place, hooks)))).toEqual({
      'two/webhook/0': `${hooks.endpoint('two/webhook/0')}/x/{{ .Status }}?y=1`,
      'global/credentials': 'content of /etc/token',
      'two/webhook/1': hooks.endpoint('two/webhook/1'),
      'two/webhook/1/password': 'content of /etc/p',
      'two/webhook/1/header/X-A': 'b',
      'two/webhook/1/header/X-A/1': 'content of /c',
    });
  } finally {
    await Promise.all([simulator.close(), hooks.close()]);
  }
});

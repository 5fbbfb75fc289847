import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';
import { nativeConfiguration } from '../../../sandbox/parity/native-configuration';
import { madeUpRoutingKey } from '../../../sandbox/pipeline/variables';

let directory: string;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'native-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

test('only what reaches PagerDuty is replaced: keys, address, other integrations and timings', () => {
  const config = path.join(directory, 'alertmanager.yml');
  fs.writeFileSync(path.join(directory, 'x.tmpl'), '{{ define "x" }}{{ end }}');
  fs.writeFileSync(config, `
global: {resolve_timeout: 7m, slack_api_url: https://slack.example.com, pagerduty_url: https://other.example.com, http_config: {proxy_url: http://proxy}}
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
  - {name: two, webhook_configs: [{url: http://w}]}
`);
  const native = parse(nativeConfiguration({
    config, rhythm: { groupWait: 1000, groupInterval: 2000 }, endpoint: (receiver, index) => `http://127.0.0.1:1/${receiver}/${index}`,
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
          { severity: '{{ .Status }}', details: { n: 7 }, routing_key: madeUpRoutingKey('one'), url: 'http://127.0.0.1:1/one/0' },
          { routing_key: madeUpRoutingKey('one-2'), url: 'http://127.0.0.1:1/one/1' },
        ],
      },
      { name: 'two' },
    ],
  });
});

import { spawn } from 'child_process';
import * as path from 'path';
import { guardedLookup } from '../../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../../lambda/notify/secret-values';
import { sysdigSender } from '../../../lambda/notify/sysdig/send-sysdig';
import { sysdigEvent } from '../../../lambda/receive/transports/sysdig-event';
import { post } from '../../../lambda/shared/net/post';
import { SysdigSimulator, type SysdigCall } from '../../../sandbox/receivers/sysdig-simulator';
import { AddressPermission } from '../../../src/contract/queued-notification';
import type { SysdigEvent } from '../../../src/contract/sysdig';
import { pythonWith } from '../../support/python';

const TOKEN = 'placeholder token of a/sysdig';

/** Events of alerts whose labels and annotations have these texts. */
const TEXTS = ['plain', '"', '\'', '"\'', '\\', 'line\nfeed', 'tab\t', '\u0000\u001f\u007f', 'é😀\u2028', '<&>', '{{ . }}', ' '];
const EVENTS: SysdigEvent[] = TEXTS.flatMap((text) => ['firing', 'resolved'].map((status) => {
  const { isSeverityKnown: _known, ...event } = sysdigEvent({
    head: { receiver: 'a', status: status === 'firing' ? 'firing' : 'resolved', firing: 1, resolved: 0, groupLabels: [['alertname', text]] },
    settings: { endpoint: 'us1', token: { secret: 'a/sysdig' }, defaultSeverity: 3 },
    alerts: [{
      status, labels: { alertname: text, team: text }, annotations: { host_mac: text, description: text }, startsAt: '', endsAt: '', generatorURL: '', fingerprint: '',
    }],
  });
  return event;
}));

let simulator: SysdigSimulator;
beforeAll(async () => {
  simulator = await SysdigSimulator.start();
});
afterAll(async () => simulator.close());

/** What arrived of what a client sends. */
async function callsOf(sending: () => Promise<void>): Promise<SysdigCall[]> {
  const before = simulator.received.length;
  await sending();
  return simulator.received.slice(before);
}

async function postWithSysdigsClient(): Promise<void> {
  const client = spawn(pythonWith('sdcclient'), [path.join(__dirname, 'post_events.py'), simulator.url, TOKEN], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  client.stdout.on('data', (data) => {
    output += String(data);
  });
  const ended = new Promise((resolve) => client.once('close', resolve));
  client.stdin.end(JSON.stringify(EVENTS));
  expect(await ended).toBe(0);
  const answers = output.trim().split('\n').map((line) => JSON.parse(line) as [boolean, { event?: object }]);
  expect(answers.map(([accepted]) => accepted)).toEqual(EVENTS.map(() => true));
}

async function postWithRelay(): Promise<void> {
  const permissions = Object.values(AddressPermission);
  const secrets = new SecretValues(async () => Promise.resolve({ content: { kind: 'keys', keys: new Map([['a/sysdig', TOKEN]]) } }));
  const send = sysdigSender({ us1: { url: `${simulator.url}/api/v2/events/` } }, { secrets, post, permissions, lookup: guardedLookup(permissions) });
  for (const event of EVENTS) {
    const attempt = await send({
      version: 1,
      transport: 'sysdig',
      entry: 'e',
      status: 'firing',
      receiver: 'a',
      notificationId: 'n',
      publishedAt: '2026-11-25T10:00:00Z',
      request: { endpoint: 'us1', token: { secret: 'a/sysdig' }, body: JSON.stringify({ event }) },
    });
    expect(attempt).toEqual({ outcome: 'delivered' });
  }
}

test('the relay sends what Sysdig\'s own client sends for the same events', async () => {
  const [expected, sent] = [await callsOf(postWithSysdigsClient), await callsOf(postWithRelay)];
  const comparable = ({ endpoint, headers, body }: SysdigCall): unknown => ({
    endpoint, authorization: headers.authorization, type: headers['content-type'], body: JSON.parse(body) as unknown, members: Object.keys((JSON.parse(body) as { event: object }).event),
  });
  expect(sent).toHaveLength(EVENTS.length);
  expect(sent.map(comparable)).toEqual(expected.map(comparable));
}, 60_000);

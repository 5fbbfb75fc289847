import type { TransportEntry } from '../../../sandbox/receivers/receiver-simulator';
import { transportEntries } from '../../../sandbox/receivers/transport-entries';
import { WebhookSimulator } from '../../../sandbox/receivers/webhook-simulator';
import { receiver, route, translateFile } from '../../message/support/configuration';

let simulator: WebhookSimulator;

beforeEach(async () => {
  simulator = await WebhookSimulator.start();
});
afterEach(() => simulator.close());

test('calls are kept with their target, and listed as a person reads them', async () => {
  let changes = 0;
  simulator.onChange(() => {
    changes += 1;
  });
  simulator.faults = ({ path }) => (path === '/fail' ? { status: 503, body: 'later' } : undefined);
  const post = (path: string, body: string): Promise<Response> => fetch(`${simulator.endpoint('a/b "c"/webhook/1')}${path}`, { method: 'POST', body });
  const answers = [await post('/x?y=1', JSON.stringify({ status: 'resolved', groupLabels: { alertname: 'DiskFull' }, alerts: [{}] })), await post('/fail', 'no JSON')];
  expect(answers.map(({ status }) => status)).toEqual([200, 503]);
  expect(simulator.received).toMatchObject([{ target: 'a/b "c"/webhook/1', path: '/x?y=1', method: 'POST' }, { path: '/fail', body: 'no JSON', status: 503 }]);
  expect(simulator.calls).toMatchObject([
    { number: 1, target: 'receivers.a/b "c".webhook_configs[1]', status: 'resolved', summary: '1 alert: DiskFull', answer: '200', isAccepted: true },
    { number: 2, summary: '7 characters', answer: '503', isAccepted: false, text: 'no JSON' },
  ]);
  // Nothing of the URL, which is a secret, is listed.
  expect(JSON.stringify(simulator.calls)).not.toContain('y=1');
  expect(changes).toBe(2);
  expect((await fetch(new URL('/elsewhere', simulator.endpoint('x')), { method: 'POST' })).status).toBe(404);
});

test('the entries of a definition, and what the secret needs for them, are known without the file of the user', () => {
  const name = 'hook {{ "x" }} "é"';
  const { definition } = translateFile({
    route: route({ receiver: name, routes: [route({ receiver: name, matchers: [{ name: 'a', type: '=', value: '{{' }] })] }),
    receivers: [{
      ...receiver(name, { routing_key: 'k'.repeat(32) }),
      webhook_configs: [
        { url: 'https://hooks.example.com/{{ .Status }}/{{ .Receiver }}', max_alerts: 2 },
        { url: 'https://hooks.example.com', http_config: { basic_auth: { username: 'u', password: 'p' }, http_headers: { 'X-A': { secrets: ['s'], values: ['v'] } } } },
      ],
    }],
  });
  const entries = transportEntries(definition);
  expect(entries.map(({ entry, transport }) => [entry, transport])).toEqual([
    [`receivers.${name}.webhook_configs[0]`, 'webhook'], [`receivers.${name}.webhook_configs[1]`, 'webhook'],
  ]);
  expect(entries.map((entry) => simulator.secretsFor(entry as TransportEntry<'webhook'>))).toEqual([
    { [`${name}/webhook/0`]: `${simulator.endpoint(`${name}/webhook/0`)}/{{ . }}/{{ . }}` },
    {
      [`${name}/webhook/1`]: simulator.endpoint(`${name}/webhook/1`),
      [`${name}/webhook/1/password`]: `placeholder of ${name}/webhook/1/password`,
      [`${name}/webhook/1/header/X-A`]: `placeholder of ${name}/webhook/1/header/X-A`,
    },
  ]);
});

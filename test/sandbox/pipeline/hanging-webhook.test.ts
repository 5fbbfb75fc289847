import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { synthesize } from '../../../sandbox/assembly/synthesize';
import { Pipeline } from '../../../sandbox/pipeline/pipeline';
import { waitFor } from '../../../sandbox/processes/wait';

const DEADLINE = 120_000;
const GROUPS = 12;

/** The server takes the request and says nothing, until the function gives up. */
const HANGING_MS = 25_000;

jest.setTimeout(300_000);

test('webhooks that hang take nothing from pages: all are delivered while no webhook has answered', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hanging-'));
  const config = path.join(directory, 'alertmanager.yml');
  fs.writeFileSync(config, JSON.stringify({
    route: { receiver: 'team', group_by: ['alertname'] },
    receivers: [{
      name: 'team',
      pagerduty_configs: [{ routing_key: '0'.repeat(32) }],
      webhook_configs: [{ url: 'https://hooks.example.com/one' }, { url: 'https://hooks.example.com/two' }],
    }],
  }));
  const assembly = path.join(directory, 'cdk.out');
  await synthesize('sandbox/parity/app.ts', assembly, [JSON.stringify({ config })]);
  const pipeline = await Pipeline.start({ assembly, rhythm: { groupWait: 1000, groupInterval: 2000 } });
  const { webhook } = pipeline.receivers;
  try {
    let isHanging = true;
    webhook.faults = () => (isHanging ? { delay: HANGING_MS, drop: 'before' } : undefined);
    // First, the webhooks have as much to do as they ever take at once; then the pages come.
    const names = (prefix: string): string[] => Array.from({ length: GROUPS }, (_, index) => `${prefix}${index}`);
    const post = (list: readonly string[], endsAt?: string): Promise<void> =>
      pipeline.postAlerts(list.map((alertname) => ({ labels: { alertname }, endsAt })));
    await post(names('First'));
    await waitFor('the webhooks hang', () => webhook.received.length > 0 || undefined, { deadline: DEADLINE });
    const paged = (state: string): number => pipeline.simulator.incidents.all.filter((incident) => incident.state === state).length;
    await waitFor('the first pages are delivered', () => paged('triggered') === GROUPS || undefined, { deadline: DEADLINE });
    const calls = webhook.received.length;
    await post(names('Second'));
    await waitFor('the second pages are delivered', () => paged('triggered') === 2 * GROUPS || undefined, { deadline: DEADLINE });
    // Nothing was accepted, and most of the notifications still wait behind those that hang.
    expect(webhook.received.every(({ status }) => status === undefined)).toBe(true);
    expect(calls).toBeLessThan(2 * GROUPS);
    isHanging = false;
    // None of them is lost.
    const delivered = (): number => new Set(webhook.received.filter(({ status }) => status === 200).map(({ target, body }) => `${target} ${body}`)).size;
    await waitFor('every webhook is called', () => delivered() === 2 * 2 * GROUPS || undefined, { deadline: DEADLINE });
  } finally {
    await pipeline.close();
    fs.rmSync(directory, { recursive: true, force: true });
  }
});

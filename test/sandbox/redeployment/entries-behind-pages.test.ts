import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import type { FinalState } from '../../../sandbox/redeployment/final-state';
import { runRedeployment } from '../../../sandbox/redeployment/redeployment';

jest.setTimeout(300_000);

const TWO_HOOKS = ["{url: 'https://hooks.example.com/first'}", "{url: 'https://hooks.example.com/second'}"];

let directory: string;

beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'entries-'));
});

afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

/** A file whose receiver `team` has so many pages, and two webhooks behind them. */
function withPages(pages: number): string {
  const file = path.join(directory, `${pages}-pages.yml`);
  const keys = Array.from({ length: pages }, (_, index) => `{routing_key: ${String(index + 2).padStart(32, '0')}}`);
  fs.writeFileSync(file, `
route:
  receiver: everyone
  group_by: [alertname]
  routes: [{receiver: team, matchers: ['team = "a"']}]
receivers:
  - {name: everyone, pagerduty_configs: [{routing_key: 00000000000000000000000000000001}]}
  - {name: team, pagerduty_configs: [${keys.join(', ')}], webhook_configs: [${TWO_HOOKS.join(', ')}]}
`);
  return file;
}

/** What the receiver `team` knows in the end. */
async function deploy(before: number, after: number, alerts: 'ended' | 'firing'): Promise<FinalState> {
  const { incidents, webhooks, sentLater } = await runRedeployment({ before: withPages(before), after: withPages(after), alerts });
  const ofTeam = (line: string): boolean => line.startsWith('team');
  return { incidents: incidents.filter(ofTeam), webhooks: webhooks.filter(ofTeam), sentLater: sentLater.filter(ofTeam) };
}

describe('a page that is added to a receiver with webhooks moves them by one', () => {
  test('while alerts fire: the last webhook is called once more, and the new page waits for a change of the group', async () => {
    expect(await deploy(1, 2, 'firing')).toEqual({
      incidents: ['team GroupA: triggered'],
      webhooks: ['team/webhook/0 GroupA: firing', 'team/webhook/1 GroupA: firing'],
      sentLater: ['team/webhook/1 GroupA: firing'],
    });
  });

  test('while a group ends: the last webhook never learns of it, every other receiver does', async () => {
    expect(await deploy(1, 2, 'ended')).toEqual({
      incidents: ['team GroupA: resolved'],
      webhooks: ['team/webhook/0 GroupA: resolved', 'team/webhook/1 GroupA: firing'],
      sentLater: ['team GroupA: resolve', 'team-2 GroupA: resolve', 'team/webhook/0 GroupA: resolved'],
    });
  });
});

describe('the last page that is removed from a receiver with webhooks moves them by one', () => {
  test('while alerts fire: nothing is sent twice', async () => {
    expect(await deploy(2, 1, 'firing')).toEqual({
      incidents: ['team GroupA: triggered', 'team-2 GroupA: triggered'],
      webhooks: ['team/webhook/0 GroupA: firing', 'team/webhook/1 GroupA: firing'],
      sentLater: [],
    });
  });

  test('while a group ends: every webhook learns of it; the incident of the removed page stays, as in open-source Alertmanager', async () => {
    expect(await deploy(2, 1, 'ended')).toEqual({
      incidents: ['team GroupA: resolved', 'team-2 GroupA: triggered'],
      webhooks: ['team/webhook/0 GroupA: resolved', 'team/webhook/1 GroupA: resolved'],
      sentLater: ['team GroupA: resolve', 'team/webhook/0 GroupA: resolved', 'team/webhook/1 GroupA: resolved'],
    });
  });
});

import * as fs from 'fs';
import * as path from 'path';
import { synthesize } from '../../sandbox/assembly/synthesize';
import { Alertmanager, type PostedAlert } from '../../sandbox/monitoring/alertmanager';
import { PagerDutySimulator } from '../../sandbox/pagerduty/simulator';
import { Pipeline } from '../../sandbox/pipeline/pipeline';
import { median } from '../statistics';

/** Both sides wait this long for more alerts of a group, so that what is measured is the path after it. Milliseconds. */
const RHYTHM = { groupWait: 10, groupInterval: 60_000 };

const ALERTS = 10;
const WARM_UP = 5;
const ROUTING_KEY = 'k1'.repeat(16);
const MAX_WAIT_MS = 60_000;

export interface EndToEnd {
  /** From posting the alerts to the event at PagerDuty, in milliseconds. */
  readonly nativeMs: number;
  readonly relayMs: number;
}

/** Posts the same alerts to a real Alertmanager with its own notifier, and to one with the relay behind it, in turn. */
export async function measureEndToEnd(runs: number, directory: string): Promise<EndToEnd> {
  const config = path.join(directory, 'alertmanager.yml');
  fs.writeFileSync(config, configuration(`pagerduty_configs: [{ routing_key: ${ROUTING_KEY} }]`));
  const assembly = path.join(directory, 'end-to-end');
  await synthesize('sandbox/parity/app.ts', assembly, [JSON.stringify({ config })]);
  const pipeline = await Pipeline.start({ assembly, rhythm: RHYTHM });
  const simulator = await PagerDutySimulator.start();
  try {
    const native = await Alertmanager.start(pipeline.processes, {
      name: 'native',
      configuration: configuration(`pagerduty_configs: [{ routing_key: ${ROUTING_KEY}, url: '${simulator.endpoint()}' }]`),
      directory: path.join(pipeline.directory, 'native'),
    });
    const times = { native: [] as number[], relay: [] as number[] };
    for (let run = 0; run < WARM_UP + runs; run += 1) {
      const sides = [
        { into: times.native, to: simulator, post: async () => native.post(alerts(run)) },
        { into: times.relay, to: pipeline.simulator, post: async () => pipeline.postAlerts(alerts(run)) },
      ];
      for (const { into, to, post } of run % 2 === 0 ? sides : sides.reverse()) {
        const duration = await untilNextEvent(to, post);
        if (run >= WARM_UP) {
          into.push(duration);
        }
      }
    }
    return { nativeMs: median(times.native), relayMs: median(times.relay) };
  } finally {
    await simulator.close();
    await pipeline.close();
  }
}

function configuration(receiver: string): string {
  return `route: { receiver: pager, group_by: [run], group_wait: ${RHYTHM.groupWait}ms, group_interval: 1m, repeat_interval: 4h }
receivers:
  - name: pager
    ${receiver}
`;
}

/** A group of its own for each run. */
function alerts(run: number): PostedAlert[] {
  return Array.from({ length: ALERTS }, (_, index) => ({
    labels: { alertname: 'DiskFull', run: String(run), instance: `host-${index}.example.com`, severity: 'critical' },
    annotations: { summary: 'the disk is almost full' },
  }));
}

async function untilNextEvent(simulator: PagerDutySimulator, post: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const arrived = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no event within ${MAX_WAIT_MS} ms`)), MAX_WAIT_MS);
    const stop = simulator.onReceived(() => {
      clearTimeout(timer);
      stop();
      resolve(performance.now() - startedAt);
    });
  });
  await post();
  return arrived;
}

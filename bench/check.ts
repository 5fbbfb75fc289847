import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { median } from './statistics';
import { AlertManagerConfig } from '../src/alertmanager/alert-manager-config';
import { DetailsFormat, Incidents, UnsupportedReceivers } from '../src/alertmanager/options';
import { readConfig } from '../src/alertmanager/read/read-config';

/*
 * What checking your own configuration costs, templates included: `node tools/run.mjs bench/check.ts alertmanager.yml`. Prints
 * CPU time, which a busy machine does not change much, and the ratio to only reading the file.
 */

const RUNS = 11;

function cpuMilliseconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function check(file: string): void {
  AlertManagerConfig.fromFile(file, { unsupportedReceivers: UnsupportedReceivers.WARN, templateDirectory: dirname(file) })._translate({
    scopePath: 'Stack/Alerting',
    topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    region: 'eu-west-1',
    incidents: Incidents.PER_GROUP,
    detailsFormat: DetailsFormat.TEXT,
  });
}

for (const file of process.argv.slice(2)) {
  const first = cpuMilliseconds(() => check(file));
  const text = readFileSync(file, 'utf8');
  const checking = median(Array.from({ length: RUNS }, () => cpuMilliseconds(() => check(file))));
  const reading = median(Array.from({ length: RUNS }, () => cpuMilliseconds(() => readConfig(text, file))));
  console.log(`${file}: ${text.length} characters; first check ${first.toFixed(0)} ms, then ${checking.toFixed(1)} ms, ${(checking / reading).toFixed(1)} times reading alone`);
}

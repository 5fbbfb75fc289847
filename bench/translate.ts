/**
 * How long reading, checking and translating a large `alertmanager.yml` takes. `node tools/run.mjs bench/translate.ts --help`
 */
import { parseArgs } from 'util';
import { median } from './statistics';
import { AlertManagerConfig } from '../src/alertmanager/alert-manager-config';
import { DetailsFormat, Incidents } from '../src/alertmanager/options';

const HELP = `Measures how long it takes to read, check, and translate a large alertmanager.yml.

  node tools/run.mjs bench/translate.ts [options]

  --bytes N   size of each configuration (default 1000000)
  --runs N    runs per configuration in one process; the result is the median. The first run, before the code is
              optimized, is printed as well (default 5)
  --limit MS  exit with 1 if a median is above (default 1000)
  --help      print this help
`;

/** Configurations of one size and different shape, as functions of the number of their receivers. */
const SHAPES: { readonly [name: string]: (receivers: number) => string } = {
  'many small receivers, a route each': (receivers) => configuration(receivers, () => ''),
  'long templates in details': (receivers) => configuration(receivers, (number) => `
        description: '{{ range .Alerts }}{{ if eq .Labels.number "${number}" }}{{ .Annotations.summary }}{{ else }}-{{ end }}{{ end }}'
        details:
          text: |
${`            {{ with .CommonLabels.team }}team {{ . | toUpper }}{{ end }}, runbook of ${number}: see the handbook\n`.repeat(100)}`),
  'one receiver on every route': (receivers) => configuration(receivers, () => '', 'receiver0'),
};

function configuration(receivers: number, fields: (number: number) => string, everywhere?: string): string {
  const numbers = Array.from({ length: receivers }, (_, number) => number);
  return `route:
  receiver: receiver0
  group_by: [alertname, cluster]
  routes:
${numbers.map((number) => `    - matchers: ['team="team ${number}"', severity=~"critical|page"]
      receiver: ${everywhere ?? `receiver${number}`}
      group_wait: 30s
`).join('')}receivers:
${numbers.map((number) => `  - name: receiver${number}
    pagerduty_configs:
      - routing_key: key${number}
        severity: '{{ .CommonLabels.severity }}'${fields(number)}
`).join('')}`;
}

/** The configuration of a shape that comes closest to a size from below. */
function sized(shape: (receivers: number) => string, bytes: number): { readonly text: string; readonly receivers: number } {
  const each = (shape(200).length - shape(100).length) / 100;
  const receivers = Math.max(1, Math.floor(bytes / each) - 1);
  return { text: shape(receivers), receivers };
}

function milliseconds(text: string): number {
  const start = performance.now();
  AlertManagerConfig.fromString(text)._translate({
    scopePath: 'Bench',
    topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    region: 'eu-west-1',
    incidents: Incidents.PER_GROUP,
    detailsFormat: DetailsFormat.TEXT,
  });
  return performance.now() - start;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      bytes: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '5' },
      limit: { type: 'string', default: '1000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  for (const [name, shape] of Object.entries(SHAPES)) {
    const { text, receivers } = sized(shape, Number(values.bytes));
    const times = Array.from({ length: Number(values.runs) }, () => milliseconds(text));
    const slow = median(times) > Number(values.limit);
    process.stdout.write(`${name}: ${text.length} bytes, ${receivers} receivers, first ${times[0].toFixed(0)} ms, `
      + `median ${median(times).toFixed(0)} ms, fastest ${Math.min(...times).toFixed(0)} ms${slow ? `, above ${values.limit} ms` : ''}\n`);
    process.exitCode = slow ? 1 : process.exitCode;
  }
}

main();

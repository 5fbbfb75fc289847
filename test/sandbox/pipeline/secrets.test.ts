import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { synthesize } from '../../../sandbox/assembly/synthesize';
import type { AcceptedEvent } from '../../../sandbox/pagerduty/event-rules';
import type { Fault } from '../../../sandbox/pagerduty/faults';
import { email } from '../../../sandbox/parity/email/email';
import { starterOf, type StartIntegration } from '../../../sandbox/parity/integration';
import { fillSecret } from '../../../sandbox/parity/run';
import { slack } from '../../../sandbox/parity/slack/slack';
import { webhook } from '../../../sandbox/parity/webhook/webhook';
import { Pipeline } from '../../../sandbox/pipeline/pipeline';
import { waitFor } from '../../../sandbox/processes/wait';

/** How a server answers a notification: with what it was sent, URL and credentials included; undefined to accept it. */
type Echo = (notification: string, echoed: string) => Fault | undefined;

interface Format {
  /** The receiver's lists of integrations. */
  readonly receiver: object;
  /** Every value that must stay in the secret, as it would appear anywhere. */
  readonly values: readonly string[];
  /** More values of the secret, which the server on this machine does not receive: it has no use for them. */
  readonly unsent?: readonly string[];
  /** Fills the secret with the values; for PagerDuty, `routingKeys` does. */
  readonly integration?: StartIntegration;
  readonly routingKeys?: Readonly<Record<string, string>>;
  /** Values that `integration` replaces, with what is secret in them. */
  readonly secretValues?: (pipeline: Pipeline) => Readonly<Record<string, string>>;
  /** Makes the simulator answer with what it received. */
  readonly answer: (pipeline: Pipeline, echo: Echo) => void;
}

const KEYS = { one: 'd0nt1eakth1skey00000000000000one', two: 'd0nt1eakth1skey00000000000000two' };

/** Every format of notifications. A new integration is a new row. */
const FORMATS: Readonly<Record<string, Format>> = {
  pagerduty_configs: {
    receiver: { pagerduty_configs: [{ routing_key: KEYS.one }, { routing_key: KEYS.two }] },
    values: Object.values(KEYS),
    routingKeys: { 'team "é"': KEYS.one, 'team "é"-2': KEYS.two },
    answer: (pipeline, echo) => {
      pipeline.simulator.faults = ({ number }) => {
        const event = pipeline.simulator.received[number - 1]?.event as AcceptedEvent;
        const fault = echo(JSON.stringify(event), event.routing_key);
        // Only a response in this form is PagerDuty's.
        return fault?.status === 400 ? { ...fault, body: JSON.stringify({ status: 'invalid event', message: 'no', errors: [event.routing_key] }) } : fault;
      };
    },
  },
  webhook_configs: {
    receiver: {
      webhook_configs: [
        {
          url: 'https://hooks.example.com/T0/path-t0ken/{{ .Status }}/x?token=query-t0ken%20x',
          http_config: { basic_auth: { username: 'someone', password: 'basic-p4ssword' }, follow_redirects: true },
        },
        {
          url: 'https://hooks.example.com/other-t0ken',
          http_config: { authorization: { credentials: 'bearer-t0ken' }, http_headers: { 'X-Key': { secrets: ['header-k3y'] } } },
        },
      ],
    },
    values: [
      'path-t0ken', 'query-t0ken', 'basic-p4ssword', 'other-t0ken', 'bearer-t0ken', 'header-k3y',
      Buffer.from('someone:basic-p4ssword').toString('base64'), encodeURIComponent('query-t0ken x'),
    ],
    integration: starterOf(webhook),
    answer: (pipeline, echo) => {
      pipeline.receivers.webhook.faults = ({ path: url, headers, body }) => {
        const [, credentials = ''] = headers.authorization?.split(' ') ?? [];
        return echo(body, JSON.stringify([url, decodeURIComponent(url), headers, Buffer.from(credentials, 'base64').toString()]));
      };
    },
  },
  slack_configs: {
    receiver: {
      slack_configs: [
        { api_url: 'https://hooks.slack.com/services/T0/B0/hook-t0ken', channel: '#team', send_resolved: true },
        { app_token: 'xoxb-app-t0ken', channel: '#team', send_resolved: true },
      ],
    },
    values: ['hook-t0ken', 'xoxb-app-t0ken'],
    integration: starterOf(slack),
    secretValues: ({ receivers }) => ({ 'team "é"/slack/0': `${receivers.slack.endpoint('team "é"/slack/0')}/hook-t0ken` }),
    answer: (pipeline, echo) => {
      pipeline.receivers.slack.faults = ({ body, authorization }) => echo(body, JSON.stringify([authorization ?? '/services/hook-t0ken']));
    },
  },
  email_configs: {
    receiver: {
      email_configs: ['first-p4ssword', 'second-p4ssword'].map((password) => ({
        to: 'team@example.com',
        from: 'alerts@example.com',
        smarthost: 'mail.example.com:587',
        send_resolved: true,
        auth_username: 'someone',
        auth_password: password,
        auth_secret: 'cram-md5-s3cret',
        tls_config: { cert: 'tls-c3rt', key: 'tls-k3y' },
      })),
    },
    unsent: ['cram-md5-s3cret', base64('cram-md5-s3cret'), 'tls-c3rt', 'tls-k3y', base64('tls-k3y')],
    values: ['first-p4ssword', 'second-p4ssword'].flatMap((password) => [password, base64(password), base64(`\0someone\0${password}`)]),
    integration: starterOf(email),
    answer: (pipeline, echo) => {
      pipeline.receivers.email.faults = ({ data, credentials }) => {
        const { username = '', password = '' } = credentials ?? {};
        const fault = echo(data.toString('latin1'), [password, base64(password), base64(`\0${username}\0${password}`)].join(' '));
        return fault && { code: fault.status === 400 ? 554 : 451, text: fault.body ?? '' };
      };
    },
  },
};

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

jest.setTimeout(240_000);

test.each(Object.keys(FORMATS))('no secret of %s is in a template, message, queue, table, log, or metric', async (name) => {
  const format = FORMATS[name] as Format;
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'secrets-'));
  const config = path.join(directory, 'alertmanager.yml');
  fs.writeFileSync(config, JSON.stringify({ route: { receiver: 'team "é"', group_by: ['alertname'] }, receivers: [{ name: 'team "é"', ...format.receiver }] }));
  const assembly = path.join(directory, 'cdk.out');
  await synthesize('sandbox/parity/app.ts', assembly, [JSON.stringify({ config })]);
  const printed: string[] = [];
  const pipeline = await Pipeline.start({
    assembly,
    routingKeys: format.routingKeys,
    rhythm: { groupWait: 1000, groupInterval: 2000 },
    onFunctionLine: (_, line) => printed.push(line),
    onTrouble: (text) => printed.push(text),
  });
  const integration = await format.integration?.(pipeline);
  try {
    fillSecret(pipeline, integration ? [integration] : [], config, format.secretValues?.(pipeline));
    const echoed: string[] = [];
    format.answer(pipeline, (notification, text) => {
      echoed.push(text);
      const status = notification.includes('Refused') ? 400 : notification.includes('Retried') ? 503 : undefined;
      return status && { status, body: text };
    });
    await pipeline.postAlerts(['Refused', 'Retried', 'Accepted'].map((alertname) => ({ labels: { alertname }, annotations: { summary: alertname } })));
    const parked = async (): Promise<unknown[]> => [...(await pipeline.deadLetters()).values()].flatMap(({ waiting }) => waiting);
    await waitFor('some are refused, some retried, and some accepted', async () => (
      (await parked()).length >= 2 && (await pipeline.tableItems()).length > 0 && ['retried', 'dead-lettered', 'delivered'].every((outcome) => printed.some((line) => line.includes(`"outcome":"${outcome}"`)))
    ) || undefined, { deadline: 60_000 });
    const places = {
      assembly: filesBelow(assembly).map((file) => fs.readFileSync(file, 'utf8')),
      definition: [pipeline.alerting.definition],
      environment: [JSON.stringify(pipeline.alerting.functions.map(({ environment }) => environment))],
      messages: [JSON.stringify(pipeline.published)],
      queues: [JSON.stringify(await parked())],
      tables: [JSON.stringify(await pipeline.tableItems())],
      logs: printed,
    };
    // Each place has something that could hold a value, and the server did receive and send back all of them.
    expect(Object.entries(places).filter(([, texts]) => texts.join('').length < 3)).toEqual([]);
    expect(format.values.filter((value) => !echoed.join('').includes(value))).toEqual([]);
    const leaks = Object.entries(places).flatMap(([place, texts]) => [...format.values, ...format.unsent ?? []].flatMap((value) => (
      texts.filter((text) => text.includes(value)).map((text) => `${value} in ${place}: ${text.slice(Math.max(0, text.indexOf(value) - 200), text.indexOf(value) + 60)}`))));
    expect(leaks).toEqual([]);
  } finally {
    await integration?.close();
    await pipeline.close();
    fs.rmSync(directory, { recursive: true, force: true });
  }
});

/** Everything that is deployed, the bundles of the functions included. */
function filesBelow(directory: string): string[] {
  const names = fs.readdirSync(directory, { recursive: true }).map(String);
  return names.map((name) => path.join(directory, name)).filter((file) => fs.statSync(file).isFile());
}

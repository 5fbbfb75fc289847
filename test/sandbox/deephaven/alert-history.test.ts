import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as fc from 'fast-check';
import { AlertHistory, type HistoryRow } from '../../../sandbox/deephaven/alert-history';
import { pythonWithDeephaven } from '../../../sandbox/deephaven/python';
import { Processes } from '../../../sandbox/processes/processes';

const TOKEN = 'made-up-token';

/** The recorder everywhere, and Deephaven itself where it is installed. */
const BACKENDS = ['record', ...[pythonWithDeephaven()].filter((python) => python !== undefined)];

interface TestAlert {
  readonly status?: unknown;
  readonly labels?: unknown;
  readonly startsAt?: unknown;
  readonly endsAt?: unknown;
  readonly fingerprint?: string;
}

const NOT_ENDED = '0001-01-01T00:00:00Z';

/** A firing alert. */
function alert(fingerprint: string, more: TestAlert = {}): TestAlert {
  const labels = { alertname: 'NodeExporterDown', job: 'node', instance: 'a:9100' };
  return { status: 'firing', labels, startsAt: '2026-11-25T10:00:00Z', endsAt: NOT_ENDED, fingerprint, ...more };
}

function row(fingerprint: string, time: bigint, more: Partial<HistoryRow> = {}): HistoryRow {
  return { Fingerprint: fingerprint, Status: 'firing', Time: time, Job: 'node', Instance: 'a:9100', Name: 'NodeExporterDown', ...more };
}

const nanoseconds = (time: string): bigint => BigInt(Date.parse(time)) * 1_000_000n;

describe.each(BACKENDS.map((backend) => [backend === 'record' ? 'the recorder' : 'Deephaven', backend]))('the receiver of examples/deephaven with %s', (_, backend) => {
  let directory: string;
  let processes: Processes;
  let history: AlertHistory;
  beforeAll(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'alert-history-'));
    processes = new Processes(directory);
    history = await AlertHistory.start(processes, { directory, token: TOKEN, python: backend });
  }, 320_000);
  afterAll(async () => {
    await processes.close();
    fs.rmSync(directory, { recursive: true, force: true });
  }, 30_000);

  async function post(body: string, options: { path?: string; token?: string } = {}): Promise<number> {
    const response = await fetch(new URL(options.path ?? '/', history.url), {
      method: 'POST', body, headers: { 'Content-Type': 'application/json', 'Authorization': `Bearer ${options.token ?? TOKEN}` },
    });
    await response.text();
    return response.status;
  }
  const notify = async (...alerts: readonly TestAlert[]): Promise<number> => post(JSON.stringify({ version: '4', alerts }));

  /** The rows with these fingerprints: tests do not see each other's. */
  async function rowsOf(...fingerprints: readonly string[]): Promise<HistoryRow[]> {
    return (await history.rows()).filter(({ Fingerprint }) => fingerprints.includes(Fingerprint));
  }

  test('keeps when an alert began to fire, and when it was resolved, with job, instance, and name', async () => {
    expect(await notify(alert('pair'))).toBe(200);
    expect(await notify(alert('pair', { status: 'resolved', endsAt: '2026-11-25T10:05:00.25Z' }))).toBe(200);
    expect(await rowsOf('pair')).toEqual([
      row('pair', nanoseconds('2026-11-25T10:00:00Z')),
      row('pair', nanoseconds('2026-11-25T10:05:00.250Z'), { Status: 'resolved' }),
    ]);
  }, 60_000);

  test('adds no row for what it has already', async () => {
    const repeated = [alert('same'), alert('same-resolved', { status: 'resolved', endsAt: '2026-11-25T10:05:00Z' })];
    await notify(...repeated);
    await notify(...repeated);
    await notify(...repeated, alert('same-new'), alert('same'));
    expect((await rowsOf('same', 'same-resolved', 'same-new')).map(({ Fingerprint }) => Fingerprint).sort()).toEqual(['same', 'same-new', 'same-resolved']);
  }, 60_000);

  test('takes labels as data, whatever stands in them', async () => {
    const nasty = ['a"); import os; os._exit(1) #', "'''", '\\', 'line\nbreak\t\u0000', '{{ .Status }}', '`Status`', 'ünïcödé 😀 \u2028', ''];
    for (const [index, instance] of nasty.entries()) {
      expect(await notify(alert(`nasty-${index}`, { labels: { alertname: instance, job: instance, instance } }))).toBe(200);
    }
    const rows = await rowsOf(...nasty.map((_text, index) => `nasty-${index}`));
    expect(new Set(rows)).toEqual(new Set(nasty.map((text, index) =>
      row(`nasty-${index}`, nanoseconds('2026-11-25T10:00:00Z'), { Name: text, Job: text, Instance: text }))));
  }, 60_000);

  test('keeps alerts without job, instance, or name, and half characters as question marks', async () => {
    expect(await notify(alert('bare', { labels: {} }), alert('half', { labels: { job: '\ud800x' } }))).toBe(200);
    const none = { Job: '', Instance: '', Name: '' };
    expect(await rowsOf('bare', 'half')).toEqual(expect.arrayContaining([
      row('bare', nanoseconds('2026-11-25T10:00:00Z'), none), row('half', nanoseconds('2026-11-25T10:00:00Z'), { ...none, Job: '?x' }),
    ]));
  }, 60_000);

  test('understands every time zone, and up to nine digits of a second', async () => {
    const times = fc.record({
      at: fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2200, 0, 1) }).map((at) => at - at % 1000),
      fraction: fc.stringMatching(/^\d{0,9}$/),
      offsetMinutes: fc.integer({ min: -14 * 60, max: 14 * 60 }),
    });
    const samples = fc.sample(times, 100).map(({ at, fraction, offsetMinutes }, index) => {
      const local = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19);
      const minutes = Math.abs(offsetMinutes);
      const zone = offsetMinutes === 0 ? 'Z' : `${offsetMinutes < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      return {
        alert: alert(`zone-${index}`, { startsAt: `${local}${fraction === '' ? '' : `.${fraction}`}${zone}` }),
        time: BigInt(at) * 1_000_000n + BigInt(fraction.padEnd(9, '0')),
      };
    });
    expect(await notify(...samples.map((sample) => sample.alert))).toBe(200);
    const stored = new Map((await history.rows()).map(({ Fingerprint, Time }) => [Fingerprint, Time]));
    expect(samples.map((_sample, index) => stored.get(`zone-${index}`))).toEqual(samples.map(({ time }) => time));
  }, 60_000);

  test.each<[string, string]>([
    ['text that is not JSON', '{'],
    ['brackets nested too deep', '['.repeat(100_000)],
    ['JSON without alerts', '{"version":"4"}'],
    ['a list', '[]'],
    ['an alert that is not an object', '{"alerts":[1]}'],
    ...([
      ['an alert without labels', { labels: undefined }],
      ['another status', { status: 'suppressed' }],
      ['a status that is not a text', { status: ['firing'] }],
      ['no time', { startsAt: undefined }],
      ['a time without a zone', { startsAt: '2026-11-25T10:00:00' }],
      ['a time that does not exist', { startsAt: '2026-02-30T10:00:00Z' }],
      ['a time with digits of another script', { startsAt: '２026-11-25T10:00:00Z' }],
      ['a resolved alert without an end', { status: 'resolved' }],
    ] as const).map(([name, more]): [string, string] => [name, JSON.stringify({ alerts: [alert('refused'), alert('refused', more)] })]),
  ])('refuses %s for good', async (_name, body) => {
    expect(await post(body)).toBe(400);
  }, 60_000);

  test('refuses another path, another token, and a body that is too long; keeps nothing of what was refused', async () => {
    const body = JSON.stringify({ alerts: [alert('refused')] });
    expect(await post(body, { path: '/other' })).toBe(404);
    expect(await post(body, { token: 'other' })).toBe(401);
    expect(await post(`{"alerts":[],"x":"${'x'.repeat(4 * 1024 * 1024)}"}`).catch(() => 413)).toBe(413);
    expect(await rowsOf('refused')).toEqual([]);
  }, 60_000);
});

// Where Deephaven is installed.
BACKENDS.slice(1).forEach((python) => test('metrics are joined with the history as the example does it', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'join-'));
  const processes = new Processes(directory);
  try {
    const history = await AlertHistory.start(processes, { directory, python });
    const changes = [
      alert('a'), alert('a', { status: 'resolved', endsAt: '2026-11-25T10:10:00Z' }), alert('b', { labels: { alertname: 'Other', job: 'node', instance: 'a:9100' } }),
    ];
    expect((await fetch(history.url, { method: 'POST', body: JSON.stringify({ alerts: changes }) })).status).toBe(200);
    const script = path.join(__dirname, '..', '..', '..', 'examples', 'deephaven', 'join_metrics.py');
    const { stdout, stderr } = spawnSync(python, [path.join(__dirname, 'join_metrics_test.py'), script, `${history.deephavenPort}`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      metrics_with_alerts: [['09:59', null], ['10:00', 'firing'], ['10:05', 'firing'], ['10:10', 'resolved'], ['10:20', 'resolved']],
      firings: [['a', 600], ['b', null]],
    });
  } finally {
    await processes.close();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}, 320_000));

test('the calls to Deephaven\'s client are what its stand-in expects', () => {
  const receiver = path.join(__dirname, '..', '..', '..', 'examples', 'deephaven', 'receiver');
  const { status, stderr } = spawnSync('python3', [path.join(__dirname, 'histories_test.py')], {
    encoding: 'utf8', env: { ...process.env, PYTHONPATH: receiver, PYTHONDONTWRITEBYTECODE: '1' },
  });
  expect(stderr).toContain('Ran 5 tests');
  expect(status).toBe(0);
});

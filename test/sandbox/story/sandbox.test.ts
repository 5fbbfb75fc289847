import { spawn, type ChildProcess } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { synthesize } from '../../../sandbox/assembly/synthesize';
import { waitFor } from '../../../sandbox/processes/wait';
import { commandOf, descendants, isAlive } from '../alive';

const REPOSITORY = path.join(__dirname, '..', '..', '..');

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

let directory: string;
let assembly: string;
const runs: Run[] = [];

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'story-'));
  assembly = path.join(directory, 'cdk.out');
  await synthesize('examples/node-exporter/app.ts', assembly);
});
afterAll(() => {
  runs.forEach(({ child }) => child.kill('SIGKILL'));
  fs.rmSync(directory, { recursive: true, force: true });
});

function sandbox(...args: string[]): Run {
  let output = '';
  const child = spawn(process.execPath, ['tools/run.mjs', 'sandbox/main.ts', ...args], {
    cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: directory },
  });
  child.stdout.on('data', (data) => {
    output += String(data);
  });
  child.stderr.on('data', (data) => {
    output += String(data);
  });
  const run = { child, output: () => output, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) };
  runs.push(run);
  return run;
}

async function says(run: Run, text: string): Promise<void> {
  await waitFor(`the sandbox says "${text}"; it said:\n${run.output()}`, () => run.output().includes(text) || undefined, {
    deadline: 60_000,
    unless: () => {
      if (run.child.exitCode !== null) {
        throw new Error(`the sandbox ended before it said "${text}":\n${run.output()}`);
      }
    },
  });
}

async function allGone(pids: readonly number[]): Promise<void> {
  await waitFor('every process has ended', () => pids.every((pid) => !isAlive(pid)) || undefined, { deadline: 10_000 });
}

test('the story happens, from the synthesized example', async () => {
  const run = sandbox('--once');
  await says(run, 'incident #1 is triggered');
  const pids = descendants(run.child.pid ?? 0);
  // The watchdog, SNS and SQS, Alertmanager, Prometheus, two functions; the node exporter is down or up again.
  expect(pids.length).toBeGreaterThanOrEqual(6);
  expect(await run.ended).toBe(0);
  const output = run.output();
  expect(output).toContain('NodeExporterDown fires in Prometheus');
  expect(output).toMatch(/severity {2}warning\n +summary {3}NodeExporterDown: node exporter of 127\.0\.0\.1:\d+ is down\n/);
  expect(output).toMatch(/details {3}description: Prometheus cannot scrape 127\.0\.0\.1:\d+ \(job "node"\)\.\n/);
  expect(output).toContain('Runbook: https://runbooks.example.com/node-exporter-down');
  expect(output).toMatch(/\d+\.\d s {2}incident #1 is resolved\n/);
  expect(output).toContain('The story happened:');
  expect(output).not.toMatch(/[0-9a-f]{32}/);
  await allGone(pids);
  expect(fs.readdirSync(directory)).toEqual(['cdk.out']);
}, 120_000);

test('a workspace that exists is taken over and given back', async () => {
  const run = sandbox('--once', '--existing-workspace');
  await says(run, 'incident #1 is triggered');
  const pids = descendants(run.child.pid ?? 0);
  expect(await run.ended).toBe(0);
  const output = run.output();
  const told = [
    'has a definition that somebody wrote by hand',
    'a deployment with ExistingDefinition.REFUSE; AWS CloudFormation shows:',
    'CREATE_FAILED',
    'has an alert manager definition that this resource did not write',
    'ROLLBACK_COMPLETE',
    'the workspace has the definition that was written by hand, byte for byte',
    'the definition is adopted',
    'a deployment with ExistingDefinition.REPLACE; AWS CloudFormation shows:',
    'CREATE_COMPLETE',
    'the workspace has the definition of the stack',
    'incident #1 is resolved',
    'the construct leaves the stack, with OnRemoval.RESTORE; AWS CloudFormation shows:',
    'DELETE_COMPLETE',
    'The story happened:',
    'the workspace has the definition that was written by hand again, byte for byte',
  ];
  let position = 0;
  for (const text of told) {
    const found = output.indexOf(text, position);
    expect(`${text}: ${found < 0 ? `missing in\n${output}` : 'told'}`).toBe(`${text}: told`);
    position = found + text.length;
  }
  await allGone(pids);
  expect(fs.readdirSync(directory)).toEqual(['cdk.out']);
}, 150_000);

test.each([
  ['sysdig', [
    'examples/sysdig/app.ts is synthesized', 'incident #1 is triggered', 'Sysdig Monitor has NodeExporterDown\n', 'severity  4', 'scope     agent.tag.role = "node" and host.hostName = "127.0.0.1:',
    'incident #1 is resolved', 'Sysdig Monitor has NodeExporterDown (resolved)', 'status=resolved', 'The story happened:',
  ]],
  ['deephaven', [
    'examples/deephaven/app.ts is synthesized', 'incident #1 is triggered', 'the alert history has NodeExporterDown firing', 'job       node', 'instance  127.0.0.1:',
    'incident #1 is resolved', 'the alert history has NodeExporterDown resolved', 'The story happened:',
  ]],
])('the story %s happens, from its example', async (story, told) => {
  const run = sandbox('--once', '--story', story);
  expect(await run.ended).toBe(0);
  const output = run.output();
  told.reduce((position, text) => {
    const found = output.indexOf(text, position);
    expect(`${text}: ${found < 0 ? `missing in\n${output}` : 'told'}`).toBe(`${text}: told`);
    return found + text.length;
  }, 0);
  expect(output).not.toMatch(/placeholder|trouble:/);
  expect(fs.readdirSync(directory)).toEqual(['cdk.out']);
  // Deephaven, where it is installed, takes a minute to start.
}, 400_000);

test('the story of a deployment while groups end comes to the same as a run without it', async () => {
  const run = sandbox('--story', 'redeployment');
  expect(await run.ended).toBe(0);
  const output = run.output();
  const told = [
    'webhooks are added to receivers with pages', 'without the deployment: before.yml runs on this machine; incidents: http://127.0.0.1:',
    'without the deployment: all alerts have ended', 'with the deployment: before.yml runs', 'with the deployment: all alerts have ended; nobody is notified of it yet',
    'with the deployment: after.yml is deployed', 'The final state is the same with and without the deployment:', 'incident  team-2 GroupB: resolved',
    'webhook   hooks/webhook/1 GroupC: resolved',
  ];
  told.reduce((position, text) => {
    const found = output.indexOf(text, position);
    expect(`${text}: ${found < 0 ? `missing in\n${output}` : 'told'}`).toBe(`${text}: told`);
    return found + text.length;
  }, 0);
  expect(fs.readdirSync(directory)).toEqual(['cdk.out']);
}, 200_000);

test('SIGTERM ends the story of a deployment, and everything that it started', async () => {
  const run = sandbox('--story', 'redeployment');
  await says(run, 'groups fire');
  const pids = descendants(run.child.pid ?? 0);
  expect(pids.length).toBeGreaterThanOrEqual(4);
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(143);
  await allGone(pids);
  expect(fs.readdirSync(directory)).toEqual(['cdk.out']);
}, 90_000);

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the sandbox and everything that it started', async (signal) => {
  const run = sandbox('--once', '--app', assembly);
  await says(run, 'runs on this machine');
  const pids = descendants(run.child.pid ?? 0);
  expect(pids.length).toBeGreaterThanOrEqual(4);
  run.child.kill(signal);
  expect(await run.ended).toBe(signal === 'SIGINT' ? 130 : 143);
  await allGone(pids);
  expect(fs.readdirSync(directory)).toEqual(['cdk.out']);
}, 90_000);

test('a sandbox that is killed leaves nothing behind', async () => {
  const run = sandbox('--app', assembly);
  await says(run, 'the node exporter is stopped');
  const pids = descendants(run.child.pid ?? 0);
  run.child.kill('SIGKILL');
  await run.ended;
  await allGone(pids);
  await waitFor('its directory is gone', () => fs.readdirSync(directory).length === 1 || undefined, { deadline: 10_000 });
}, 90_000);

test('when a part breaks, the sandbox says which and why, and ends', async () => {
  const run = sandbox('--once', '--app', assembly);
  await says(run, 'runs on this machine');
  const pids = descendants(run.child.pid ?? 0);
  const alertmanager = pids.find((pid) => commandOf(pid).includes('alertmanager'));
  process.kill(alertmanager ?? 0, 'SIGKILL');
  expect(await run.ended).toBe(1);
  expect(run.output()).toMatch(/alertmanager ended by SIGKILL\nlast lines of alertmanager/);
  await allGone(pids);
}, 90_000);

test.each<[string[], number, RegExp]>([
  [['--help'], 0, /^usage: npm run sandbox/],
  [['--port', '0'], 2, /--port: "0" is not a port/],
  [['--story', 'other'], 2, /--story: there is no story "other"; use sysdig, deephaven, redeployment/],
  [['--story', 'redeployment', '--as-deployed'], 2, /--story redeployment has a rhythm and alerts of its own/],
  [['--story', 'sysdig', '--app', '.'], 2, /--story has an example of its own/],
  [['--nonsense'], 2, /Unknown option '--nonsense'/],
  [['--once', '--app', '/nowhere'], 1, /cannot read \/nowhere\/manifest\.json/],
])('arguments %j: exit code %i', async (args, code, message) => {
  const run = sandbox(...args);
  expect(await run.ended).toBe(code);
  expect(run.output().trim()).toMatch(message);
});

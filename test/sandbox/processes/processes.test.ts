import { spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Processes } from '../../../sandbox/processes/processes';
import { waitFor } from '../../../sandbox/processes/wait';
import { isAlive } from '../alive';

const REPOSITORY = path.join(__dirname, '..', '..', '..');
const FOREVER = ['-e', 'console.log("ready"); setInterval(() => {}, 1000)'];
const STUBBORN = ['-e', 'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)'];

let directory: string;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'processes-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

test('closing ends every process, also one that does not want to', async () => {
  const processes = new Processes(directory);
  const children = [FOREVER, STUBBORN].map((args, index) => processes.start({ name: `child-${index}`, program: process.execPath, args }));
  await waitFor('both run', () => children.every((child) => child.tail().includes('ready')) || undefined, { deadline: 10_000 });
  await processes.close();
  expect(children.map(({ pid }) => isAlive(pid))).toEqual([false, false]);
  expect((await children[0]?.ended)?.asked).toBe(true);
  expect(() => processes.start({ name: 'late', program: process.execPath, args: FOREVER })).toThrow('late is not started');
  await processes.close();
});

test('output is kept, and an end that nobody asked for is told with it', async () => {
  const processes = new Processes(directory);
  const child = processes.start({ name: 'failing', essential: true, program: process.execPath, args: ['-e', 'console.error("my last words"); process.exit(7)'] });
  expect((await processes.broken).message).toMatch(/^failing ended with exit code 7\n.*failing\.log\):\n {2}my last words/s);
  expect(() => child.assertRunning()).toThrow('failing ended with exit code 7');
  await processes.close();
  expect(fs.readFileSync(child.logFile, 'utf8')).toBe('my last words\n');
});

test('a program that does not exist is a clear error', async () => {
  const processes = new Processes(directory);
  const child = processes.start({ name: 'missing', program: path.join(directory, 'nowhere'), args: [] });
  await child.ended;
  expect(() => child.assertRunning()).toThrow('missing ended before it started: spawn');
  await processes.close();
});

test('a parent that is killed leaves nothing behind', async () => {
  const work = path.join(directory, 'work');
  fs.mkdirSync(work);
  const script = `
    require('./tools/typescript.cjs');
    const { Processes } = require('./sandbox/processes/processes.ts');
    const processes = new Processes(${JSON.stringify(work)});
    const children = [1, 2].map((n) => processes.start({ name: 'child-' + n, program: process.execPath, args: ${JSON.stringify(STUBBORN)} }));
    console.log(children.map(({ pid }) => pid).join());
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['-e', script], { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] });
  const pids = await new Promise<number[]>((resolve) => parent.stdout.once('data', (data) => resolve(String(data).split(',').map(Number))));
  expect(pids.map(isAlive)).toEqual([true, true]);
  parent.kill('SIGKILL');
  await waitFor('the children are gone', () => pids.every((pid) => !isAlive(pid)) || undefined, { deadline: 10_000 });
  await waitFor('the directory is gone', () => !fs.existsSync(work) || undefined, { deadline: 10_000 });
});

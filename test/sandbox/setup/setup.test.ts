import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const REPOSITORY = path.join(__dirname, '..', '..', '..');

function setUp(args: readonly string[], env: NodeJS.ProcessEnv = process.env): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(REPOSITORY, 'tools', 'setup.mjs'), ...args], { encoding: 'utf8', env, cwd: os.tmpdir() });
  return { code: status, output: `${stdout}${stderr}` };
}

test('nothing to do: nothing said', () => {
  expect(setUp(['--for', 'test'])).toEqual({ code: 0, output: '' });
});

test('help', () => {
  expect(setUp(['--help'])).toEqual({ code: 0, output: expect.stringMatching(/^usage: node tools\/setup\.mjs --for sandbox\|test/) });
});

test.each([[[]], [['--for']], [['--for', 'fun']], [['--for', 'toString']], [['--for', 'test', 'more']]])('arguments %j are not understood', (args) => {
  expect(setUp(args)).toEqual({ code: 2, output: expect.stringContaining('not understood:') });
});

test('where nothing can be installed, it says what to install', () => {
  const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'path-'));
  const { code, output } = setUp(['--for', 'test'], { ...process.env, PATH: empty });
  fs.rmSync(empty, { recursive: true });
  expect(code).toBe(1);
  expect(output).toMatch(/^setup: not on the PATH: prometheus, promtool, prometheus-alertmanager or alertmanager, amtool, prometheus-node-exporter or node_exporter; /);
  expect(output).toContain('brew install prometheus alertmanager node_exporter');
});

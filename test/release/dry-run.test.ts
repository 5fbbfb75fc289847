import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { resolve } from 'path';

/** `npm run release:dry-run`, as far as it goes without building anything. A whole run takes minutes, and is part of each release. */
const REPOSITORY = resolve(__dirname, '..', '..');
const DRY_RUN = resolve(REPOSITORY, 'tools', 'release', 'dry-run.mjs');

function dryRun(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [DRY_RUN, ...args], { cwd: REPOSITORY, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('the help lists every option, and every language that a release publishes', () => {
  const { status, stdout } = dryRun('--help');
  const { targets } = JSON.parse(readFileSync(resolve(REPOSITORY, 'package.json'), 'utf8')).jsii;

  expect(status).toBe(0);
  expect(stdout).toMatch(/--language[^]*--keep/);
  expect(['js', ...Object.keys(targets)].filter((language) => !stdout.includes(language))).toEqual([]);
});

test('a language that no release publishes is refused before anything is built', () => {
  expect(dryRun('--language', 'js', '--language', 'cobol')).toEqual({
    status: 1, stdout: '', stderr: 'no such language: cobol; there are js, python, java, go, dotnet\n',
  });
});

#!/usr/bin/env node
// Compares the public API with that of the last release. A break that .compatignore does not list fails.
//
// The released API is compiled from the tag, so that nothing needs to be downloaded.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const EXCEPTIONS = '.compatignore';

const { values } = parseArgs({ options: { against: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });

if (values.help) {
  console.log(`usage: node tools/api/compat.mjs [--against TAG]

Compares the public API of the compiled library with that of a release, which is the last tag by default.
Breaks that are intended are listed in ${EXCEPTIONS}, each below a comment with the reason.

Exit code 0 if nothing else breaks, or if there is no release yet.`);
  process.exit(0);
}

const released = values.against ?? lastTag();
if (released === undefined) {
  console.log('nothing is released yet: no tag to compare the API with');
} else {
  try {
    compareWith(released);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

function lastTag() {
  const { status, stdout } = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function compareWith(tag) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'released-'));
  try {
    run('git', ['archive', '--output', path.join(folder, 'source.tar'), tag]);
    run('tar', ['-xf', 'source.tar'], folder);
    symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
    console.log(`compiling ${tag}`);
    run('npx', ['--no-install', 'jsii', '--silence-warnings=reserved-word'], folder);
    console.log(`comparing with ${tag}`);
    const exceptions = existsSync(EXCEPTIONS) ? ['--ignore-file', EXCEPTIONS] : [];
    run('npx', ['--no-install', 'jsii-diff', '--keys', '--error-on', 'all', ...exceptions, folder, '.'], undefined, 'inherit');
    console.log(`the API is compatible with ${tag}${exceptions.length > 0 ? `, but for ${exceptionCount()} exceptions of ${EXCEPTIONS}` : ''}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function exceptionCount() {
  return readFileSync(EXCEPTIONS, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).length;
}

function run(program, args, cwd, stdio = 'pipe') {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, stdio: ['ignore', stdio, stdio], encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${error?.message ?? `exit code ${status}`}\n${stdout ?? ''}${stderr ?? ''}`);
  }
}

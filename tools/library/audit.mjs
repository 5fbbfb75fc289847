#!/usr/bin/env node
// Asks the registry for advisories of what ships: the packages of shipped-versions.json, in exactly these versions.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FILE } from './shipped.mjs';

const LEVEL = 'moderate';

const folder = mkdtempSync(path.join(os.tmpdir(), 'audit-'));
try {
  const names = Object.keys(JSON.parse(readFileSync(FILE, 'utf8')));
  // Aliases, because one package can ship in two versions.
  const dependencies = Object.fromEntries(names.map((id, index) => [`shipped-${index}`, `npm:${id}`]));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'audit', version: '1.0.0', private: true, dependencies }));
  npm('install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--legacy-peer-deps', '--loglevel=error');
  npm('audit', '--omit=dev', `--audit-level=${LEVEL}`);
  console.log(`no advisory of severity ${LEVEL} or higher about ${names.length} packages that ship`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function npm(...args) {
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) {
    process.exitCode = 1;
    throw new Error(`npm ${args.join(' ')} ended with exit code ${status}`);
  }
}

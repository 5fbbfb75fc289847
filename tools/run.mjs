#!/usr/bin/env node
// Runs a TypeScript program of this repository in this process: `node tools/run.mjs sandbox/main.ts --once`.
import { createRequire } from 'node:module';
import path from 'node:path';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  console.error('usage: node tools/run.mjs FILE.ts [ARGUMENTS]');
  process.exit(2);
}
const require = createRequire(import.meta.url);
require('./typescript.cjs');
process.argv = [process.argv[0], path.resolve(entry), ...args];
require(path.resolve(entry));

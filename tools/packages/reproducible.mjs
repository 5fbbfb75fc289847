#!/usr/bin/env node
// Shows that the package depends on the commit alone: two clones in two folders build the same bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cloneInto, hasUncommittedChanges } from './clone.mjs';
import { run } from './run.mjs';
import { REPOSITORY } from './scratch.mjs';

/** The exit code with which tools/check.mjs knows that the comparison cannot be made here. */
const SKIPPED = 3;
const EXAMPLE = 'lift-and-shift';

const { values } = parseArgs({ options: { 'with-tree': { type: 'boolean' }, 'help': { type: 'boolean', short: 'h' } } });

if (values.help) {
  console.log(`usage: npm run test:reproducible [-- --with-tree]

Builds the current commit in two clones with different paths, and compares the npm tarball and its files, the bundles of
the functions, and the templates of an example. With --with-tree, one clone is compared with what is built in this tree.`);
} else {
  await main(values['with-tree'] ?? false);
}

async function main(withTree) {
  if (await hasUncommittedChanges()) {
    console.log('not compared: uncommitted changes are not in a clone');
    process.exitCode = SKIPPED;
    return;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'reproducible-'));
  try {
    const clones = withTree ? ['clone'] : ['clone', path.join('another', 'folder', 'with a longer path')];
    const builds = [];
    for (const name of clones) {
      const directory = path.join(folder, name);
      mkdirSync(path.dirname(directory), { recursive: true });
      await cloneInto(directory);
      await build(directory);
      builds.push(await fingerprintsOf(directory, path.join(folder, `of-${builds.length}`)));
    }
    if (withTree) {
      builds.push(await fingerprintsOf(REPOSITORY, path.join(folder, 'of-tree')));
    }
    report(builds[0], builds[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(directory) {
  console.log(`building in ${directory}`);
  await run(['npx', '--no-install', 'projen', 'bundle'], { cwd: directory });
  await run(['npx', '--no-install', 'projen', 'compile'], { cwd: directory, minutes: 20 });
  await run(['npx', '--no-install', 'jsii-rosetta', 'extract', '--strict', '.'], { cwd: directory, minutes: 20 });
}

/** Hashes by name: of the tarball, of its files with their modes, and of the templates and asset manifests of an example. */
async function fingerprintsOf(directory, output) {
  const required = ['.jsii', '.jsii.tabl.json', 'assets/lambda/receive/index/index.js'].filter((file) => !existsSync(path.join(directory, file)));
  if (required.length > 0) {
    throw new Error(`${directory} is not built: ${required.join(', ')} missing`);
  }
  mkdirSync(output, { recursive: true });
  const { stdout } = await run(['npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', output], { cwd: directory });
  const tarball = path.join(output, JSON.parse(stdout)[0].filename);
  await run(['tar', '-xzpf', tarball, '-C', output]);
  const assembly = path.join(output, 'cdk.out');
  await run([process.execPath, '-r', './tools/typescript.cjs', path.join('examples', EXAMPLE, 'app.ts')], { cwd: directory, env: { CDK_OUTDIR: assembly } });
  return new Map([
    ['tarball', hash(tarball)],
    ...filesBelow(path.join(output, 'package')).map(([name, file]) => [`package/${name}`, `${(statSync(file).mode & 0o777).toString(8)} ${hash(file)}`]),
    ...filesBelow(assembly).filter(([name]) => /\.(?:template|assets)\.json$|^asset\./.test(name)).map(([name, file]) => [`assembly/${name}`, hash(file)]),
  ]);
}

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true }).map(String).map((name) => [name, path.join(directory, name)])
    .filter(([, file]) => statSync(file).isFile()).sort(([a], [b]) => (a < b ? -1 : 1));
}

function hash(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function report(expected, actual) {
  const names = [...new Set([...expected.keys(), ...actual.keys()])];
  const differing = names.filter((name) => expected.get(name) !== actual.get(name));
  console.log(`${names.length - differing.length} of ${names.length} files are the same`);
  if (differing.length > 0) {
    console.error(`different, or only in one build:\n  ${differing.slice(0, 40).join('\n  ')}`);
    process.exitCode = 1;
  }
}

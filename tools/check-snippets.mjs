#!/usr/bin/env node
// Compiles every TypeScript snippet of the README, of the docstrings and of docs/, with jsii-rosetta in strict mode.
//
// Rosetta reads the README and the docstrings from the assembly. For docs/ it is given a copy of the assembly whose
// README is those pages. Snippets are completed by rosetta/default.ts-fixture.
//
// The translations for the README and the docstrings stay in `.jsii.tabl.json` and ship with the package. Without them,
// PyPI, Maven, NuGet, and Construct Hub show TypeScript labeled as another language.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const pages = markdownFiles('docs').concat(['CONTRIBUTING.md', 'integ/README.md', 'examples/README.md']);
const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
try {
  requireFixtureOfEveryName();
  extract('.', 'README and docstrings');
  extract(assemblyWithPages(), `${pages.length} pages`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// A snippet uses any public class or enum without importing it, so the fixture imports all of them. A name that is
// missing fails only once a page uses it, with an error that speaks of the page.
function requireFixtureOfEveryName() {
  const fixture = readFileSync('rosetta/default.ts-fixture', 'utf8');
  const { types } = JSON.parse(readFileSync('.jsii', 'utf8'));
  const names = Object.values(types).filter(({ kind }) => kind !== 'interface').map(({ name }) => name);
  const missing = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(fixture));
  if (missing.length > 0) {
    console.error(`rosetta/default.ts-fixture does not import ${missing.join(', ')}`);
    process.exitCode = 1;
  }
}

function markdownFiles(directory) {
  return readdirSync(directory, { recursive: true }).map(String).filter((name) => name.endsWith('.md')).sort().map((name) => join(directory, name));
}

function assemblyWithPages() {
  const copy = join(folder, 'package');
  mkdirSync(copy);
  for (const name of ['package.json', 'lib', 'rosetta']) {
    cpSync(name, join(copy, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
  const markdown = pages.map((page) => readFileSync(page, 'utf8')).join('\n\n');
  writeFileSync(join(copy, '.jsii'), JSON.stringify({ ...assembly, readme: { markdown } }));
  return copy;
}

function extract(assembly, what) {
  console.log(`compiling the snippets of ${what}`);
  rmSync(join(assembly, '.jsii.tabl.json'), { force: true });
  const run = spawnSync('npx', ['--no-install', 'jsii-rosetta', 'extract', '--strict', assembly], { stdio: 'inherit' });
  if (run.status !== 0) {
    console.error(`a snippet of ${what} does not compile`);
    process.exitCode = 1;
  }
}

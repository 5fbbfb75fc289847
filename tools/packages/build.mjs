#!/usr/bin/env node
// Builds the package of every language into dist/: `npm run package`.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { languagesOfPackages } from '../setup/languages.mjs';
import { findProgram } from '../setup/shell.mjs';
import { run } from './run.mjs';

const LANGUAGES = ['js', 'python', 'java', 'go', 'dotnet'];
const TABLET = '.jsii.tabl.json';

/** What `npx projen bundle` and `npx projen compile` write. */
const BUILT = ['.jsii', 'lib/index.js', 'THIRD_PARTY_LICENSES', 'assets/lambda/receive/index/index.js', 'assets/lambda/deliver/index/index.js'];

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, language: { type: 'string', multiple: true } } });

if (values.help) {
  console.log(`usage: npm run package [-- --language LANGUAGE]...

Builds the packages of all languages into dist/, with jsii-pacmak. The library must be compiled and the functions bundled.

  js       npm tarball
  python   wheel and source distribution (needs Python 3 with venv)
  java     Maven repository (needs a JDK and Maven)
  go       module, compiled (needs Go)
  dotnet   NuGet package, or the sources only if there is no .NET SDK

Without --language, a language whose tools are missing is skipped, with a message.`);
  process.exit(0);
}

await main(values.language ?? buildableLanguages());

async function main(languages) {
  const unknown = languages.filter((language) => !LANGUAGES.includes(language));
  if (unknown.length > 0) {
    throw new Error(`no such language: ${unknown.join(', ')}; there are ${LANGUAGES.join(', ')}`);
  }
  const missing = BUILT.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new Error(`missing: ${missing.join(', ')}; run \`npx projen bundle\` and \`npx projen compile\` first`);
  }
  await translateSnippets();
  languages.forEach((language) => rmSync(path.join('dist', language), { recursive: true, force: true }));
  const sourcesOnly = languages.filter((language) => language === 'dotnet' && findProgram('dotnet') === undefined);
  await pacmak(languages.filter((language) => !sourcesOnly.includes(language)));
  await pacmak(sourcesOnly, '--code-only');
  for (const language of languages) {
    const note = sourcesOnly.includes(language) ? ' (sources only: no .NET SDK)' : '';
    console.log(`dist/${language}${note}: ${artifactsOf(path.join('dist', language)).join(', ')}`);
  }
}

function buildableLanguages() {
  const missing = languagesOfPackages();
  Object.entries(missing).forEach(([language, reason]) => console.log(`- ${language} skipped: ${reason}`));
  return LANGUAGES.filter((language) => !Object.hasOwn(missing, language));
}

/** The snippets in other languages, unless the check has translated those of this assembly already. */
async function translateSnippets() {
  if (existsSync(TABLET) && statSync(TABLET).mtimeMs >= statSync('.jsii').mtimeMs) {
    return;
  }
  console.log('translating the snippets of README and docstrings');
  rmSync(TABLET, { force: true });
  await run(['npx', '--no-install', 'jsii-rosetta', 'extract', '--strict', '.']);
}

async function pacmak(languages, ...options) {
  if (languages.length === 0) {
    return;
  }
  console.log(`building ${languages.join(', ')}`);
  // Maven's own repository: jsii-pacmak would download 170 MB into a temporary one each time.
  const maven = path.join(os.homedir(), '.m2', 'repository');
  mkdirSync(maven, { recursive: true });
  // A snippet without a translation would be TypeScript, labeled as another language.
  await run([
    'npx', '--no-install', 'jsii-pacmak', '--targets', ...languages, '--rosetta-unknown-snippets', 'fail',
    '--maven-local-repository', maven, '--force', ...options,
  ], { attempts: 3, minutes: 20 });
}

/** The files that a registry gets, with their size. Of a Go module and of sources, there is only the folder. */
function artifactsOf(directory) {
  const files = readdirSync(directory, { recursive: true }).map(String).filter((name) => /\.(tgz|whl|tar\.gz|nupkg|jar)$/.test(name)).sort();
  const published = files.filter((name) => !name.includes('cdkamppagerduty/jsii') && !name.includes('CdkAmpPagerDuty/'));
  return published.length > 0
    ? published.map((name) => `${path.basename(name)} ${Math.round(statSync(path.join(directory, name)).size / 1000)} kB`)
    : readdirSync(directory);
}

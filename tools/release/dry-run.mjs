#!/usr/bin/env node
// Does everything that a release does, but publish, in clones: `npm run release:dry-run`.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cloneInto, hasUncommittedChanges } from '../packages/clone.mjs';
import { run } from '../packages/run.mjs';
import { languagesOfPackages } from '../setup/languages.mjs';
import { findProgram } from '../setup/shell.mjs';

/** GitHub accepts no longer text of a release. */
const MAX_CHANGELOG_CHARACTERS = 125_000;

/** Which file of a language's package has the version in its name. */
const FILE_WITH_VERSION = { js: /\.tgz$/, python: /\.whl$/, java: /\d\.jar$/ };

const LANGUAGES = ['js', 'python', 'java', 'go', 'dotnet'];

/** What the workflow does with GitHub, with registries, or by a test suite of its own. */
const NOT_DONE = [
  'run all tests: `npm test` does',
  'ask for the advisories of what ships: the workflow does',
  'publish to a registry, tag the commit, or create a release on GitHub: the workflow does',
];

const { values } = parseArgs({
  options: { language: { type: 'string', multiple: true }, keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) {
  console.log(`usage: npm run release:dry-run [-- [--language LANGUAGE]... [--keep]]

Prepares the next release as the workflow \`release\` does, in two clones of the current commit: the first builds version, changelog, library,
and npm package, and must be unchanged afterwards. The second gets that npm package, as each publishing job does, and builds the packages of
all languages from it. Publishes nothing. The tests are those of \`npm test\`; the ones that depend on the version run here, too.

  --language   only this package: ${LANGUAGES.join(', ')}
  --keep       keep both clones, with the packages and the changelog`);
} else {
  const missing = values.language === undefined ? languagesOfPackages() : {};
  try {
    await main(values.language ?? LANGUAGES.filter((name) => !Object.hasOwn(missing, name)), missing);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function main(languages, missing) {
  const unknown = languages.filter((name) => !LANGUAGES.includes(name));
  requireThat(unknown.length === 0, `no such language: ${unknown.join(', ')}; there are ${LANGUAGES.join(', ')}`);
  if (await hasUncommittedChanges()) {
    console.error('uncommitted changes are not part of a release: commit them first');
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'release-'));
  const built = path.join(folder, 'built');
  const published = path.join(folder, 'published');
  try {
    await cloneInto(built);
    const { version, changelog } = await nextVersion(built);
    await build(built, version);
    const isComplete = await isChangelogComplete(built);
    await restore(built);

    await cloneInto(published);
    await packagesOf(built, published, languages);
    requireVersionEverywhere(version, path.join(published, 'dist'), languages);
    await step('what npm would publish', [
      'npm', 'publish', '--dry-run', '--access', 'public', '--tag', 'latest', path.join('dist', 'js', tarballIn(built)),
    ], built);
    console.log(summary(version, changelog, isComplete, packagesIn(published, languages), missing));
  } finally {
    if (values.keep) {
      console.log(`\nthe clones are in ${folder}`);
    } else {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function summary(version, changelog, isChangelogComplete, packages, missing) {
  const skipped = Object.entries(missing).map(([language, reason]) => `  - build the ${language} package: ${reason}`);
  return [
    '',
    `ready to release ${version}${isChangelogComplete ? '' : ', after `npm run changelog`: CHANGELOG.md lacks the newest features and fixes'}`,
    `  ${entriesOf(changelog)} features and fixes in the changelog`,
    ...packages.map((text) => `  ${text}`),
    '',
    'This dry run did not',
    ...NOT_DONE.map((text) => `  - ${text}`),
    ...skipped,
  ].join('\n');
}

function entriesOf(changelog) {
  return changelog.split('\n').filter((line) => line.startsWith('* ')).length;
}

async function nextVersion(clone) {
  await task('bump', clone, 'version and changelog');
  const version = readFileSync(path.join(clone, 'dist', 'version.txt'), 'utf8').trim();
  const changelog = readFileSync(path.join(clone, 'dist', 'changelog.md'), 'utf8');
  requireThat(/^\d+\.\d+\.\d+$/.test(version) && version !== '0.0.0', `the next version is ${version}`);
  requireThat(/^### (Features|Bug Fixes)$/m.test(changelog), 'the changelog has neither features nor fixes');
  requireThat(changelog.length <= MAX_CHANGELOG_CHARACTERS, `the changelog has ${changelog.length} characters; GitHub accepts ${MAX_CHANGELOG_CHARACTERS}`);
  console.log(`  ${version}, ${entriesOf(changelog)} entries in the changelog`);
  return { version, changelog };
}

/** The steps of projen's task `build`, of whose tests only those that depend on the version. */
async function build(clone, version) {
  await task('default', clone, 'generated files', { PROJEN_DISABLE_POST: 'true' });
  await task('pre-compile', clone, 'functions');
  await task('compile', clone, 'library');
  await task('post-compile', clone, 'API reference and snippets');
  requireLinksTo(`v${version}`, path.join(clone, 'README.md'));
  await step('tests that depend on the version', ['npx', '--no-install', 'jest', '--ci', 'test/docs/pages.test.ts', 'test/findings/format.test.ts', 'test/lambda/deliver/http.test.ts'], clone);
  await task('package:js', clone, 'npm package');
}

async function isChangelogComplete(clone) {
  try {
    await run(['node', 'tools/release/changelog.mjs', '--check', '--complete'], { cwd: clone });
    return true;
  } catch {
    return false;
  }
}

async function restore(clone) {
  await task('unbump', clone, 'version of the tree restored');
  await step('the tree is as it was', ['git', 'diff', '--ignore-space-at-eol', '--exit-code'], clone);
}

/** What a publishing job does: a checkout, over which the npm package is extracted. */
async function packagesOf(built, published, languages) {
  await run(['tar', '--strip-components=1', '-xzf', path.join(built, 'dist', 'js', tarballIn(built)), '-C', published]);
  mkdirSync(path.join(published, 'dist'), { recursive: true });
  await step('packages from the npm package', ['node', 'tools/packages/build.mjs', ...languages.flatMap((name) => ['--language', name])], published);
}

function task(name, clone, what, env = {}) {
  return step(what, ['npx', '--no-install', 'projen', name], clone, env);
}

async function step(what, command, clone, env = {}) {
  const started = Date.now();
  console.log(`• ${what}`);
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  try {
    await run(command, { cwd: clone, minutes: 30, env: { RELEASE: 'true', CI: 'true', ...env } });
    console.log(`✔ ${what} (${seconds()})`);
  } catch (error) {
    console.log(`✖ ${what} failed after ${seconds()}`);
    throw error;
  }
}

/** The package of each language, by the file that has the version in its name, or by its folder. */
function packagesIn(clone, languages) {
  return languages.map((language) => {
    const folder = path.join(clone, 'dist', language);
    const file = readdirSync(folder, { recursive: true }).map(String).find((name) => FILE_WITH_VERSION[language]?.test(name));
    const note = language === 'dotnet' && findProgram('dotnet') === undefined ? ' (sources only: no .NET SDK)' : '';
    return file === undefined
      ? `${language}: ${readdirSync(folder).join(', ')}${note}`
      : `${language}: ${path.basename(file)}, ${Math.round(statSync(path.join(folder, file)).size / 1000)} kB`;
  });
}

function tarballIn(clone) {
  return readdirSync(path.join(clone, 'dist', 'js')).find((name) => name.endsWith('.tgz'));
}

function requireThat(condition, otherwise) {
  if (!condition) {
    throw new Error(otherwise);
  }
}

/** Registries show the README of every version, so its links must lead to the tag. */
function requireLinksTo(tag, readme) {
  const refs = new Set([...readFileSync(readme, 'utf8').matchAll(/github\.com\/cdk-amp-pagerduty\/cdk-amp-pagerduty\/blob\/([^/]+)\//g)].map((match) => match[1]));
  requireThat(refs.size === 1 && refs.has(tag), `the README links to ${[...refs].join(', ')} instead of ${tag}`);
}

function requireVersionEverywhere(version, dist, languages) {
  const files = readdirSync(dist, { recursive: true }).map(String);
  for (const [language, pattern] of Object.entries(FILE_WITH_VERSION).filter(([name]) => languages.includes(name))) {
    const found = files.filter((file) => file.startsWith(`${language}${path.sep}`) && pattern.test(file));
    requireThat(found.length > 0 && found.every((file) => file.includes(version)), `dist/${language} has ${found.join(', ') || 'nothing'} instead of version ${version}`);
  }
  if (languages.includes('go')) {
    const found = readFileSync(path.join(dist, 'go', 'cdkamppagerduty', 'version'), 'utf8').trim();
    requireThat(found === version, `the Go module has version ${found} instead of ${version}`);
  }
}

#!/usr/bin/env node
// Does everything that a release does, but publish, in clones: `npm run release:dry-run`.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cloneInto, hasUncommittedChanges } from '../packages/clone.mjs';
import { run } from '../packages/run.mjs';
import { languagesOfPackages } from '../setup/languages.mjs';

/** GitHub accepts no longer text of a release. */
const MAX_CHANGELOG_CHARACTERS = 125_000;

/** Which file of a language's package has the version in its name. */
const FILE_WITH_VERSION = { js: /\.tgz$/, python: /\.whl$/, java: /\.pom$/ };

const { values } = parseArgs({ options: { language: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } } });

if (values.help) {
  console.log(`usage: npm run release:dry-run [-- --language LANGUAGE]...

Prepares the next release as the workflow \`release\` does, in two clones of the current commit: the first builds version, changelog, library,
and npm package, and must be unchanged afterwards. The second gets that npm package, as each publishing job does, and builds the packages of
all languages from it. Publishes nothing. The tests are those of \`npm test\`; the ones that depend on the version run here, too.

  --language   only this package: js, python, java, go, or dotnet`);
} else {
  await main(values.language ?? Object.keys(FILE_WITH_VERSION).concat('go', 'dotnet').filter((name) => !Object.hasOwn(languagesOfPackages(), name)));
}

async function main(languages) {
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
    const changelogIsComplete = await isChangelogComplete(built);
    await restore(built);

    await cloneInto(published);
    await packagesOf(built, published, languages);
    requireVersionEverywhere(version, path.join(published, 'dist'), languages);
    await step('what npm would publish', [
      'npm', 'publish', '--dry-run', '--access', 'public', '--tag', 'latest', path.join('dist', 'js', tarballIn(built)),
    ], built);
    console.log(`\nready to release ${version}; the changelog begins with\n\n${changelog.split('\n').slice(0, 20).join('\n')}`);
    if (!changelogIsComplete) {
      console.log('\nbefore the release: `npm run changelog` adds the newest features and fixes to CHANGELOG.md');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function nextVersion(clone) {
  await task('bump', clone, 'version and changelog');
  const version = readFileSync(path.join(clone, 'dist', 'version.txt'), 'utf8').trim();
  const changelog = readFileSync(path.join(clone, 'dist', 'changelog.md'), 'utf8');
  requireThat(/^\d+\.\d+\.\d+$/.test(version) && version !== '0.0.0', `the next version is ${version}`);
  requireThat(/^### (Features|Bug Fixes)$/m.test(changelog), 'the changelog has neither features nor fixes');
  requireThat(changelog.length <= MAX_CHANGELOG_CHARACTERS, `the changelog has ${changelog.length} characters; GitHub accepts ${MAX_CHANGELOG_CHARACTERS}`);
  console.log(`  ${version}, ${changelog.split('\n').filter((line) => line.startsWith('* ')).length} entries in the changelog`);
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
  await run(command, { cwd: clone, minutes: 30, env: { RELEASE: 'true', CI: 'true', ...env } });
  console.log(`✔ ${what} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
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

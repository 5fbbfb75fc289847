#!/usr/bin/env node
// Writes and checks CHANGELOG.md, from what a release derives from the commits.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { changelogWith, commitsOf, isReleaseNote, newestVersion, sectionOf, withoutBreaksBeforeTheFirst } from './changelog-text.mjs';

const CHANGELOG = 'CHANGELOG.md';
const OF_RELEASE = 'dist/changelog.md';
const VERSION_OF_RELEASE = 'dist/version.txt';

/** The exit code with which tools/check.mjs knows that there is no history to compare with. */
const SKIPPED = 3;

const { values } = parseArgs({
  options: { bumped: { type: 'boolean' }, check: { type: 'boolean' }, complete: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) {
  console.log(`usage: npm run changelog
       node tools/release/changelog.mjs --bumped | --check [--complete]

Writes the text of the next version into CHANGELOG.md, as the release derives it from the commits.

  --bumped     the last step of projen's task \`bump\`: finish dist/changelog.md
  --check      fail if an entry is no commit, or a feature or fix before the newest entry is missing
  --complete   with --check: fail if CHANGELOG.md differs from dist/changelog.md of the release`);
} else if (values.bumped) {
  finishChangelogOfRelease();
} else if (values.check) {
  check(values.complete ?? false);
} else {
  write();
}

function write() {
  try {
    runTask('bump');
    const section = sectionOf(readFileSync(OF_RELEASE, 'utf8'), versionOfRelease());
    writeFileSync(CHANGELOG, changelogWith(existsSync(CHANGELOG) ? readFileSync(CHANGELOG, 'utf8') : '', section));
    console.log(`${CHANGELOG}: ${versionOfRelease()}, ${commitsOf(section).length} features and fixes`);
  } finally {
    runTask('unbump');
  }
}

function finishChangelogOfRelease() {
  if (git('tag', '--list', 'v*') === '') {
    writeFileSync(OF_RELEASE, withoutBreaksBeforeTheFirst(readFileSync(OF_RELEASE, 'utf8')));
  }
}

function check(complete) {
  if (git('rev-parse', '--is-shallow-repository') !== 'false') {
    console.log('not compared: this clone does not have all commits');
    process.exitCode = SKIPPED;
    return;
  }
  const changelog = readFileSync(CHANGELOG, 'utf8');
  const problems = complete ? differencesFromRelease(changelog) : differencesFromHistory(changelog);
  if (problems.length > 0) {
    console.error(`${problems.join('\n')}\nRun \`npm run changelog\` and commit ${CHANGELOG}.`);
    process.exitCode = 1;
  }
}

function differencesFromRelease(changelog) {
  const expected = sectionOf(readFileSync(OF_RELEASE, 'utf8'), versionOfRelease());
  return sectionOf(changelog, versionOfRelease()) === expected ? [] : [`${CHANGELOG} is not the changelog of ${versionOfRelease()}`];
}

/** Commits after the newest entry are those of the work that goes on: `npm run changelog` adds them before the release. */
function differencesFromHistory(changelog) {
  const version = newestVersion(changelog);
  const entries = new Set(commitsOf(sectionOf(changelog, version) ?? ''));
  const history = commitsOfVersion(version);
  const hashes = new Set(history.map(([hash]) => hash));
  const newest = history.findIndex(([hash]) => entries.has(hash));
  const expected = newest === -1 ? [] : history.slice(newest).filter(([, subject]) => isReleaseNote(subject));
  return [
    ...entries.size === 0 ? [`${CHANGELOG} has no entry`] : [],
    ...[...entries].filter((hash) => !hashes.has(hash)).map((hash) => `${CHANGELOG} has an entry of ${hash}, which is no commit of ${version}`),
    ...expected.filter(([hash]) => !entries.has(hash)).map(([hash, subject]) => `${CHANGELOG} has no entry of ${hash.slice(0, 7)}: ${subject}`),
  ];
}

/** Hash and subject of each commit, newest first, from the release before: up to the tag, or up to now for the next release. */
function commitsOfVersion(version) {
  const isReleased = git('tag', '--list', `v${version}`) !== '';
  const last = isReleased ? `v${version}` : 'HEAD';
  const releaseBefore = git('describe', '--tags', '--abbrev=0', '--match', 'v*', isReleased ? `${last}^` : last);
  const log = git('log', '--format=%H%x09%s', releaseBefore === '' ? last : `${releaseBefore}..${last}`);
  return log === '' ? [] : log.split('\n').map((line) => line.split('\t'));
}

function runTask(name) {
  execFileSync('npx', ['--no-install', 'projen', name], { stdio: ['ignore', 'pipe', 'pipe'] });
}

function versionOfRelease() {
  return readFileSync(VERSION_OF_RELEASE, 'utf8').trim();
}

function git(...args) {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 100_000_000 }).trim();
  } catch {
    return '';
  }
}

import { execFileSync, spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

/** What checks CHANGELOG.md, called as `npm test` and the release call it. */
const CHANGELOG = resolve(__dirname, '..', '..', 'tools', 'release', 'changelog.mjs');

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'changelog-'));
  git('init', '--quiet');
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

describe('the check of CHANGELOG.md', () => {
  test('accepts every feature and fix, and nothing of other types', () => {
    const [first, , second] = commits('feat: one', 'docs: a page', 'fix(relay): two');
    writeChangelog('0.1.0', first, second);

    expect(check()).toMatchObject({ status: 0, stderr: '' });
  });

  test('names a fix that is missing before the newest entry', () => {
    const [, fix, newest] = commits('docs: a page', 'fix(relay): forgotten', 'feat: newest');
    writeChangelog('0.1.0', newest);

    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining(`no entry of ${fix.slice(0, 7)}: fix(relay): forgotten`) });
  });

  test('lets the work go on after the newest entry', () => {
    const [first] = commits('feat: one', 'feat: unfinished');
    writeChangelog('0.1.0', first);

    expect(check()).toMatchObject({ status: 0 });
  });

  test('refuses an entry that is no commit', () => {
    const [first] = commits('feat: one');
    writeChangelog('0.1.0', first, 'a'.repeat(40));

    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('which is no commit of 0.1.0') });
  });

  test('reads each version from the tag before', () => {
    const [released] = commits('feat: one');
    git('tag', 'v0.1.0');
    const [next] = commits('fix: two');

    writeChangelog('0.1.0', released);
    expect(check()).toMatchObject({ status: 0 });
    writeChangelog('0.1.1', next);
    expect(check()).toMatchObject({ status: 0 });
    writeChangelog('0.1.1', released, next);
    expect(check()).toMatchObject({ status: 1 });
  });

  test('is skipped, with a message, without the history of commits', () => {
    commits('feat: one', 'feat: two');
    const shallow = join(repository, 'shallow');
    git('clone', '--quiet', '--depth', '1', `file://${repository}`, shallow);

    expect(check([], shallow)).toMatchObject({ status: 3, stdout: expect.stringContaining('not compared') });
  });
});

describe('a release', () => {
  const TEXT = '\n## 0.1.0 (2026-01-31)\n\n\n### ⚠ BREAKING CHANGES\n\n* a new name\n\n### build\n\n* a new name\n\n\n### Features\n\n* one\n\n\n### Bug Fixes\n\n* two\n';

  test('has no breaking changes in the first version, and leaves them in later ones', () => {
    commits('feat: one');
    writeRelease(TEXT);
    run(['--bumped']);
    expect(releaseText()).toBe('## 0.1.0 (2026-01-31)\n\n### Features\n\n* one\n\n### Bug Fixes\n\n* two\n');

    git('tag', 'v0.1.0');
    writeRelease(TEXT);
    run(['--bumped']);
    expect(releaseText()).toBe(TEXT);
  });

  test('fails if CHANGELOG.md is not its changelog, whatever the day is', () => {
    commits('feat: one');
    writeRelease('## 0.1.0 (2026-01-31)\n\n### Features\n\n* one\n');
    writeFileSync(join(repository, 'CHANGELOG.md'), '# Changelog\n\n## 0.1.0\n\n### Features\n\n* one\n');
    expect(check(['--complete'])).toMatchObject({ status: 0 });

    writeFileSync(join(repository, 'CHANGELOG.md'), '# Changelog\n\n## 0.1.0\n\n### Features\n\n* another\n');
    expect(check(['--complete'])).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run changelog') });
  });
});

function commits(...subjects: string[]): string[] {
  return subjects.map((subject) => {
    git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--allow-empty', '--message', subject);
    return git('rev-parse', 'HEAD').trim();
  });
}

function writeChangelog(version: string, ...hashes: string[]): void {
  const entries = hashes.map((hash) => `* it ([${hash.slice(0, 7)}](https://github.com/owner/repository/commit/${hash}))`);
  writeFileSync(join(repository, 'CHANGELOG.md'), `# Changelog\n\n## ${version}\n\n### Features\n\n${entries.join('\n')}\n`);
}

function writeRelease(text: string): void {
  mkdirSync(join(repository, 'dist'), { recursive: true });
  writeFileSync(join(repository, 'dist', 'changelog.md'), text);
  writeFileSync(join(repository, 'dist', 'version.txt'), '0.1.0');
}

function releaseText(): string {
  return readFileSync(join(repository, 'dist', 'changelog.md'), 'utf8');
}

function check(options: string[] = [], directory = repository) {
  return run(['--check', ...options], directory);
}

function run(options: string[], directory = repository) {
  return spawnSync(process.execPath, [CHANGELOG, ...options], { cwd: directory, encoding: 'utf8', timeout: 30_000 });
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
}

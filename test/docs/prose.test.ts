import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const REPOSITORY = resolve(__dirname, '..', '..');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'prose-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** What the check of spelling and wording prints for one file, and how it ends. */
function check(name: string, text: string): { readonly code: number | null; readonly output: string } {
  const file = join(directory, name);
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync('node', ['tools/check-prose.mjs', file], { cwd: REPOSITORY, encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}

test('the check of prose accepts a page in plain American English', () => {
  const { code, output } = check('page.md', '# Retries\n\nThe relay retries an event for 24 hours, and then dead-letters it.\n');
  expect(output).toMatch(/^1 files, 0 words to avoid, no spelling errors$/m);
  expect(code).toBe(0);
});

test('the check of prose refuses a word to avoid, with its place and what to write instead', () => {
  const { code, output } = check('page.md', '# Retries\n\nThe event has to be parked.\n');
  expect(output).toMatch(/page\.md:3:11 avoid "has to": write "must" or "need to"/);
  expect(output).toMatch(/page\.md:3:21 avoid "parked"/);
  expect(code).toBe(1);
});

test('the check of prose refuses a British spelling and a misspelled word', () => {
  const { code, output } = check('page.md', '# Behaviour\n\nThe relay delivres events.\n');
  expect(output).toMatch(/Behaviour/);
  expect(output).toMatch(/delivres/);
  expect(code).toBe(1);
});

test('the check of prose reads comments and texts of TypeScript, and leaves code alone', () => {
  const { code, output } = check('code.ts', "/** What the relay has to do. */\nexport const parked = 'the value may be empty';\n");
  expect(output).toMatch(/code\.ts:1:20 avoid "has to"/);
  expect(output).toMatch(/code\.ts:2:34 avoid "may"/);
  expect(output).not.toMatch(/avoid "parked"/);
  expect(code).toBe(1);
});
